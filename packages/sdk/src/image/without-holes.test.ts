import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskOf, rowsOf } from './__fixtures__/mask-rows.ts';
import { Mask } from './mask.ts';
import { withoutHoles } from './without-holes.ts';

describe('a mask without its holes', () => {
  it.each([
    ['fills the hole of a ring', ['.....', '.###.', '.#.#.', '.###.'], ['.....', '.###.', '.###.', '.###.']],
    ['fills each of several', ['#####', '#.#.#', '#####'], ['#####', '#####', '#####']],
    ['takes corners for closed', ['.##', '#.#', '##.'], ['.##', '###', '##.']],
    ['leaves what is open', ['###', '#.#', '#.#'], ['###', '#.#', '#.#']],
    ['leaves a bay at the border', ['#.#', '#.#', '###'], ['#.#', '#.#', '###']],
    [
      'leaves what a frame is around, and fills a hole beside it',
      ['########', '#....#.#', '#....###', '#....#..', '######..'],
      ['########', '#....###', '#....###', '#....#..', '######..'],
    ],
    ['leaves nothing', ['...', '...'], ['...', '...']],
  ])('%s', (_what, before, after) => {
    expect(rowsOf(withoutHoles(maskOf(before), 0.5))).toEqual(after);
  });

  it('holds the mask, keeps its bounds, and leaves the border of the picture as it is', () => {
    const masks = fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
      .chain(([width, height]) =>
        fc
          .array(fc.constantFrom(0, 0, 1), { minLength: width * height, maxLength: width * height })
          .map((bits) => new Mask(width, height, Uint8Array.from(bits))),
      );
    fc.assert(
      fc.property(masks, (mask) => {
        const filled = withoutHoles(mask, 0.5);
        expect(mask.data.every((bit, at) => bit <= filled.data[at])).toBe(true);
        expect(filled.bounds).toEqual(mask.bounds);
        const { width, height } = mask;
        for (let at = 0; at < mask.data.length; at++) {
          const [x, y] = [at % width, Math.floor(at / width)];
          if (x === 0 || y === 0 || x === width - 1 || y === height - 1) expect(filled.data[at]).toBe(mask.data[at]);
        }
      }),
    );
  });

  it('takes a large one in one go', () => {
    const side = 1500;
    const data = new Uint8Array(side * side).fill(1);
    for (let y = 600; y < 900; y++) data.fill(0, y * side + 600, y * side + 900);
    expect(withoutHoles(new Mask(side, side, data), 0.5).area).toBe(side * side);
  });
});
