import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from 'pino';

/** Something done every so often and whenever it is called for, one at a time; what it throws is logged. */
export class Repeating {
  readonly #name: string;
  readonly #every: number;
  readonly #work: () => Promise<void>;
  readonly #logger: Logger;
  /** Where it was made: called for from inside a step, it must not count as a part of it. */
  readonly #outside = AsyncLocalStorage.snapshot();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #again = false;
  #stopped = true;

  constructor(name: string, every: number, work: () => Promise<void>, logger: Logger) {
    this.#name = name;
    this.#every = every;
    this.#work = work;
    this.#logger = logger;
  }

  start(): void {
    this.#stopped = false;
    this.now();
  }

  /** At once, or as soon as what is at work is done. */
  now(): void {
    if (this.#stopped) return;
    if (this.#working) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#working = this.#outside(() => this.#once());
  }

  /** Waits for what is at work. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#working;
  }

  async #once(): Promise<void> {
    do {
      this.#again = false;
      try {
        await this.#work();
      } catch (error) {
        this.#logger.warn({ err: error, task: this.#name }, 'a task of the worker failed; it is tried again');
        break;
      }
    } while (this.#again && !this.#stopped);
    this.#working = undefined;
    if (!this.#stopped) this.#timer = setTimeout(() => this.now(), this.#every);
  }
}
