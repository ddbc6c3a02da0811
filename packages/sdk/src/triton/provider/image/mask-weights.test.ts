import { describe, expect, it } from 'vitest';
import { Image } from '../../../image/image.ts';
import { maskWeights } from './mask-weights.ts';

/** A picture of one row. */
const row = (...pixels: readonly (readonly [number, number, number, number])[]) =>
  Image.fromPixels({ width: pixels.length, height: 1, data: Uint8Array.from(pixels.flat()) });

const picture = await row([1, 2, 3, 255], [4, 5, 6, 255], [7, 8, 9, 255]);
const opaque = await row([255, 255, 255, 255], [0, 0, 0, 255], [128, 128, 128, 255]);
const holed = await row([255, 255, 255, 255], [0, 0, 0, 0], [0, 0, 0, 200]);

describe('what a mask means', () => {
  it('white where it is opaque', async () => {
    expect([...(await maskWeights(opaque, picture, 'auto'))]).toEqual([255, 0, 128]);
    expect([...(await maskWeights(holed, picture, 'white'))]).toEqual([255, 0, 0]);
  });

  it('transparent where it has any transparency', async () => {
    expect([...(await maskWeights(holed, picture, 'auto'))]).toEqual([0, 255, 55]);
  });

  it('colours count by how bright they are', async () => {
    const coloured = await row([255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255]);
    expect([...(await maskWeights(coloured, picture, 'auto'))]).toEqual([76, 150, 29]);
  });

  it('has an error for masks that select nothing or do not fit', async () => {
    await expect(maskWeights(opaque, picture, 'transparent')).rejects.toThrow('none of its pixels is transparent');
    const black = await row([0, 0, 0, 255], [0, 0, 0, 255], [0, 0, 0, 255]);
    await expect(maskWeights(black, picture, 'auto')).rejects.toThrow('selects nothing');
    await expect(maskWeights(await row([0, 0, 0, 0]), picture, 'auto')).rejects.toThrow('1 x 1, its picture 3 x 1');
  });
});
