import { InvalidArgumentError } from '@ai-sdk/provider';
import { expect, it } from 'vitest';
import { toSeed } from './seed.ts';

it('takes whole numbers from 0 as they are', () => {
  for (const seed of [0, 7, Number.MAX_SAFE_INTEGER]) expect(toSeed(seed)).toBe(seed);
});

it('chooses one where none is given', () => {
  const chosen = new Set(Array.from({ length: 20 }, () => toSeed(undefined)));
  expect(chosen.size).toBeGreaterThan(10);
  for (const seed of chosen) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true);
});

it.each([-1, -3, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 2 ** 60])('refuses %d', (seed) => {
  expect(() => toSeed(seed)).toThrow(InvalidArgumentError);
  expect(() => toSeed(seed)).toThrow(`from 0 to 2^53 - 1, not ${seed}`);
});

it('refuses a row that leaves the range', () => {
  expect(toSeed(Number.MAX_SAFE_INTEGER - 2, 3)).toBe(Number.MAX_SAFE_INTEGER - 2);
  expect(() => toSeed(Number.MAX_SAFE_INTEGER - 2, 4)).toThrow('the last of 4');
});
