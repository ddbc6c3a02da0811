import { describe, expect, it } from 'vitest';
import { Mask } from '../../image/mask.ts';
import { growMask } from './grow-mask.ts';

/** By definition: looking at every pair of pixels. */
function grownSlowly({ width, data }: Mask, radius: number): Uint8Array {
  return data.map((_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return data.some((bit, other) => bit && Math.hypot((other % width) - x, Math.floor(other / width) - y) <= radius)
      ? 1
      : 0;
  });
}

describe('growMask', () => {
  const ragged = new Mask(
    23,
    17,
    Uint8Array.from({ length: 23 * 17 }, (_, at) => ((at * 7919) % 61 === 0 ? 1 : 0)),
  );

  it.each([0, 1, 1.5, 2.9, 4, 30])('is a dilation by a disc of %d pixels', async (radius) => {
    const grown = await growMask(ragged, radius);
    expect([...grown.data]).toEqual([...grownSlowly(ragged, radius)]);
  });

  it('leaves an empty mask empty', async () => {
    expect((await growMask(new Mask(5, 4, new Uint8Array(20)), 3)).area).toBe(0);
  });
});
