import { InvalidArgumentError } from '@ai-sdk/provider';
import { expect, it } from 'vitest';
import { toSeed } from './seed.ts';

it('takes any whole number, and gives what INT64 from 0 holds', () => {
  expect(toSeed(7)).toBe(7n);
  expect(toSeed(0)).toBe(0n);
  expect(toSeed(-1)).toBe(2n ** 63n - 1n);
  expect(toSeed(-1)).not.toBe(toSeed(-2));
});

it('chooses one where none is given', () => {
  const chosen = new Set(Array.from({ length: 20 }, () => toSeed(undefined)));
  expect(chosen.size).toBeGreaterThan(10);
  for (const seed of chosen) expect(seed >= 0n && seed < 2n ** 32n).toBe(true);
});

it.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])('refuses %d', (seed) => {
  expect(() => toSeed(seed)).toThrow(InvalidArgumentError);
});
