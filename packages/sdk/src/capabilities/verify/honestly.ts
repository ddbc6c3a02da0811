import { AtelierError } from '../../errors/atelier-error.ts';
import type { Verification } from '../shared/receipt.ts';

/** Runs a second look. A backend that cannot look is not a failed edit: the answer is "not verified", with the reason. */
export async function honestly(look: () => Promise<Verification>): Promise<Verification> {
  try {
    return await look();
  } catch (error) {
    if (
      AtelierError.isInstance(error) &&
      (error.code === 'capability-unavailable' || error.code === 'phrase-unknown')
    ) {
      return { ok: false, reason: `could not be checked: ${error.message}`, by: 'nobody' };
    }
    throw error;
  }
}
