import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropPixels, fitInside, resizePixels } from './resize.ts';

const counting = (width: number, height: number) => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 4 }, (_, at) => at & 255),
});

describe('cropPixels', () => {
  it('copies the rows under the box', () => {
    const part = cropPixels(counting(4, 3), { x: 1, y: 1, width: 2, height: 2 });
    expect(part).toMatchObject({ width: 2, height: 2 });
    expect([...part.data]).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 36, 37, 38, 39, 40, 41, 42, 43]);
  });

  it.each([
    { x: -1, y: 0, width: 2, height: 2 },
    { x: 3, y: 0, width: 2, height: 2 },
    { x: 0, y: 0.5, width: 2, height: 2 },
    { x: 0, y: 0, width: 0, height: 2 },
    { x: Number.NaN, y: 0, width: 1, height: 1 },
  ])('refuses %j', (box) => {
    expect(() => cropPixels(counting(4, 3), box)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });
});

describe('resizePixels', () => {
  it('gives the size asked for and keeps a flat colour', async () => {
    const data = new Uint8Array(30 * 20 * 4).fill(120);
    for (const size of [
      { width: 7, height: 40 },
      { width: 1, height: 1 },
      { width: 90, height: 3 },
    ]) {
      const resized = await resizePixels({ width: 30, height: 20, data }, size);
      expect(resized).toMatchObject(size);
      expect(resized.data.length).toBe(size.width * size.height * 4);
      expect(Math.max(...resized.data.map((value) => Math.abs(value - 120)))).toBeLessThanOrEqual(1);
    }
  });

  it('lets no colour bleed out of transparent pixels', async () => {
    const data = new Uint8Array(64 * 64 * 4);
    for (let at = 0; at < data.length; at += 4) data.set((at / 4) % 64 < 32 ? [0, 200, 0, 255] : [255, 0, 255, 0], at);
    const { data: small } = await resizePixels({ width: 64, height: 64, data }, { width: 9, height: 9 });
    for (let at = 0; at < small.length; at += 4) if ((small[at + 3] ?? 0) > 8) expect(small[at]).toBeLessThan(12);
  });

  it('refuses sizes that are none, and stops at the signal', async () => {
    await expect(resizePixels(counting(2, 2), { width: 0, height: 1 })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(resizePixels(counting(2, 2), { width: 1, height: 1 }, { signal })).rejects.toThrow('enough');
  });
});

describe('fitInside', () => {
  it('keeps proportions, never enlarges, never vanishes', () => {
    const side = fc.integer({ min: 1, max: 20_000 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 1, max: 5000 }), (width, height, longest) => {
        const fitted = fitInside({ width, height }, longest);
        expect(Math.max(fitted.width, fitted.height)).toBe(Math.min(longest, Math.max(width, height)));
        const scale = Math.min(1, longest / Math.max(width, height));
        expect(Math.abs(fitted.width - width * scale)).toBeLessThanOrEqual(1);
        expect(Math.abs(fitted.height - height * scale)).toBeLessThanOrEqual(1);
        expect(Math.min(fitted.width, fitted.height)).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});
