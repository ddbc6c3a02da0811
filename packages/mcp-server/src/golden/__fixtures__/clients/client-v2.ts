import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { type GoldenHost, type GoldenPlace, secondChoice } from '../golden-client.ts';
import { readAnswer, readFileContents } from './read-answer.ts';

/** `@modelcontextprotocol/client` 2 on one of the two revisions. */
export const clientV2 = (era: 'modern' | 'legacy'): GoldenHost => ({
  name: `client 2 (${era})`,
  // Over HTTP nothing is kept between requests: a server's own requests to hosts of 2025 have no way back.
  asks: { stdio: true, http: era === 'modern' },
  async connect(place) {
    const asked: string[] = [];
    const client = new Client(
      { name: 'golden', version: '1.0.0' },
      {
        capabilities: { elicitation: {} },
        versionNegotiation: { mode: era === 'modern' ? { pin: '2026-07-28' } : era },
      },
    );
    client.setRequestHandler('elicitation/create', ({ params }) => {
      asked.push(params.message);
      return secondChoice;
    });
    await client.connect(transportTo(place));
    // Results are checked against the schemas that were listed.
    await client.listTools();
    return {
      asked,
      call: async (name, input) => readAnswer(await client.callTool({ name, arguments: { ...input } })),
      read: async (uri) => readFileContents(await client.readResource({ uri })),
      close: () => client.close(),
    };
  },
});

function transportTo(place: GoldenPlace) {
  if (place.over === 'http') return new StreamableHTTPClientTransport(new URL(place.url));
  return new StdioClientTransport({ command: place.command, args: [...place.parameters], stderr: 'ignore' });
}
