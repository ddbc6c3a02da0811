import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../image/geometry.ts';
import { Mask } from '../../image/mask.ts';
import { squareCapabilities, squares, squaresOn } from '../__fixtures__/squares.ts';
import { createVisionContext } from '../vision.ts';
import { findProtected } from './find-protected.ts';
import { PixelUnion } from './pixel-union.ts';

const image = await squaresOn(120, 80, [{ colour: 'blue', x: 48, y: 40, side: 16 }]);
const { detect } = squareCapabilities;

/** Backends whose detector sees things just there. */
const seeing = (...boxes: Box[]) =>
  createVisionContext([
    squares({
      detect: {
        ...detect,
        run: async ({ phrases: [phrase] }) => boxes.map((box) => ({ label: phrase, score: 0.9, box, phrase })),
      },
    }),
  ]);
const squaresSeen = createVisionContext([squares()]);

describe('what is protected', () => {
  it('of a face goes beyond its box by 12 % of the longer side', async () => {
    const { mask, rules } = await findProtected(seeing({ x: 30, y: 20, width: 20, height: 10 }), image, ['faces']);
    // 2.4 pixels more on every side, out to whole pixels.
    expect(mask.bounds).toEqual({ x: 27, y: 17, width: 26, height: 16 });
    expect(mask.area).toBe(26 * 16);
    expect(rules).toEqual([{ kind: 'faces', found: 1 }]);
  });

  it('of a line of text goes beyond its box by 20 % of its height', async () => {
    const { mask, rules } = await findProtected(seeing({ x: 10, y: 50, width: 60, height: 12 }), image, ['text']);
    expect(mask.bounds).toEqual({ x: 7, y: 47, width: 66, height: 18 });
    expect(mask.area).toBe(66 * 18);
    expect(rules).toEqual([{ kind: 'text', found: 1 }]);
  });

  it('of a phrase goes beyond its outline by 3 pixels', async () => {
    const { mask, rules } = await findProtected(squaresSeen, image, [{ phrase: 'blue square' }]);
    expect(mask.bounds).toEqual({ x: 45, y: 37, width: 22, height: 22 });
    // All four sides full, 10 pixels short at each rounded corner.
    const side = Mask.fromBox(image, { x: 45, y: 43, width: 22, height: 10 });
    const along = Mask.fromBox(image, { x: 51, y: 37, width: 10, height: 22 });
    expect(mask.data.every((bit, at) => bit === 1 || (side.data[at] === 0 && along.data[at] === 0))).toBe(true);
    expect(mask.area).toBe(22 * 22 - 4 * 10);
    expect(rules).toEqual([{ kind: 'phrase', phrase: 'blue square', found: 1 }]);
  });

  it('of several rules is all of them together, each pixel once', async () => {
    const mask = Mask.fromBox(image, { x: 100, y: 60, width: 20, height: 20 });
    const found = await findProtected(
      seeing({ x: 0, y: 0, width: 10, height: 10 }, { x: 110, y: 10, width: 20, height: 10 }),
      image,
      ['faces', { box: { x: 110.5, y: 70.5, width: 30, height: 1 } }, { mask }],
    );
    // Both faces measure 10 x 10 inside the picture, and 1.2 more on every side that is not its edge.
    expect(found.mask.area).toBe(12 * 12 + 12 * 14 + 400);
    expect(found.rules.map(({ kind }) => kind)).toEqual(['faces', 'box', 'mask']);
  });

  it('is added to what is known there already', async () => {
    const known = {
      mask: Mask.fromBox(image, { x: 0, y: 0, width: 9, height: 9 }),
      rules: [{ kind: 'faces', found: 1 }],
    } as const;
    const box = { x: 5, y: 5, width: 10, height: 10 };
    const { mask, rules } = await findProtected(squaresSeen, image, [{ box }], { known });
    expect(mask.area).toBe(81 + 100 - 16);
    expect(rules).toEqual([
      { kind: 'faces', found: 1 },
      { kind: 'box', found: 1 },
    ]);
    // What was known is not drawn into.
    expect(known.mask.area).toBe(81);
  });

  it('in pixels of another picture is refused', async () => {
    const box = { x: 5, y: 5, width: 10, height: 10 };
    const other = { width: 119, height: 80 };
    await expect(findProtected(squaresSeen, image, [{ box, size: other }])).rejects.toMatchObject({
      code: 'mask-invalid',
      message: expect.stringContaining('119 x 80'),
    });
    const mask = Mask.fromBox(other, box);
    await expect(findProtected(squaresSeen, image, [{ mask }])).rejects.toMatchObject({ code: 'mask-invalid' });
    const known = { mask, rules: [] };
    await expect(findProtected(squaresSeen, image, [], { known })).rejects.toMatchObject({ code: 'mask-invalid' });
  });
});

describe('a union of pixels', () => {
  it('lets other work go on while it takes in a large mask', async () => {
    const size = { width: 6000, height: 4000 };
    const mask = Mask.fromBox(size, { x: 0, y: 0, ...size });
    expect(mask.area).toBe(24e6);
    const union = new PixelUnion(size);
    let [turns, isDone] = [0, false];
    const added = union.addMask(mask).then(() => {
      isDone = true;
    });
    for (; !isDone; turns++) await nextTurn();
    await added;
    expect(turns).toBeGreaterThan(1);
    expect(union.toMask().area).toBe(24e6);
  });

  it('stops when it is told to', async () => {
    const union = new PixelUnion(image, AbortSignal.abort(new Error('enough')));
    await expect(union.addBoxes([{ x: 0, y: 0, width: 5, height: 5 }])).rejects.toThrow('enough');
  });
});
