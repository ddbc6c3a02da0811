import { describe, expect, it } from 'vitest';
import type { Edit } from '../capabilities/shared/edit.ts';
import { Image } from '../image/image.ts';
import { Mask } from '../image/mask.ts';
import { type Attempt, withSecondAttempt } from './second-attempt.ts';

const size = { width: 160, height: 120 };
const image = await Image.fromPixels({ ...size, data: new Uint8Array(160 * 120 * 4).fill(255) });

type Rectangle = readonly [left: number, top: number, width: number, height: number];

function maskOf(rectangles: readonly Rectangle[]): Mask {
  const data = new Uint8Array(160 * 120);
  for (const [left, top, width, height] of rectangles)
    for (let row = top; row < top + height; row++) data.fill(1, row * 160 + left, row * 160 + left + width);
  return new Mask(size.width, size.height, data);
}

/** The mask of the second attempt at an edit that fails. */
async function secondMask(first: Attempt): Promise<Mask> {
  const attempts: Attempt[] = [];
  await withSecondAttempt(image, first, async (attempt) => {
    attempts.push(attempt);
    // Only the verdict is looked at.
    return { image, mask: attempt.mask, verified: { ok: false, reason: 'no', by: 'somebody' } } as Edit;
  });
  expect(attempts).toHaveLength(2);
  return attempts[1].mask;
}

const isSet = (mask: Mask, x: number, y: number) => mask.data[y * mask.width + x] === 1;
const corner = maskOf([
  [40, 40, 40, 14],
  [40, 54, 14, 26],
]);
const apart = maskOf([
  [10, 40, 20, 20],
  [110, 40, 20, 20],
]);

describe('the mask of a second attempt', () => {
  it('has the room between the arms of a thing that is replaced', async () => {
    expect(isSet(await secondMask({ mask: corner, seed: 0, prompt: 'a ball' }), 64, 64)).toBe(true);
  });

  it('leaves what lies between things that stand apart', async () => {
    const mask = await secondMask({ mask: apart, seed: 0, prompt: 'balls' });
    expect(isSet(mask, 70, 50)).toBe(false);
    expect(isSet(mask, 8, 50)).toBe(true);
  });

  it('only grows where a thing is removed', async () => {
    expect(isSet(await secondMask({ mask: corner, seed: 0 }), 72, 72)).toBe(false);
  });
});
