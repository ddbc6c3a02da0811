import type { Dispatcher } from 'undici';
import { callTimer } from '../call-timer.ts';
import type { CallContext } from '../error-of-status.ts';
import { ConnectionLostError, TimedOutError } from '../errors.ts';
import type { TransportCall } from '../transport.ts';

type Controller = Dispatcher.DispatchController;

/**
 * From the start of one call to its end: by an answer, an error, the call's one timer or its signal, whichever is first.
 * Afterwards neither the timer nor a listener on the signal is left, and a call that did not end well has no socket left.
 */
export class CallLife {
  readonly #call: TransportCall;
  readonly #context: CallContext;
  readonly #onFailure: (reason: unknown) => void;
  readonly #onAbort = (): void => this.fail(this.#call.signal?.reason);
  #controller: Controller | undefined;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(call: TransportCall, context: CallContext, onFailure: (reason: unknown) => void) {
    this.#call = call;
    this.#context = context;
    this.#onFailure = onFailure;
    call.signal?.addEventListener('abort', this.#onAbort);
    this.startTimer();
  }

  /** Bytes were handed to a socket. */
  get sent(): boolean {
    return this.#controller !== undefined;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The moment before the request is written. */
  onRequestStart(controller: Controller): void {
    const isSecondTime = this.sent;
    this.#controller = controller;
    if (this.#ended) {
      controller.abort(new Error('The call has ended.'));
    } else if (isSecondTime) {
      // undici would send it again by itself only after a socket that it reset; it may have run, so that is the caller's.
      const message = `The connection to ${this.#context.server} was reset while the request was on its way.`;
      this.fail(new ConnectionLostError({ ...this.#context, message }));
    }
  }

  startTimer(): void {
    if (this.#ended) return;
    if (this.#timer) this.#timer.refresh();
    else this.#timer = callTimer(this.#call.timeoutMs, () => this.fail(this.#timedOut()));
  }

  stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Ends the call; the socket is destroyed, since an answer may still be on its way on it. */
  fail(reason: unknown): void {
    if (!this.finish()) return;
    this.#onFailure(reason);
    this.#controller?.abort(new Error('The call has ended.'));
  }

  /** Ends the call without an error; false where it had ended before. */
  finish(): boolean {
    if (this.#ended) return false;
    this.#ended = true;
    this.stopTimer();
    this.#call.signal?.removeEventListener('abort', this.#onAbort);
    return true;
  }

  /** Ends the call early though nothing is wrong: its reader wants no more. */
  cancel(): void {
    if (this.finish()) this.#controller?.abort(new Error('The reader ended the stream.'));
  }

  #timedOut(): TimedOutError {
    const { server } = this.#context;
    const { timeoutMs } = this.#call;
    const message = this.sent
      ? `${server} did not answer within ${Math.round(timeoutMs)} ms.`
      : `No connection to ${server} was there within ${Math.round(timeoutMs)} ms: the request was not sent.`;
    const hint = this.sent
      ? 'It may still be running there: over HTTP a server cannot be told to stop. `timeoutMs` allows more time.'
      : 'Is the server running? `connections` allows more calls at a time, `timeoutMs` more time.';
    return new TimedOutError({ ...this.#context, message, hint, mayHaveRun: this.sent });
  }
}
