import { unlessAborted } from '../../image/abort.ts';
import { callTimer } from '../call-timer.ts';

/** What ends a wait that nobody else would end. */
interface Limits {
  readonly signal?: AbortSignal;
  readonly timeoutMs: number;
  /** Made when the time is up. */
  readonly timedOut: () => Error;
}

/**
 * Waits for work that cannot be stopped, such as a function of the caller's, but not past the time or the signal. Neither a
 * timer nor a listener is left.
 */
export async function within<Value>(work: Promise<Value>, { signal, timeoutMs, timedOut }: Limits): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<never>((_, reject) => {
    timer = callTimer(timeoutMs, () => reject(timedOut()));
  });
  try {
    // The race hears of what comes after its end, so nothing of it is unhandled.
    return await unlessAborted(Promise.race([work, timeUp]), signal);
  } finally {
    clearTimeout(timer);
  }
}
