import { describe, expect, it } from 'vitest';
import { at, everywhere, paint, weights, withData } from '../__fixtures__/pixels.ts';
import { detail } from '../pixel-work/detail.ts';
import { hueDistance, hueOf, oklabOfBytes } from '../pixel-work/oklab.ts';
import { sharpen } from './sharpen.ts';

const noise = (x: number, y: number, levels: number): number =>
  ((((x * 73 + y * 151) * 2654435761) % 997) / 997) * levels;
/** Soft stripes, like detail a lens has smoothed. */
const soft = paint(80, 60, (x) => {
  const wave = 128 + 60 * Math.sin(x / 1.6);
  return [wave, wave * 0.7, wave * 0.5];
});

describe('sharpen', () => {
  it('brings out detail, more of it for a larger amount, and measures that', () => {
    const alpha = everywhere(soft);
    let before = detail(soft, alpha);
    for (const amount of [0.3, 0.6, 1]) {
      const result = withData(soft, sharpen.apply(soft, { amount }, alpha));
      const now = detail(result, alpha);
      expect(now).toBeGreaterThan(before * 1.03);
      before = now;
      expect(sharpen.measure(soft, result, { amount }, alpha).done).toBe(true);
    }
    expect(sharpen.measure(soft, soft, { amount: 0.5 }, alpha).done).toBe(false);
  });

  it('keeps the hue', () => {
    const result = withData(soft, sharpen.apply(soft, { amount: 1 }, everywhere(soft)));
    for (let x = 2; x < 78; x++) {
      const [old, now] = [at(soft, x, 30), at(result, x, 30)];
      const hues = [old, now].map(([r, g, b]) => hueOf(oklabOfBytes(r, g, b)));
      expect(hueDistance(hues[0], hues[1])).toBeLessThan(12);
    }
  });

  it('gives an edge no halo', () => {
    const edge = paint(60, 20, (x) => {
      const level = x < 28 ? 60 : x > 32 ? 190 : 60 + ((x - 28) / 4) * 130;
      return [level, level, level];
    });
    const result = withData(edge, sharpen.apply(edge, { amount: 1 }, everywhere(edge)));
    const row = Array.from({ length: 60 }, (_, x) => at(result, x, 10)[0]);
    expect(Math.min(...row)).toBeGreaterThanOrEqual(60 - 12);
    expect(Math.max(...row)).toBeLessThanOrEqual(190 + 12);
    expect(row[31] - row[29]).toBeGreaterThan(at(edge, 31, 10)[0] - at(edge, 29, 10)[0]);
  });

  it('does not amplify noise as it does detail', () => {
    const flat = paint(120, 90, (x, y) => {
      const level = 120 + noise(x, y, 6);
      return [level, level, level];
    });
    const alpha = everywhere(flat);
    const result = withData(flat, sharpen.apply(flat, { amount: 0.5 }, alpha));
    expect(detail(result, alpha) / detail(flat, alpha)).toBeLessThan(1.2);
  });

  it('takes nothing from outside the region', () => {
    const halves = paint(60, 20, (x) => (x < 30 ? [20, 20, 20] : [150, 150, 150]));
    const right = weights(60, 20, (x) => (x < 30 ? 0 : 255));
    const result = withData(halves, sharpen.apply(halves, { amount: 1 }, right));
    expect(at(result, 30, 10)).toEqual([150, 150, 150, 255]);
    expect(at(result, 29, 10)).toEqual([20, 20, 20, 255]);
  });
});
