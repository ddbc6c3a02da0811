/** Values as they come. `return()`, which leaving a `for await` loop calls, ends it at once, also while it waits. */
export interface TritonStream<T> extends AsyncIterableIterator<T, void, undefined>, AsyncDisposable {
  return(): Promise<IteratorResult<T, void>>;
}

/**
 * An async iterator that can be ended while it waits for its next value: `return()` stops the work at once. A generator's
 * own `return()` waits for the value that was asked for last, and a model would go on working for it.
 */
export class StoppableStream<T> implements TritonStream<T> {
  readonly #values: AsyncIterator<T, void, undefined>;
  readonly #controller = new AbortController();
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => this.#controller.abort(this.#signal?.reason);
  #isStopped = false;

  /** @param start makes the values; they end, or reject, soon after its signal has fired. */
  constructor(start: (signal: AbortSignal) => AsyncIterable<T>, signal: AbortSignal | undefined) {
    this.#signal = signal;
    this.#values = this.#whole(start);
  }

  async next(): Promise<IteratorResult<T, void>> {
    try {
      return await this.#values.next();
    } catch (error) {
      // Who stopped it does not want to hear that it was stopped.
      if (this.#isStopped) return { done: true, value: undefined };
      throw error;
    }
  }

  async return(): Promise<IteratorResult<T, void>> {
    this.#isStopped = true;
    this.#controller.abort(new DOMException('The stream was left early.', 'AbortError'));
    await this.#values.return?.().catch(() => {});
    return { done: true, value: undefined };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Listens to the caller's signal from the first value asked for to the end, and not longer. */
  async *#whole(start: (signal: AbortSignal) => AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
    this.#signal?.throwIfAborted();
    this.#signal?.addEventListener('abort', this.#onAbort, { once: true });
    try {
      yield* start(this.#controller.signal);
    } finally {
      this.#signal?.removeEventListener('abort', this.#onAbort);
    }
  }
}
