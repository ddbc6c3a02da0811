/** Time, as far as the pool needs it; tests bring their own. */
export interface Clock {
  /** Milliseconds that only go forward. */
  now(): number;
  /**
   * Calls back once, after so many milliseconds; the result calls it off. A `background` timer does not keep the
   * process alive.
   */
  after(milliseconds: number, callback: () => void, kind: 'foreground' | 'background'): () => void;
}

/** Time and chance. */
export interface Surroundings {
  readonly clock: Clock;
  /** From 0 up to, but without, 1. */
  readonly random: () => number;
}

/** The real ones. */
export const realSurroundings: Surroundings = {
  clock: {
    now: () => performance.now(),
    after(milliseconds, callback, kind) {
      const timer = setTimeout(callback, milliseconds);
      if (kind === 'background') timer.unref();
      return () => clearTimeout(timer);
    },
  },
  random: Math.random,
};
