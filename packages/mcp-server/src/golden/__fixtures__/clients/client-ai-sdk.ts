import { createMCPClient, ElicitationRequestSchema } from '@ai-sdk/mcp';
import { Experimental_StdioMCPTransport } from '@ai-sdk/mcp/mcp-stdio';
import { type GoldenHost, type GoldenPlace, secondChoice } from '../golden-client.ts';
import { readAnswer, readFileContents } from './read-answer.ts';

/** `@ai-sdk/mcp` 2: our tools as tools of the AI SDK, called the way an agent calls them. */
export const clientAiSdk: GoldenHost = {
  name: 'AI SDK',
  asks: { stdio: true, http: true },
  async connect(place) {
    const asked: string[] = [];
    const client = await createMCPClient({ transport: transportTo(place), capabilities: { elicitation: {} } });
    client.onElicitationRequest(ElicitationRequestSchema, ({ params }) => {
      asked.push(params.message);
      return secondChoice;
    });
    const tools = await client.tools();
    return {
      asked,
      async call(name, input) {
        const tool = tools[name];
        if (tool === undefined) throw new Error(`There is no tool ${name}.`);
        return readAnswer(await tool.execute(input, { toolCallId: 'call', messages: [], context: {} }));
      },
      read: async (uri) => readFileContents(await client.readResource({ uri })),
      close: () => client.close(),
    };
  },
};

function transportTo(place: GoldenPlace) {
  if (place.over === 'http') return { type: 'http' as const, url: place.url };
  const { command, parameters } = place;
  return new Experimental_StdioMCPTransport({ command, args: [...parameters], stderr: 'ignore' });
}
