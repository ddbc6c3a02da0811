import type { Client, ClientDuplexStream, ServiceError } from '@grpc/grpc-js';
import type { CallContext } from '../error-of-status.ts';
import { ConnectionLostError } from '../errors.ts';
import type { TransportCall } from '../transport.ts';
import { errorOfCall, timedOut } from './error-of-call.ts';
import { metadataOf } from './metadata.ts';
import { asIs, statusOf } from './unary-call.ts';

/** Timers take 31 bits; longer than 24 days is never. */
const longestTimer = 2 ** 31 - 1;

/**
 * The messages that answer one request, as they come: grpc-js reads at most 16 ahead of the caller. `timeoutMs` is the
 * time to the next one, and does not run while the caller is busy with the last one. Ending the iteration early, aborting
 * and running out of time cancel the call.
 */
export async function* callStreaming(
  client: Client,
  path: string,
  message: Buffer,
  call: TransportCall,
  context: CallContext,
): AsyncGenerator<Buffer, void> {
  call.signal?.throwIfAborted();
  const stream = client.makeBidiStreamRequest(path, asIs, asIs, metadataOf(call.headers), {});
  const messages = new StreamReader(stream, call, context, client);
  try {
    stream.write(message);
    stream.end();
    for (let next = await messages.next(); next !== undefined; next = await messages.next()) yield next;
  } finally {
    messages.end();
  }
}

class StreamReader {
  readonly #stream: ClientDuplexStream<Buffer, Buffer>;
  readonly #call: TransportCall;
  readonly #context: CallContext;
  #wake: (() => void) | undefined;
  #failure: { readonly reason: unknown } | undefined;
  #ended = false;
  readonly #onAbort = (): void => this.#fail(this.#call.signal?.reason);

  constructor(stream: ClientDuplexStream<Buffer, Buffer>, call: TransportCall, context: CallContext, client: Client) {
    this.#stream = stream;
    this.#call = call;
    this.#context = context;
    stream.on('readable', () => this.#wake?.());
    stream.on('end', () => {
      this.#ended = true;
      this.#wake?.();
    });
    // Also after the reader has ended: a cancelled call ends with an error that nobody waits for.
    stream.on('error', (error: ServiceError) => {
      this.#failure ??= { reason: errorOfCall(statusOf(error, stream, client), context) };
      this.#wake?.();
    });
    call.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Undefined at the end. */
  async next(): Promise<Buffer | undefined> {
    for (;;) {
      if (this.#call.signal?.aborted) throw this.#call.signal.reason;
      // What came before the fault is given first.
      const message: Buffer | null = this.#stream.read();
      if (message !== null) return message;
      if (this.#failure) throw this.#failure.reason;
      if (this.#ended) return undefined;
      await this.#pause();
    }
  }

  /** Cancels the call unless it has ended. */
  end(): void {
    this.#call.signal?.removeEventListener('abort', this.#onAbort);
    if (!this.#ended) this.#stream.cancel();
  }

  async #pause(): Promise<void> {
    const { timeoutMs } = this.#call;
    const timer =
      timeoutMs > longestTimer ? undefined : setTimeout(() => this.#fail(timedOut(this.#context)), timeoutMs);
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
    clearTimeout(timer);
  }

  #fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.#stream.cancel();
    this.#wake?.();
  }
}

/** Thrown where a stream ends without saying that this was all. */
export const endedEarly = (context: CallContext): ConnectionLostError =>
  new ConnectionLostError({
    ...context,
    message: `${context.server} ended the stream before its last response.`,
    hint: 'What came until then is not the whole answer.',
  });
