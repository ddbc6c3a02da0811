import { AtelierError } from '../../errors/atelier-error.ts';
import { cancelled } from '../../image/abort.ts';
import type { Verification } from '../shared/receipt.ts';

/**
 * Runs a second look. Whatever keeps it from looking (no backend, a failure, a timeout) is not a failed edit: the answer
 * is "not verified", with the reason. Only the caller's own signal stops it, with `cancelled`.
 */
export async function honestly(
  signal: AbortSignal | undefined,
  look: () => Verification | Promise<Verification>,
): Promise<Verification> {
  try {
    return await look();
  } catch (error) {
    if (signal?.aborted) throw cancelled(signal.reason);
    if (AtelierError.isInstance(error) && error.code === 'cancelled') throw error;
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `could not be checked: ${reason}`, by: 'nobody' };
  }
}

/** What is said of several things, of which there is at least one, together: all are as asked only where each is. */
export const worstOf = (found: readonly Verification[]): Verification => found.find(({ ok }) => !ok) ?? found[0];
