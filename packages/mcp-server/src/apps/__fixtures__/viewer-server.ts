import { fileURLToPath } from 'node:url';
import type { McpServer } from '@modelcontextprotocol/server';
import { createMcpApp } from '../../app.ts';
import { otherwise, realWorkshops, somebody } from '../../resources/__fixtures__/real-workshop.ts';
import type { ToolCall, ToolOutcome, Workshops } from '../../workshop/workshop.ts';

const photos = fileURLToPath(new URL('../../../../../photos/', import.meta.url));

/** The absolute path of a photograph, which the server may read. */
export const photo = (name: string): string => `${photos}${name}`;

export interface ViewerServer {
  makeServer(): McpServer;
  /** What the tools were called with, in order. */
  readonly calls: readonly ToolCall[];
  /** Stands around every call; tests set it. */
  around: (run: () => Promise<ToolOutcome>, call: ToolCall) => Promise<ToolOutcome>;
  close(): Promise<void>;
}

/** The server as it ships, over the local backend, with an eye on what is called. */
export function viewerServer({ approve }: { readonly approve?: 'edits' } = {}): ViewerServer {
  const calls: ToolCall[] = [];
  const real = realWorkshops();
  const watched: Workshops = {
    ...real,
    of(principal) {
      const workshop = real.of(principal);
      return otherwise(workshop, {
        async call(call) {
          calls.push(call);
          return made.around(() => workshop.call(call), call);
        },
      });
    },
  };
  const app = createMcpApp({ workshops: watched, roots: [photos], approve });
  const made: ViewerServer = {
    makeServer: () => app.makeServer({ principal: somebody(), era: 'modern', lifetime: 'request' }),
    calls,
    around: (run) => run(),
    close: () => app.close(),
  };
  return made;
}
