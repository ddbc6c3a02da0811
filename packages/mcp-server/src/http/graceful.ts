import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** Requests at work, so that a server can wait for them when it closes. */
export interface AtWork {
  add(request: IncomingMessage, response: ServerResponse): void;
  readonly isClosing: boolean;
  /** No new connections, `graceMs` for what is at work, then `stop`, and whatever is still open then is cut off. Once. */
  close(server: Server, graceMs: number, stop: () => Promise<void>): Promise<void>;
}

/** A subscription, or a connection's stream of 2025, goes on for as long as its client likes: nobody waits for it. */
const isSubscription = ({ headers, method, url }: IncomingMessage): boolean =>
  headers['mcp-method'] === 'subscriptions/listen' || (method === 'GET' && url?.split('?')[0] === '/mcp');

/** Most milliseconds in which work whose connection was cut off must have heard of it. */
const hearMs = 1_000;

export function requestsAtWork(): AtWork {
  const responses = new Set<ServerResponse>();
  let onNone: (() => void) | undefined;
  let closed: Promise<void> | undefined;

  async function none(withinMs: number): Promise<void> {
    if (responses.size === 0) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      onNone = resolve;
      timer = setTimeout(resolve, withinMs);
    });
    clearTimeout(timer);
  }

  async function closeNow(server: Server, graceMs: number, stop: () => Promise<void>): Promise<void> {
    const ended = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    await none(graceMs);
    await stop();
    server.closeAllConnections();
    await Promise.all([ended, none(hearMs)]);
  }

  return {
    get isClosing() {
      return closed !== undefined;
    },
    add(request, response) {
      if (isSubscription(request)) return;
      responses.add(response);
      response.once('close', () => {
        responses.delete(response);
        if (responses.size === 0) onNone?.();
      });
    },
    close(server, graceMs, stop) {
      closed ??= closeNow(server, graceMs, stop);
      return closed;
    },
  };
}
