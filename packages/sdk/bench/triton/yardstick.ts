import { createHash } from 'node:crypto';
import { quantile } from './statistics.ts';

const block = new Uint8Array(1024 * 1024);

/** Milliseconds of a fixed piece of work on one core (SHA-256 of 4 MiB). */
export function measureYardstick(): number {
  const began = performance.now();
  const hash = createHash('sha256');
  for (let count = 0; count < 4; count++) hash.update(block);
  hash.digest();
  return performance.now() - began;
}

/** How unsteady the machine was: the 90th percentile of the same work over its 10th. On a quiet machine below 1.2. */
export const unsteadiness = (milliseconds: readonly number[]): number =>
  quantile(milliseconds, 0.9) / quantile(milliseconds, 0.1);
