import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Services } from '../services.ts';
import { admit, type Caller } from './admit.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { closeCodes, sendEvents } from './send-events.ts';

/** Bytes of one message from a client: they have nothing to say but pings. */
const maxPayload = 1024;
/** Milliseconds: a socket that has not answered the ping before is gone. */
const pingEvery = 20_000;
/** Milliseconds for clients to answer that they heard of the end. */
const closeWithin = 1000;

/** The WebSockets of a server: `/ws/:job_id?after=seq&ticket=...`. */
export class SocketServer {
  readonly #services: Services;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false });
  readonly #alive = new WeakSet<object>();
  readonly #pinging: NodeJS.Timeout;
  #isClosing = false;

  constructor(services: Services) {
    this.#services = services;
    this.#pinging = setInterval(() => this.#pingAll(), pingEvery);
    this.#pinging.unref();
  }

  /** For the server's `upgrade`. */
  readonly onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    this.#upgrade(request, socket, head).catch((error: unknown) => {
      this.#services.logger.error({ err: error }, 'a WebSocket could not be opened');
      socket.destroy();
    });
  };

  /** Tells every client that the server goes (1001); those that do not answer are cut off. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#pinging);
    const clients = [...this.#sockets.clients];
    const gone = clients.map((client) => new Promise((resolve) => client.once('close', resolve)));
    for (const client of clients) client.close(closeCodes.goingAway, 'The server is going away.');
    const cut = setTimeout(() => {
      for (const client of clients) client.terminate();
    }, closeWithin);
    await Promise.all(gone);
    clearTimeout(cut);
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (this.#isClosing) return refuseUpgrade(socket, 503, 'server-unavailable', 'The server is stopping.');
    const admitted = await admit(this.#services, request);
    if ('refused' in admitted) {
      const { status, code, message } = admitted.refused;
      return refuseUpgrade(socket, status, code, message);
    }
    if (socket.destroyed || this.#isClosing) return void socket.destroy();
    this.#sockets.handleUpgrade(request, socket, head, (client) => {
      client.on('error', () => client.terminate());
      this.#alive.add(client);
      client.on('pong', () => this.#alive.add(client));
      // Browsers do not show the status of a refused upgrade to pages, but they do show this code.
      if ('closed' in admitted) return client.close(admitted.closed.code, admitted.closed.reason);
      const caller: Caller = admitted;
      void sendEvents(this.#services, client, caller);
    });
  }

  #pingAll(): void {
    for (const client of this.#sockets.clients) {
      if (!this.#alive.delete(client)) client.terminate();
      else client.ping();
    }
  }
}
