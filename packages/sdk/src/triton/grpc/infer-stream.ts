import { callTimer } from '../call-timer.ts';
import type { CallContext } from '../error-of-status.ts';
import { ConnectionLostError } from '../errors.ts';
import type { TransportCall } from '../transport.ts';
import { type CallsInFlight, cancel } from './calls-in-flight.ts';
import { timedOut } from './error-of-call.ts';
import { metadataOf } from './metadata.ts';

/**
 * The messages that answer one request, as they come. One is read when the caller asks for one, so what the caller is
 * too slow for stays with the server, but for HTTP/2's window. `timeoutMs` is the time to the next one, and does not run
 * while the caller is busy with the last one. Ending the iteration early, aborting and running out of time cancel the call.
 */
export async function* callStreaming(
  calls: CallsInFlight,
  path: string,
  message: Buffer,
  call: TransportCall,
  context: CallContext,
): AsyncGenerator<Buffer, void> {
  call.signal?.throwIfAborted();
  const stream = new StreamingCall(calls, path, call, context);
  try {
    stream.send(message);
    for (let next = await stream.next(); next !== undefined; next = await stream.next()) yield next;
  } finally {
    stream.end();
  }
}

class StreamingCall {
  readonly #calls: CallsInFlight;
  readonly #running: ReturnType<CallsInFlight['begin']>;
  readonly #call: TransportCall;
  readonly #context: CallContext;
  readonly #onAbort = (): void => this.#fail(this.#call.signal?.reason);
  #message: Buffer | undefined;
  #failure: { readonly reason: unknown } | undefined;
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(calls: CallsInFlight, path: string, call: TransportCall, context: CallContext) {
    const metadata = metadataOf(call.headers);
    const running = calls.begin(path, Number.POSITIVE_INFINITY, context);
    this.#calls = calls;
    this.#running = running;
    this.#call = call;
    this.#context = context;
    call.signal?.addEventListener('abort', this.#onAbort, { once: true });
    running.start(metadata, {
      onReceiveMetadata() {},
      onReceiveMessage: (bytes: Buffer) => {
        this.#message = bytes;
        this.#wake?.();
      },
      onReceiveStatus: (ended) => {
        this.#ended = true;
        const reason = calls.end(running, ended, context);
        if (reason) this.#failure ??= { reason };
        this.#wake?.();
      },
    });
  }

  send(message: Buffer): void {
    this.#running.sendMessageWithContext({}, message);
    this.#running.halfClose();
  }

  /** Undefined at the end. */
  async next(): Promise<Buffer | undefined> {
    if (!this.#ended && !this.#failure) {
      await this.#read();
    }
    const message = this.#message;
    this.#message = undefined;
    if (message) return message;
    if (this.#failure) throw this.#failure.reason;
    return undefined;
  }

  /** Cancels the call unless it has ended. */
  end(): void {
    this.#call.signal?.removeEventListener('abort', this.#onAbort);
    if (!this.#ended) cancel(this.#running);
  }

  async #read(): Promise<void> {
    const { timeoutMs } = this.#call;
    const giveUp = (): void => {
      this.#fail(timedOut({ wasSent: this.#calls.wasSent(this.#running), timeoutMs }, this.#context));
    };
    const timer = callTimer(timeoutMs, giveUp);
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#running.startRead();
    });
    this.#wake = undefined;
    clearTimeout(timer);
  }

  #fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.#message = undefined;
    cancel(this.#running);
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
