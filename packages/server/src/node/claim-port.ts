import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { isIPv6 } from 'node:net';
import type { Duplex } from 'node:stream';
import { answerClientErrors } from './client-errors.ts';
import { listen } from './listen.ts';
import { answerStarting, refuseStarting } from './starting.ts';

type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface ClaimOptions {
  /** Address to listen on. Default `127.0.0.1`: reachable from this machine alone. */
  readonly host?: string | undefined;
  /** 0: any free one. Default 3000. */
  readonly port?: number | undefined;
}

/** A port that is listened on already. Requests are answered with 503 (`server-unavailable`) until `serve` takes it over. */
export interface ClaimedPort {
  /** Where this machine reaches it. @example 'http://127.0.0.1:3000' */
  readonly url: string;
  readonly port: number;
  /** For `serve`: from now on the listeners answer. */
  open(onRequest: RequestListener, onUpgrade: UpgradeListener): Server;
  /** Lets the port go, and cuts off whoever is connected. May be called again. */
  close(): Promise<void>;
}

/** Longer than load balancers keep theirs, so that none of them writes into a connection that just ended here. */
const keepAliveTimeout = 65_000;

/**
 * Listens, before anything else is opened that would be opened in vain. Rejects with `conflict`, `not-allowed` or `invalid-input`
 * where the address cannot be listened on.
 * @example const claimed = await claimPort({ port: 3000 }); const server = await serve(app, { claimed });
 */
export async function claimPort({ host = '127.0.0.1', port = 3000 }: ClaimOptions = {}): Promise<ClaimedPort> {
  const server = createServer({ keepAliveTimeout, connectionsCheckingInterval: 1000 });
  let onRequest: RequestListener = answerStarting;
  let onUpgrade: UpgradeListener = (_request, socket) => refuseStarting(socket);
  answerClientErrors(server);
  server.on('request', (request, response) => onRequest(request, response));
  server.on('upgrade', (request, socket, head) => {
    // Whoever leaves in the middle is no error of this process.
    socket.on('error', () => socket.destroy());
    onUpgrade(request, socket, head);
  });
  const actual = await listen(server, host, port);
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return {
    url: `http://${isIPv6(shown) ? `[${shown}]` : shown}:${actual}`,
    port: actual,
    open(request, upgrade) {
      [onRequest, onUpgrade] = [request, upgrade];
      return server;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
