import { randomInt } from 'node:crypto';
import { InvalidArgumentError } from '@ai-sdk/provider';

/** Seeds that are chosen here are short enough to be written down. */
const largestChosen = 2 ** 32;

/** A seed as the models take it, INT64 from 0: negative ones keep their bits. A random one when none is given. */
export function toSeed(seed: number | undefined): bigint {
  const base = seed ?? randomInt(largestChosen);
  if (!Number.isSafeInteger(base)) {
    throw new InvalidArgumentError({ argument: 'seed', message: `The seed must be a whole number, not ${base}.` });
  }
  return BigInt.asUintN(63, BigInt(base));
}
