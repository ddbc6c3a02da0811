interface Waiter {
  resolve(event: string | undefined): void;
  reject(reason: unknown): void;
}

/** Events that a reader is ahead of the socket by at most, after which the socket is left unread. */
const mostEvents = 64;
const mostCharacters = 1024 * 1024;

/** Between a socket and a reader: an event goes to the reader who waits for it in the same tick, or is kept for later. */
export class EventFeed {
  readonly #events: string[] = [];
  readonly #waiters: Waiter[] = [];
  readonly #onEmpty: () => void;
  #characters = 0;
  #end: { readonly failure?: { readonly reason: unknown } } | undefined;

  /** `onEmpty`: the reader has taken what was kept. */
  constructor(onEmpty: () => void) {
    this.#onEmpty = onEmpty;
  }

  get isEmpty(): boolean {
    return this.#events.length === 0;
  }

  get isFull(): boolean {
    return this.#events.length >= mostEvents || this.#characters >= mostCharacters;
  }

  push(event: string): void {
    const waiter = this.#waiters.shift();
    if (waiter) {
      waiter.resolve(event);
      return;
    }
    this.#events.push(event);
    this.#characters += event.length;
  }

  /** No event comes any more: those kept are still read. */
  end(): void {
    this.#end ??= {};
    for (const waiter of this.#waiters.splice(0)) waiter.resolve(undefined);
  }

  /** Told once, after the events kept. */
  fail(reason: unknown): void {
    if (this.#end) return;
    const first = this.#waiters.shift();
    this.#end = first ? {} : { failure: { reason } };
    first?.reject(reason);
    this.end();
  }

  /** Forgets the events kept. */
  drop(): void {
    this.#events.length = 0;
    this.#characters = 0;
  }

  /** The next event; `undefined` at the end. */
  async next(): Promise<string | undefined> {
    const event = this.#events.shift();
    if (event !== undefined) {
      this.#characters -= event.length;
      if (this.isEmpty && !this.#end) this.#onEmpty();
      return event;
    }
    if (!this.#end) return await new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
    const { failure } = this.#end;
    this.#end = {};
    if (failure) throw failure.reason;
    return undefined;
  }
}
