import type { Clock } from '../clock.ts';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
  readonly kind: 'foreground' | 'background';
}

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  #now = 1_000;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, callback: () => void, kind: 'foreground' | 'background'): () => void {
    const timer: Timer = { at: this.#now + milliseconds, callback, kind };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Timers that have not gone off yet. */
  pending(kind: 'foreground' | 'background'): number {
    return [...this.#timers].filter((timer) => timer.kind === kind).length;
  }

  /** Lets time pass; timers go off in their order, and what waits for them runs in between. */
  async advance(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    await settled();
    for (;;) {
      const next = [...this.#timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#now = Math.max(this.#now, next.at);
      this.#timers.delete(next);
      next.callback();
      await settled();
    }
    this.#now = until;
  }
}

/** Resolves when every promise that can go on has gone on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
