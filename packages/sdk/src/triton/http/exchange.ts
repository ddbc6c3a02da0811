import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { CallContext } from '../error-of-status.ts';
import type { TransportCall } from '../transport.ts';
import { CallLife } from './call-life.ts';
import { connectionError } from './connection-error.ts';
import { inflate } from './inflate.ts';
import { ReplyBuffer } from './reply-buffer.ts';
import { type ReplyHead, readReplyHead } from './reply-head.ts';

/** A request as it goes out. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** With the server's prefix. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | Iterable<Uint8Array>;
}

/** A whole reply, whatever its status. */
export interface Reply extends ReplyHead {
  readonly body: Uint8Array;
}

export interface ExchangeOptions {
  readonly dispatcher: Dispatcher;
  readonly maxBytes: number;
  readonly context: CallContext;
}

/** Sends a request and reads the whole reply. Rejects with a `TritonError` or the signal's reason. */
export async function exchange(request: HttpRequest, call: TransportCall, options: ExchangeOptions): Promise<Reply> {
  call.signal?.throwIfAborted();
  const reply = await new Promise<Reply>((resolve, reject) => {
    dispatch(request, options.dispatcher, new Exchange(call, options, resolve, reject));
  });
  return reply.encoding === undefined ? reply : inflate(reply, options);
}

/** As undici's `request`, without a stream between the socket and the one buffer of the reply. */
export function dispatch(request: HttpRequest, dispatcher: Dispatcher, handler: Dispatcher.DispatchHandler): void {
  // The type wants async iterables; undici's own documentation and code take plain ones.
  const body = request.body as Uint8Array | undefined;
  dispatcher.dispatch({ method: request.method, path: request.path, headers: request.headers, body }, handler);
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #options: ExchangeOptions;
  readonly #life: CallLife;
  readonly #resolve: (reply: Reply) => void;
  #head: ReplyHead | undefined;
  #body: ReplyBuffer | undefined;

  constructor(
    call: TransportCall,
    options: ExchangeOptions,
    resolve: (reply: Reply) => void,
    reject: (reason: unknown) => void,
  ) {
    this.#options = options;
    this.#resolve = resolve;
    this.#life = new CallLife(call, options.context, (reason) => {
      this.#body = undefined;
      reject(reason);
    });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#life.onRequestStart(controller);
  }

  onResponseStart(_controller: unknown, status: number, headers: IncomingHttpHeaders): void {
    // 1xx: the answer itself is still to come.
    if (status < 200) return;
    this.#guard(() => {
      const { context, maxBytes } = this.#options;
      this.#head = readReplyHead(status, headers, context);
      this.#body = new ReplyBuffer({ ...this.#head, maxBytes, context });
    });
  }

  onResponseData(_controller: unknown, chunk: Buffer): void {
    this.#guard(() => this.#body?.add(chunk));
  }

  onResponseEnd(): void {
    if (!this.#head || !this.#body || !this.#life.finish()) return;
    this.#resolve({ ...this.#head, body: this.#body.take() });
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#life.fail(connectionError(error, this.#life.sent, this.#options.context));
  }

  #guard(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.#life.fail(error);
    }
  }
}
