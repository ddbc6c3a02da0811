import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Mask } from '../../image/mask.ts';
import type { FrameGeometry } from './receipt.ts';
import { largestBoxInside, reframeMask, turnedBack } from './reframe.ts';

const from = { width: 120, height: 80 };
const cropped = (crop: FrameGeometry['crop'], angle = 0): FrameGeometry => ({
  from,
  to: { width: crop.width, height: crop.height },
  angle,
  crop,
});

describe('reframeMask', () => {
  it('keeps what a crop keeps, and moves it along', async () => {
    const mask = Mask.fromBox(from, { x: 30, y: 20, width: 10, height: 8 });
    const after = await reframeMask(mask, cropped({ x: 25, y: 10, width: 50, height: 40 }));
    expect([after.width, after.height]).toEqual([50, 40]);
    expect(after.bounds).toEqual({ x: 5, y: 10, width: 10, height: 8 });
    expect((await reframeMask(mask, cropped({ x: 35, y: 0, width: 50, height: 80 }))).area).toBe(5 * 8);
  });

  it('turns with the picture: what lay right of the centre goes down when it is turned clockwise', async () => {
    const mask = Mask.fromBox(from, { x: 98, y: 38, width: 4, height: 4 });
    const after = (await reframeMask(mask, cropped({ x: 0, y: 0, ...from }, 30))).bounds;
    // 40 pixels right of the centre, turned by 30 degrees.
    expect(after && after.x + after.width / 2).toBeCloseTo(60 + 40 * Math.cos(Math.PI / 6), -0.5);
    expect(after && after.y + after.height / 2).toBeCloseTo(40 + 40 * Math.sin(Math.PI / 6), -0.5);
  });

  it('lets other work go on while it turns a large mask', async () => {
    const size = { width: 4000, height: 3000 };
    const geometry = { from: size, to: size, angle: 3, crop: { x: 0, y: 0, ...size } };
    let isDone = false;
    const turned = reframeMask(Mask.fromBox(size, { x: 1500, y: 1000, width: 900, height: 900 }), geometry).then(
      (mask) => {
        isDone = true;
        return mask;
      },
    );
    let turns = 0;
    for (; !isDone; turns++) await nextTurn();
    expect(turns).toBeGreaterThan(1);
    expect((await turned).area / 810_000).toBeCloseTo(1, 2);
  });

  it('refuses the mask of another picture', async () => {
    const other = Mask.fromBox({ width: 119, height: 80 }, { x: 0, y: 0, width: 2, height: 2 });
    await expect(reframeMask(other, cropped({ x: 0, y: 0, width: 5, height: 5 }))).rejects.toThrow('119 x 80');
  });
});

describe('largestBoxInside', () => {
  const sizes = { width: fc.integer({ min: 20, max: 4000 }), height: fc.integer({ min: 20, max: 4000 }) };

  it('touches the turned picture and never leaves it, nor the upright one', () => {
    fc.assert(
      fc.property(fc.record(sizes), fc.double({ min: -45, max: 45, noNaN: true }), (size, angle) => {
        const box = largestBoxInside(size, angle);
        const back = turnedBack(size, angle);
        const slack = 1e-6 * Math.max(size.width, size.height);
        let nearest = Number.POSITIVE_INFINITY;
        for (const x of [box.x, box.x + box.width]) {
          for (const y of [box.y, box.y + box.height]) {
            const corner = back({ x, y });
            const room = Math.min(corner.x, corner.y, size.width - corner.x, size.height - corner.y);
            expect(room).toBeGreaterThanOrEqual(-slack);
            nearest = Math.min(nearest, room);
          }
        }
        expect(nearest).toBeLessThanOrEqual(slack);
        expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(-slack);
      }),
    );
  });

  it('is the picture itself where nothing is turned', () =>
    expect(largestBoxInside({ width: 30, height: 20 }, 0)).toEqual({ x: 0, y: 0, width: 30, height: 20 }));
});
