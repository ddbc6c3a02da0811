import type { Clock } from './clock.ts';

/** Waits between tries. `endAll` ends those that are under way, as if their time were over. */
export class Pauses {
  readonly #clock: Clock;
  readonly #ends = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Rejects with the signal's reason as soon as it fires. */
  pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const settle = (how: () => void) => {
        cancel();
        signal?.removeEventListener('abort', onAbort);
        this.#ends.delete(end);
        how();
      };
      const end = () => settle(resolve);
      const onAbort = () => settle(() => reject(signal?.reason));
      const cancel = this.#clock.after(milliseconds, end, 'foreground');
      signal?.addEventListener('abort', onAbort);
      this.#ends.add(end);
    });
  }

  endAll(): void {
    for (const end of [...this.#ends]) end();
  }
}
