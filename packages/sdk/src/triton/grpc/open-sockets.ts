import type { Socket } from 'node:net';
import type { ChannelCredentials } from '@grpc/grpc-js';
import { connectMs, patience } from './patience.ts';

/**
 * The sockets of one channel. grpc-js neither limits the time of a TLS or HTTP/2 handshake nor ends one when its channel
 * is closed, so that a server that accepts and is silent would hold a socket, and with TLS the process, for ever.
 */
export class OpenSockets {
  readonly #sockets = new Set<Socket>();
  #isClosed = false;

  /** The same credentials, which from now on report every socket that is connected for them. */
  watch(credentials: ChannelCredentials): ChannelCredentials {
    // grpc-js declares this hook and does not document it. Without it nothing is watched, and all else works.
    if (typeof credentials._createSecureConnector !== 'function') return credentials;
    const create = credentials._createSecureConnector.bind(credentials);
    credentials._createSecureConnector = (...args) => {
      const connector = create(...args);
      const connect = connector.connect.bind(connector);
      connector.connect = (socket) => {
        if (this.#isClosed) {
          // grpc-js would make a session on it that nobody ends.
          socket.destroy();
          return Promise.reject(new Error('the client was closed'));
        }
        this.#sockets.add(socket);
        // Of the last one: with TLS, the bytes under it are those of its own handshake.
        let spoken: Socket = socket;
        const waiting = patience(connectMs, () => {
          if (spoken.bytesRead === 0) socket.destroy(new Error(`no HTTP/2 within ${connectMs} ms`));
        });
        // Where nothing else keeps the process, it needs not wait for this.
        waiting.timer.unref();
        socket.once('close', () => {
          waiting.stop();
          this.#sockets.delete(socket);
        });
        const connected = connect(socket);
        connected.then(
          (result) => {
            spoken = result.socket;
          },
          () => {},
        );
        return connected;
      };
      return connector;
    };
    return credentials;
  }

  /**
   * Ends what is still open after a moment, in which connections that are up end in good order; what is connected later
   * is ended at once.
   */
  close(): void {
    this.#isClosed = true;
    const destroy = (): void => {
      for (const socket of this.#sockets) socket.destroy();
    };
    // Where nothing else keeps the process, it needs not wait for this.
    setTimeout(destroy, momentMs).unref();
  }
}

const momentMs = 500;
