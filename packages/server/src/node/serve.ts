import { createServer, type Server } from 'node:http';
import { isIPv6 } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { collectDefaultMetrics } from 'prom-client';
import type { AgentApp } from '../agent-app.ts';
import { answerClientErrors } from './client-errors.ts';
import { endableStream } from './endable-stream.ts';
import { errorResponse } from './error-response.ts';
import { listen } from './listen.ts';
import { SocketServer } from './socket-server.ts';

export interface ServeOptions {
  /** Address to listen on. Default `127.0.0.1`: reachable from this machine alone. */
  readonly host?: string | undefined;
  /** 0: any free one. Default 3000. */
  readonly port?: number | undefined;
}

export interface RunningServer {
  /** Where this machine reaches it. @example 'http://127.0.0.1:3000' */
  readonly url: string;
  readonly port: number;
  /**
   * Takes no more connections, ends event streams (they can be taken up again elsewhere) and WebSockets (1001), gives requests and
   * then jobs the rest of the time (default 10 seconds) to end, and closes the app.
   */
  close(options?: { readonly graceSeconds?: number | undefined }): Promise<void>;
}

/** Most milliseconds in which a request's headers must have come; its body has the time of the settings. */
const headersWithin = 10_000;
/** Longer than load balancers keep theirs, so that none of them writes into a connection that just ended here. */
const keepAliveTimeout = 65_000;

/**
 * Serves the app over HTTP and WebSockets (`/ws/:job_id`) on Node. Rejects where the database cannot be opened, and with
 * `conflict`, `not-allowed` or `invalid-input` where the address cannot be listened on.
 * @example const server = await serve(app, { port: 3000 }); process.once('SIGTERM', () => server.close());
 */
export async function serve(
  app: AgentApp,
  { host = '127.0.0.1', port = 3000 }: ServeOptions = {},
): Promise<RunningServer> {
  await app.ready();
  const services = await app.services();
  // Of the process, and so not the app's: it may share its process with others.
  collectDefaultMetrics({ register: services.metrics });
  const closing = new AbortController();
  const listener = getRequestListener(
    async (request, { incoming }) =>
      endableStream(await app.fetch(request, { address: incoming.socket.remoteAddress }), closing.signal),
    { overrideGlobalObjects: false, errorHandler: (error) => errorResponse(error, services.logger) },
  );
  const bodyWithin = services.settings.limits.bodySeconds * 1000;
  const headersTimeout = Math.min(headersWithin, bodyWithin);
  const timeouts = {
    headersTimeout,
    // The app itself refuses a slow body with a reason; this is for what does not get that far.
    requestTimeout: headersTimeout + bodyWithin + 5000,
    keepAliveTimeout,
    connectionsCheckingInterval: 1000,
  };
  const server = createServer(timeouts, listener);
  answerClientErrors(server);
  const sockets = new SocketServer(services, server);
  const actual = await listen(server, host, port);
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  let closed: Promise<void> | undefined;
  return {
    url: `http://${isIPv6(shown) ? `[${shown}]` : shown}:${actual}`,
    port: actual,
    close({ graceSeconds = 10 } = {}) {
      closed ??= (async () => {
        const end = performance.now() + graceSeconds * 1000;
        const ended = closeServer(server, end);
        // At once: whatever else takes its time, no job begins in a process that stops.
        const drained = app.drain({ graceSeconds });
        closing.abort();
        await sockets.close();
        await Promise.all([ended, drained]);
        await app.close({ graceSeconds: Math.max(0, (end - performance.now()) / 1000) });
      })();
      return closed;
    },
  };
}

/** Resolves when every connection has ended, at the latest at `end`. */
async function closeServer(server: Server, end: number): Promise<void> {
  await new Promise<void>((resolve) => {
    // A connection whose request is just being answered is idle only afterwards, and its client would keep it.
    const sweep = setInterval(() => {
      server.closeIdleConnections();
      if (performance.now() >= end) server.closeAllConnections();
    }, 50);
    server.close(() => {
      clearInterval(sweep);
      resolve();
    });
  });
}
