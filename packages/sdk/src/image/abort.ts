import { AtelierError } from '../errors/atelier-error.ts';

/** Rejects with the signal's reason as soon as it fires; `work` itself runs on, for libraries that cannot be stopped. */
export async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return work;
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
    // When the signal won, nobody else is left to hear of a later failure.
    work.catch(() => {});
  }
}

/**
 * Does the work for a caller: once the signal fires, whatever is still going on, the answer is the error `cancelled`.
 * Layers below reject with the signal's own reason, which may be anything.
 */
export async function orCancelled<Value>(signal: AbortSignal | undefined, work: () => Promise<Value>): Promise<Value> {
  if (signal?.aborted) throw cancelled(signal.reason);
  try {
    return await unlessAborted(work(), signal);
  } catch (error) {
    if (signal?.aborted) throw cancelled(signal.reason);
    throw error;
  }
}

/** The `cancelled` error of a call whose signal fired with this reason. */
export const cancelled = (reason?: unknown): AtelierError =>
  AtelierError.isInstance(reason) && reason.code === 'cancelled'
    ? reason
    : new AtelierError({ code: 'cancelled', message: 'The call was cancelled.', cause: reason });
