import { AssertionError } from 'node:assert';
import { within } from './deadline.ts';

/** What the work was rejected with; an `AssertionError` when it was fulfilled or hangs. */
export async function rejectionOf(
  what: string,
  milliseconds: number,
  work: () => PromiseLike<unknown>,
): Promise<unknown> {
  const nothing = Symbol('fulfilled');
  const outcome = await within(
    milliseconds,
    what,
    // A provider that throws instead of rejecting does as well: the core awaits either.
    (async () => work())().then(
      () => nothing,
      (error: unknown) => ({ error }),
    ),
  );
  if (typeof outcome === 'symbol')
    throw new AssertionError({ message: `${what} was fulfilled, and should have been rejected` });
  return outcome.error;
}
