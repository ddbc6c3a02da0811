import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everywhere, paint, withData } from '../__fixtures__/pixels.ts';
import { brighten } from './brighten.ts';

const ramp = paint(256, 2, (x) => [x, x, x, x]);
const bytes = (amount: number): number[] => {
  const result = brighten.apply(ramp, { amount }, everywhere(ramp));
  return Array.from({ length: 256 }, (_, x) => result[x * 4]);
};

describe('brighten', () => {
  it('never reverses tones, keeps black and, when it brightens, white', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (amount) => {
        const values = bytes(amount);
        expect(values[0]).toBe(0);
        if (amount >= 0) expect(values[255]).toBe(255);
        for (let x = 1; x < 256; x++) expect(values[x]).toBeGreaterThanOrEqual(values[x - 1]);
      }),
      { numRuns: 40 },
    );
  });

  it('does nothing at 0', () => expect(bytes(0)).toEqual(Array.from({ length: 256 }, (_, x) => x)));

  it('changes the light by three stops at full amount', () => {
    // sRGB 30 is 0.0130 in linear light; eight times that is sRGB 91.
    expect(bytes(1)[30]).toBe(91);
    expect(bytes(-1)[91]).toBe(30);
  });

  it('keeps alpha', () => {
    const result = brighten.apply(ramp, { amount: 0.5 }, everywhere(ramp));
    expect(result[7 * 4 + 3]).toBe(7);
  });

  it.each([0.35, -0.35, 0.18, -1])('measures what it did at %d', (amount) => {
    const photo = paint(16, 16, (x, y) => [x * 12, y * 12, 90]);
    const alpha = everywhere(photo);
    const result = withData(photo, brighten.apply(photo, { amount }, alpha));
    expect(brighten.measure(photo, result, { amount }, alpha).done).toBe(true);
    expect(brighten.measure(photo, photo, { amount }, alpha).done).toBe(false);
    expect(brighten.measure(photo, result, { amount: -amount }, alpha).done).toBe(false);
  });

  it('has a default and limits', () => {
    expect(brighten.parameters.parse({})).toEqual({ amount: 0.35 });
    expect(brighten.parameters.safeParse({ amount: 1.01 }).success).toBe(false);
  });
});
