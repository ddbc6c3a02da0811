import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { type GoldenHost, type GoldenPlace, secondChoice } from '../golden-client.ts';
import { readAnswer, readFileContents } from './read-answer.ts';

/** `@modelcontextprotocol/sdk` 1, which most hosts of today are made of. */
export const clientV1: GoldenHost = {
  name: 'sdk 1',
  asks: { stdio: true, http: false },
  async connect(place) {
    const asked: string[] = [];
    const client = new Client({ name: 'golden', version: '1.0.0' }, { capabilities: { elicitation: {} } });
    client.setRequestHandler(ElicitRequestSchema, async ({ params }) => {
      asked.push(params.message);
      return secondChoice;
    });
    await client.connect(transportTo(place));
    await client.listTools();
    return {
      asked,
      call: async (name, input) => readAnswer(await client.callTool({ name, arguments: { ...input } })),
      read: async (uri) => readFileContents(await client.readResource({ uri })),
      close: () => client.close(),
    };
  },
};

function transportTo(place: GoldenPlace) {
  if (place.over === 'http') return new StreamableHTTPClientTransport(new URL(place.url));
  return new StdioClientTransport({ command: place.command, args: [...place.parameters], stderr: 'ignore' });
}
