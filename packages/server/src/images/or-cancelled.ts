import { AtelierError } from '@atelier/sdk/errors';

/** Work for a caller: once the signal fires, whatever failed because of it is told as `cancelled`, or as the error that the signal was fired with. */
export async function orCancelled<Value>(signal: AbortSignal | undefined, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw signal?.aborted ? cancelled(signal.reason) : error;
  }
}

/** The error of a call whose signal fired with this reason. */
export const cancelled = (reason: unknown): AtelierError =>
  AtelierError.isInstance(reason)
    ? reason
    : new AtelierError({ code: 'cancelled', message: 'The call was cancelled.', cause: reason });
