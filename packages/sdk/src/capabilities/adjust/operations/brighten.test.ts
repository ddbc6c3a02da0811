import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, everywhere, paint, withData } from '../__fixtures__/pixels.ts';
import { chromaOf, hueDistance, hueOf, oklabOfBytes } from '../pixel-work/oklab.ts';
import { brighten } from './brighten.ts';

const ramp = paint(256, 2, (x) => [x, x, x, x]);
const bytes = (amount: number): number[] => {
  const result = brighten.apply(ramp, { amount }, everywhere(ramp));
  return Array.from({ length: 256 }, (_, x) => result[x * 4]);
};

describe('brighten', () => {
  it('never reverses tones, keeps black where it darkens and white where it brightens', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (amount) => {
        const values = bytes(amount);
        if (amount <= 0) expect(values[0]).toBe(0);
        if (amount >= 0) expect(values[255]).toBe(255);
        for (let x = 1; x < 256; x++) expect(values[x]).toBeGreaterThanOrEqual(values[x - 1]);
      }),
      { numRuns: 40 },
    );
  });

  it('does nothing at 0', () => expect(bytes(0)).toEqual(Array.from({ length: 256 }, (_, x) => x)));

  it('changes the light by three stops at full amount', () => {
    // sRGB 30 is 0.0130 in linear light; eight times that is 0.104, and the toe adds 0.018 on top.
    expect(bytes(1)[30]).toBe(98);
    expect(bytes(-1)[91]).toBe(30);
  });

  const colours = { black: [0, 0, 0], red: [255, 0, 0], green: [0, 255, 0], blue: [0, 0, 255], yellow: [255, 255, 0] };
  for (const [name, [red, green, blue]] of Object.entries(colours)) {
    it.each([0.18, 0.35, 1])(`makes ${name} visibly lighter at %d`, (amount) => {
      const flat = paint(8, 8, () => [red, green, blue]);
      const result = withData(flat, brighten.apply(flat, { amount }, everywhere(flat)));
      const [r, g, b] = at(result, 4, 4);
      expect(oklabOfBytes(r, g, b).L).toBeGreaterThan(oklabOfBytes(red, green, blue).L + 0.006);
      expect(Math.min(r - red, g - green, b - blue)).toBeGreaterThanOrEqual(0);
      expect(brighten.measure(flat, result, { amount }, everywhere(flat)).done).toBe(true);
    });
  }

  it.each(['red', 'green', 'blue', 'yellow'] as const)('keeps the hue of %s and makes it darker', (name) => {
    const [red, green, blue] = colours[name];
    const flat = paint(8, 8, () => [red, green, blue]);
    const darker = at(withData(flat, brighten.apply(flat, { amount: -0.35 }, everywhere(flat))), 4, 4);
    const lab = oklabOfBytes(darker[0], darker[1], darker[2]);
    const before = oklabOfBytes(red, green, blue);
    expect(lab.L).toBeLessThan(before.L - 0.08);
    expect(hueDistance(hueOf(lab), hueOf(before))).toBeLessThan(3);
  });

  it('leaves colours of the middle as saturated as exposure makes them', () => {
    const skin = paint(4, 4, () => [120, 85, 70]);
    const [r, g, b] = at(withData(skin, brighten.apply(skin, { amount: 0.2 }, everywhere(skin))), 1, 1);
    expect(hueDistance(hueOf(oklabOfBytes(r, g, b)), hueOf(oklabOfBytes(120, 85, 70)))).toBeLessThan(3);
    expect(chromaOf(oklabOfBytes(r, g, b))).toBeGreaterThan(chromaOf(oklabOfBytes(120, 85, 70)));
  });

  it('does not claim to brighten white or to darken black', () => {
    const white = paint(4, 4, () => [255, 255, 255]);
    const black = paint(4, 4, () => [0, 0, 0]);
    expect(brighten.measure(white, white, { amount: 0.35 }, everywhere(white)).done).toBe(false);
    expect(brighten.measure(black, black, { amount: -0.35 }, everywhere(black)).done).toBe(false);
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
