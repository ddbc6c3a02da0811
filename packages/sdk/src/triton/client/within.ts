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
  let onAbort: (() => void) | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = callTimer(timeoutMs, () => reject(timedOut()));
    onAbort = () => reject(signal?.reason);
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener('abort', onAbort);
    // When a limit won, nobody else is left to hear of a later failure; and of the limit, when the work won.
    work.catch(() => {});
    limit.catch(() => {});
  }
}
