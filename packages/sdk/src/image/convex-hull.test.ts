import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskOf, rowsOf } from './__fixtures__/mask-rows.ts';
import { convexHull } from './convex-hull.ts';
import { Mask } from './mask.ts';

describe('the convex hull of a mask', () => {
  it.each([
    [
      'fills the corners between arms',
      ['..#..', '..#..', '#####', '..#..', '..#..'],
      ['..#..', '.###.', '#####', '.###.', '..#..'],
    ],
    ['closes rings', ['###', '#.#', '###'], ['###', '###', '###']],
    [
      'joins parts, also over empty rows',
      ['#....', '.....', '.....', '.....', '#...#'],
      ['#....', '##...', '###..', '####.', '#####'],
    ],
    ['leaves what is convex', ['.....', '.###.', '.###.', '.....'], ['.....', '.###.', '.###.', '.....']],
    ['leaves one pixel', ['...', '.#.'], ['...', '.#.']],
    ['leaves nothing', ['...', '...'], ['...', '...']],
  ])('%s', (_what, before, after) => {
    expect(rowsOf(convexHull(maskOf(before)))).toEqual(after);
  });

  it('holds the mask, is its own hull, and has its bounds', () => {
    const masks = fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
      .chain(([width, height]) =>
        fc
          .uint8Array({ minLength: width * height, maxLength: width * height, max: 1 })
          .map((data) => new Mask(width, height, data)),
      );
    fc.assert(
      fc.property(masks, (mask) => {
        const hull = convexHull(mask);
        expect(mask.data.every((bit, at) => bit === 0 || hull.data[at] === 1)).toBe(true);
        expect(hull.bounds).toEqual(mask.bounds);
        expect(rowsOf(convexHull(hull))).toEqual(rowsOf(hull));
      }),
    );
  });
});
