import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Image } from './image.ts';

const pixels = (width: number, height: number, fill = 7) => ({
  width,
  height,
  data: new Uint8Array(width * height * 4).fill(fill),
});

describe('Image.fromPixels', () => {
  it('names the picture by size and pixels', async () => {
    const inner = createHash('sha256').update(pixels(3, 2).data).digest();
    const wanted = createHash('sha256').update('3x2:').update(inner).digest('hex').slice(0, 32);
    expect((await Image.fromPixels(pixels(3, 2))).id).toBe(`img_${wanted}`);
  });

  it('tells apart sizes with the same bytes, and pictures with one bit of difference', async () => {
    const changed = pixels(3, 2);
    changed.data[23] = 6;
    const all = await Promise.all(
      [pixels(3, 2), pixels(2, 3), pixels(6, 1), changed].map((one) => Image.fromPixels(one)),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(4);
  });

  it.each([
    ['no width', { width: 0, height: 1, data: new Uint8Array(0) }],
    ['a height in fractions', { width: 2, height: 1.5, data: new Uint8Array(12) }],
    ['too few bytes', { width: 2, height: 2, data: new Uint8Array(12) }],
  ])('refuses %s', async (_name, bad) => {
    await expect(Image.fromPixels(bad)).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
