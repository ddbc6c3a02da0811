import { AtelierError } from '@atelier/sdk/errors';
import { cancelled } from './or-cancelled.ts';

/** Work that is done a few at a time, while a bounded number waits. */
export interface Line {
  /** Does the work when its turn comes. Throws `server-unavailable` at once where the line is full, `cancelled` when the signal fires while it waits. */
  run<Value>(work: () => Promise<Value>, signal: AbortSignal | undefined): Promise<Value>;
}

export interface LineOptions {
  readonly atOnce: number;
  readonly waiting: number;
}

/** Suggested to those who are sent away. */
const retryAfterSeconds = 2;

/** First come, first served. */
export function createLine({ atOnce, waiting }: LineOptions): Line {
  const queue = new Set<() => void>();
  let busy = 0;
  const leave = (): void => {
    const [next] = queue;
    if (!next) {
      busy -= 1;
      return;
    }
    queue.delete(next);
    // The place goes over to the next one: `busy` stays.
    next();
  };
  const enter = async (signal: AbortSignal | undefined): Promise<void> => {
    if (signal?.aborted) throw cancelled(signal.reason);
    if (busy < atOnce) {
      busy += 1;
      return;
    }
    if (queue.size >= waiting) throw full();
    await new Promise<void>((resolve, reject) => {
      const giveUp = (): void => {
        queue.delete(enter);
        reject(cancelled(signal?.reason));
      };
      const enter = (): void => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      queue.add(enter);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  };
  return {
    async run(work, signal) {
      await enter(signal);
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}

const full = (): AtelierError =>
  new AtelierError({
    code: 'server-unavailable',
    message: 'The server is busy with other pictures.',
    hint: `Try again in ${retryAfterSeconds} seconds.`,
    isRetryable: true,
    details: { retryAfterSeconds },
  });
