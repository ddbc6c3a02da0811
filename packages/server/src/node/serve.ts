import type { RequestListener, Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { collectDefaultMetrics } from 'prom-client';
import type { AgentApp } from '../agent-app.ts';
import type { Services } from '../services.ts';
import { type ClaimedPort, claimPort } from './claim-port.ts';
import { endableStream } from './endable-stream.ts';
import { errorResponse } from './error-response.ts';
import { SocketServer } from './socket-server.ts';

export interface ServeOptions {
  /** Address to listen on. Default `127.0.0.1`: reachable from this machine alone. */
  readonly host?: string | undefined;
  /** 0: any free one. Default 3000. */
  readonly port?: number | undefined;
  /** What `claimPort` gave, in the place of host and port: it is closed with the server, and where that does not start. */
  readonly claimed?: ClaimedPort | undefined;
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

/**
 * Serves the app over HTTP and WebSockets (`/ws/:job_id`) on Node; resolves when it is ready. The port comes first: a taken one is
 * told before the database is touched, and until the app is ready requests are answered with 503. Rejects where the database
 * cannot be opened, and with `conflict`, `not-allowed` or `invalid-input` where the address cannot be listened on.
 * @example const server = await serve(app, { port: 3000 }); process.once('SIGTERM', () => server.close());
 */
export async function serve(
  app: AgentApp,
  { host = '127.0.0.1', port = 3000, claimed }: ServeOptions = {},
): Promise<RunningServer> {
  const door = claimed ?? (await claimPort({ host, port }));
  const closing = new AbortController();
  try {
    await app.ready();
    const services = await app.services();
    // Of the process, and so not the app's: it may share its process with others.
    collectDefaultMetrics({ register: services.metrics });
    const sockets = new SocketServer(services);
    const server = door.open(listenerOf(app, services, closing.signal), sockets.onUpgrade);
    limitTimes(server, services.settings.limits.bodySeconds * 1000);
    return runningServer(app, door, { server, sockets, closing });
  } catch (error) {
    await door.close();
    throw error;
  }
}

const listenerOf = (app: AgentApp, { logger }: Services, closing: AbortSignal): RequestListener =>
  getRequestListener(
    async (request, { incoming }) =>
      endableStream(await app.fetch(request, { address: incoming.socket.remoteAddress }), closing),
    { overrideGlobalObjects: false, errorHandler: (error) => errorResponse(error, logger) },
  );

function limitTimes(server: Server, bodyWithin: number): void {
  server.headersTimeout = Math.min(headersWithin, bodyWithin);
  // The app itself refuses a slow body with a reason; this is for what does not get that far.
  server.requestTimeout = server.headersTimeout + bodyWithin + 5000;
}

interface Running {
  readonly server: Server;
  readonly sockets: SocketServer;
  readonly closing: AbortController;
}

function runningServer(
  app: AgentApp,
  { url, port }: ClaimedPort,
  { server, sockets, closing }: Running,
): RunningServer {
  let closed: Promise<void> | undefined;
  return {
    url,
    port,
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
