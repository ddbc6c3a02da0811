import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distanceInside } from './distance-transform.ts';

it('equals the chessboard distance found by looking at every pair of pixels', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 70 }),
      (width, bits) => {
        const height = Math.ceil(bits.length / width);
        const hole = new Uint8Array(width * height);
        bits.forEach((bit, index) => {
          hole[index] = bit ? 1 : 0;
        });
        fc.pre(hole.includes(0));
        const expected = hole.map((_value, index) => {
          let least = 255;
          hole.forEach((other, place) => {
            if (other === 1) return;
            const dx = Math.abs((place % width) - (index % width));
            const dy = Math.abs(Math.floor(place / width) - Math.floor(index / width));
            least = Math.min(least, Math.max(dx, dy));
          });
          return least;
        });
        expect(Array.from(distanceInside(hole, width, height))).toEqual(Array.from(expected));
      },
    ),
  );
});
