import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

const options = { baseDelayMs: 100, maxDelayMs: 2_000 };

describe('backoffMs', () => {
  it('doubles its ceiling with every try, up to the longest', () => {
    const ceilings = [1, 2, 3, 4, 5, 6, 7, 2_000].map((tries) => backoffMs(tries, options, () => 1));
    expect(ceilings).toEqual([100, 200, 400, 800, 1_600, 2_000, 2_000, 2_000]);
  });

  it('takes any time from none to the ceiling', () => {
    expect([0, 0.25, 0.5].map((random) => backoffMs(3, options, () => random))).toEqual([0, 100, 200]);
  });

  it('waits as long as the server asks, and gives up when that is too long', () => {
    expect(backoffMs(1, options, () => 0.5, 700)).toBe(700);
    expect(backoffMs(5, options, () => 1, 700)).toBe(1_600);
    expect(backoffMs(1, options, () => 0.5, 2_001)).toBeUndefined();
  });

  it('is never longer than the longest, nor shorter than none', () => {
    const anyMs = fc.integer({ min: 0, max: 60_000 });
    const check = fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      anyMs,
      anyMs,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (tries, baseDelayMs, maxDelayMs, random) => {
        const delay = backoffMs(tries, { baseDelayMs, maxDelayMs }, () => random);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(maxDelayMs);
      },
    );
    fc.assert(check);
  });
});
