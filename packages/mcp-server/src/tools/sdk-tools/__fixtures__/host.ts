import { local, planner } from '@atelier/local';
import { atelier, memoryAssetStore, memoryHistoryStore, type Studio } from '@atelier/sdk';
import { Client, InMemoryTransport, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { createMcpApp, type McpAppOptions } from '../../../app.ts';
import { inProcessWorkshops } from '../../../workshop/in-process/in-process-workshops.ts';
import type { Principal } from '../../../workshop/workshop.ts';

/** What a person in front of the host says to a question; undefined: the host shows no forms. */
export type Person = (message: string) => {
  action: 'accept' | 'decline' | 'cancel';
  content?: Record<string, string | boolean>;
};

/** One for all hosts of a test: what it has once found in a picture it need not find again. */
const shared = atelier({ backends: [local({ threads: 1 })], brain: planner() });
export const closeShared = (): Promise<void> => shared.close();

export interface HostOptions extends Omit<McpAppOptions, 'workshops'> {
  readonly era?: 'legacy' | 'modern';
  readonly person?: Person;
  readonly principal?: Principal;
  readonly studio?: Studio;
}

export const owner: Principal = { scope: 'default', may: { look: true, edit: true }, session: 'desk' };

/** A real client of the revision asked for, on the server with the embedded backend. */
export async function openHost({ era = 'modern', person, principal = owner, studio, ...options }: HostOptions = {}) {
  const opened = (studio ?? shared).with({ assets: memoryAssetStore(), history: memoryHistoryStore() });
  // Closing a host must not close the backends that the other hosts of the test share.
  const kept = { ...opened, with: (place: Parameters<Studio['with']>[0]) => opened.with(place), close: async () => {} };
  const workshops = inProcessWorkshops({ studio: async () => kept, approve: options.approve ?? 'never' });
  const app = createMcpApp({ workshops, ...options });
  const client = new Client(
    { name: 'host', version: '1.0.0' },
    {
      capabilities: person ? { elicitation: { form: {} } } : {},
      ...(era === 'modern' ? { versionNegotiation: { mode: 'auto' as const } } : {}),
    },
  );
  const asked: string[] = [];
  if (person) {
    client.setRequestHandler('elicitation/create', (request) => {
      asked.push(request.params.message);
      return person(request.params.message);
    });
  }
  const handler = createMcpHandler(({ era }) => app.makeServer({ principal, era, lifetime: 'request' }));
  if (era === 'modern') {
    const fetch = (url: string | URL, init?: RequestInit) => handler.fetch(new Request(url, init));
    await client.connect(new StreamableHTTPClientTransport(new URL('http://host.test/mcp'), { fetch }));
  } else {
    const [mine, theirs] = InMemoryTransport.createLinkedPair();
    await app.makeServer({ principal, era: 'legacy', lifetime: 'connection' }).connect(theirs);
    await client.connect(mine);
  }
  return {
    client,
    app,
    workshops,
    asked,
    workshop: workshops.of(principal),
    async call(name: string, input: Record<string, unknown>) {
      const result = await client.callTool({ name, arguments: input });
      // Tools answer with objects, or fail and answer with none.
      return { ...result, structuredContent: result.structuredContent as Record<string, unknown> | undefined };
    },
    async close() {
      await client.close();
      await handler.close();
      await app.close();
    },
  };
}
export type Host = Awaited<ReturnType<typeof openHost>>;
