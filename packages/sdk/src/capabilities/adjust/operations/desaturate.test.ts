import { describe, expect, it } from 'vitest';
import { at, everywhere, paint, weights, withData } from '../__fixtures__/pixels.ts';
import { chromaOf, hueDistance, hueOf, oklabOfBytes } from '../pixel-work/oklab.ts';
import { desaturate } from './desaturate.ts';

const colours = paint(16, 16, (x, y) => [x * 16, y * 16, (x * 37 + y * 91) % 256, 40 + x]);

describe('desaturate', () => {
  it('leaves grey of the same perceived lightness, and alpha', () => {
    const result = withData(colours, desaturate.apply(colours, { amount: 1 }, everywhere(colours)));
    for (let index = 0; index < 256; index++) {
      const [x, y] = [index % 16, index >> 4];
      const [before, after] = [at(colours, x, y), at(result, x, y)];
      expect(after[0] === after[1] && after[1] === after[2] && after[3] === before[3]).toBe(true);
      const lightness = oklabOfBytes(before[0], before[1], before[2]).L;
      expect(Math.abs(oklabOfBytes(after[0], after[1], after[2]).L - lightness)).toBeLessThan(
        0.005 + 0.02 * (1 - lightness),
      );
    }
  });

  it('takes part of the colour and keeps the hue', () => {
    const skin = paint(4, 4, () => [200, 140, 110]);
    const [r, g, b] = at(withData(skin, desaturate.apply(skin, { amount: 0.5 }, everywhere(skin))), 1, 1);
    const [old, now] = [oklabOfBytes(200, 140, 110), oklabOfBytes(r, g, b)];
    expect(chromaOf(now) / chromaOf(old)).toBeCloseTo(0.5, 1);
    expect(hueDistance(hueOf(now), hueOf(old))).toBeLessThan(3);
    expect(Math.abs(now.L - old.L)).toBeLessThan(0.005);
  });

  it('leaves what has no weight', () => {
    const half = weights(16, 16, (x) => (x < 8 ? 0 : 255));
    const result = withData(colours, desaturate.apply(colours, { amount: 1 }, half));
    expect(at(result, 3, 3)).toEqual(at(colours, 3, 3));
  });

  it.each([1, 0.5, 0.3])('measures what it did at %d', (amount) => {
    const alpha = everywhere(colours);
    const result = withData(colours, desaturate.apply(colours, { amount }, alpha));
    expect(desaturate.measure(colours, result, { amount }, alpha).done).toBe(true);
    expect(desaturate.measure(colours, colours, { amount }, alpha).done).toBe(false);
    // Grey of another lightness is not what was asked for.
    const dark = withData(
      colours,
      result.data.map((value, index) => (index % 4 === 3 ? value : value / 2)),
    );
    expect(desaturate.measure(colours, dark, { amount }, alpha).done).toBe(false);
  });

  it.each([{ amount: 1.1 }, { amount: -0.1 }, { saturation: 0 }])('refuses %j', (parameters) =>
    expect(desaturate.parameters.safeParse(parameters).success).toBe(false),
  );
});
