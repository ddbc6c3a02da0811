import { describe, expect, it } from 'vitest';
import type { Image } from '../../image/image.ts';
import { Mask } from '../../image/mask.ts';
import { squareCapabilities, squares, squaresOn } from '../__fixtures__/squares.ts';
import { createVisionContext } from '../vision.ts';
import { remove } from './remove.ts';

const image = await squaresOn(160, 120, [{ colour: 'red', x: 40, y: 40, side: 40 }]);
const thing = Mask.fromBox(image, { x: 40, y: 40, width: 40, height: 40 });
const rules = [{ kind: 'phrase' as const, phrase: 'the label', found: 1 }];
const things = [{ label: 'red square', score: 1, box: { x: 40, y: 40, width: 40, height: 40 }, phrase: 'red square' }];

/** Greys squares over, and counts how often it was asked to. */
function counting() {
  let calls = 0;
  const backend = squares({
    remove: {
      ...squareCapabilities.remove,
      run: async (asked, context) => {
        calls++;
        return squareCapabilities.remove.run(asked, context);
      },
    },
  });
  return { backend, calls: () => calls };
}

const pixel = ({ data, width }: Image, x: number, y: number) => [...data.subarray((y * width + x) * 4).subarray(0, 4)];

describe('removing a thing of which a part is protected', () => {
  it('of a negligible part is checked as usual', async () => {
    // 8 of 1600 pixels: half a percent.
    const kept = Mask.fromBox(image, { x: 40, y: 40, width: 4, height: 2 });
    const { backend } = counting();
    const edit = await remove(createVisionContext([backend]), image, {
      mask: thing,
      things,
      protection: { mask: kept, rules },
    });
    expect(edit.verified).toMatchObject({ ok: true, reason: 'no red square is seen there any more' });
    expect(edit.receipt.protected).toEqual({ rules, area: 8, changed: 0 });
  });

  it('of a fifth has not removed it, and says which rules kept it', async () => {
    const kept = Mask.fromBox(image, { x: 40, y: 40, width: 40, height: 8 });
    const { backend, calls } = counting();
    const edit = await remove(createVisionContext([backend]), image, {
      mask: thing,
      things,
      protection: { mask: kept, rules },
    });
    expect(edit.verified).toEqual({
      ok: false,
      reason: '20 % of it is protected and stays (the label: 1)',
      by: 'the protection',
    });
    expect(calls()).toBe(1);
    expect(edit.receipt.protected).toEqual({ rules, area: 320, changed: 0 });
    expect(pixel(edit.image, 60, 44)).toEqual(pixel(image, 60, 44));
    expect(pixel(edit.image, 60, 70)).not.toEqual(pixel(image, 60, 70));
  });
});
