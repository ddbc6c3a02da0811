import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** Requests at work, so that a server can wait for them when it closes. */
export interface AtWork {
  add(request: IncomingMessage, response: ServerResponse): void;
  /** When none is left, or the time is over. */
  wait(ms: number): Promise<void>;
}

/** A subscription goes on for as long as its client likes: nobody waits for it. */
const isSubscription = ({ headers }: IncomingMessage): boolean => headers['mcp-method'] === 'subscriptions/listen';

export function requestsAtWork(): AtWork {
  const responses = new Set<ServerResponse>();
  let told: (() => void) | undefined;
  return {
    add(request, response) {
      if (isSubscription(request)) return;
      responses.add(response);
      response.once('close', () => {
        responses.delete(response);
        if (responses.size === 0) told?.();
      });
    },
    async wait(ms) {
      if (responses.size === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        told = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
  };
}

/** Ends a server in three steps: no new connections, `finish`, and whatever is still open then. */
export async function closeServer(server: Server, finish: () => Promise<void>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  await finish();
  server.closeAllConnections();
  await closed;
}
