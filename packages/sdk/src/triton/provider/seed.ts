import { randomInt } from 'node:crypto';
import { InvalidArgumentError } from '@ai-sdk/provider';

/** Seeds that are chosen here are short enough to be written down. */
const largestChosen = 2 ** 32;

/**
 * A seed as the models take it; a random one when none is given. With `count` it is the first of so many in a row. Seeds are
 * whole numbers from 0 to 2^53 - 1, so that JSON keeps each of them exact. Throws `InvalidArgumentError` for all others.
 */
export function toSeed(seed: number | undefined, count = 1): number {
  const first = seed ?? randomInt(largestChosen);
  if (Number.isSafeInteger(first) && first >= 0 && Number.isSafeInteger(first + (count - 1))) return first;
  const last = count > 1 ? `, and so must the last of ${count} in a row` : '';
  throw new InvalidArgumentError({
    argument: 'seed',
    message: `The seed must be a whole number from 0 to 2^53 - 1, not ${first}${last}.`,
  });
}
