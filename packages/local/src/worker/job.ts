export interface RunOptions {
  /** Drops queued work; ends the thread of running work. The run rejects with the signal's reason either way. */
  readonly signal?: AbortSignal;
  /** Share done, 0..1; only called with a higher value than before. */
  readonly progress?: (fraction: number) => void;
  /** Buffers of the input that are handed over, not copied. They are unusable here once the job starts. */
  readonly transfer?: ArrayBuffer[];
}

/** One call of `run`: its input, and a promise that is settled once. */
export class Job {
  readonly task: string;
  readonly input: unknown;
  readonly transfer: ArrayBuffer[];
  readonly result: Promise<unknown>;
  #resolve: (output: unknown) => void = () => {};
  #reject: (error: unknown) => void = () => {};
  readonly #options: RunOptions;
  readonly #onAbort: () => void;
  #progress = 0;

  /** `onAbort` is called after the result was rejected; it frees what the job held. */
  constructor(task: string, input: unknown, options: RunOptions, onAbort: (job: Job) => void) {
    this.task = task;
    this.input = input;
    this.transfer = options.transfer ?? [];
    this.#options = options;
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#onAbort = () => {
      this.reject(options.signal?.reason);
      onAbort(this);
    };
    options.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  report(fraction: number): void {
    if (!(fraction > this.#progress)) return;
    this.#progress = Math.min(1, fraction);
    this.#options.progress?.(this.#progress);
  }

  resolve(output: unknown): void {
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#resolve(output);
  }

  reject(error: unknown): void {
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#reject(error);
  }
}
