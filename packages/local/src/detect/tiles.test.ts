import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planTiles } from './tiles.ts';

const side = fc.integer({ min: 1, max: 12_000 });

describe('planTiles', () => {
  it('looks at an everyday picture once', () => {
    expect(planTiles({ width: 600, height: 400 })).toEqual([{ x: 0, y: 0, width: 600, height: 400 }]);
  });

  it('cuts a wide picture into near-square tiles that overlap, besides the whole', () => {
    const [whole, ...tiles] = planTiles({ width: 1200, height: 400 });
    expect(whole).toEqual({ x: 0, y: 0, width: 1200, height: 400 });
    expect(tiles).toEqual([
      { x: 0, y: 0, width: 686, height: 400 },
      { x: 514, y: 0, width: 686, height: 400 },
    ]);
  });

  it('treats tall pictures as wide ones turned', () => {
    const turned = planTiles({ width: 400, height: 1200 }).map(({ x, y, width, height }) => ({
      x: y,
      y: x,
      width: height,
      height: width,
    }));
    expect(turned).toEqual(planTiles({ width: 1200, height: 400 }));
  });

  it('uses two rows for 12 megapixels', () => {
    expect(planTiles({ width: 4000, height: 3000 })).toHaveLength(5);
  });

  it('never needs more than 12 tiles, keeps them inside and covers every pixel', () => {
    fc.assert(
      fc.property(
        side,
        side,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (width, height, u, v) => {
          const tiles = planTiles({ width, height });
          expect(tiles.length).toBeLessThanOrEqual(12);
          for (const tile of tiles) {
            expect(Object.values(tile).every(Number.isInteger)).toBe(true);
            expect(Math.min(tile.x, tile.y, tile.width - 1, tile.height - 1)).toBeGreaterThanOrEqual(0);
            expect(tile.x + tile.width).toBeLessThanOrEqual(width);
            expect(tile.y + tile.height).toBeLessThanOrEqual(height);
          }
          const point = {
            x: Math.min(width - 1, Math.floor(u * width)),
            y: Math.min(height - 1, Math.floor(v * height)),
          };
          const parts = tiles.length > 1 ? tiles.slice(1) : tiles;
          const covered = parts.some(
            ({ x, y, width: w, height: h }) => point.x >= x && point.x < x + w && point.y >= y && point.y < y + h,
          );
          expect(covered).toBe(true);
        },
      ),
    );
  });

  it('keeps tiles near-square wherever 11 of them can', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 4000 }), fc.double({ min: 1, max: 7, noNaN: true }), (short, aspect) => {
        const [, ...tiles] = planTiles({ width: Math.round(short * aspect), height: short });
        for (const { width, height } of tiles) expect(width / height).toBeLessThan(1.9);
      }),
    );
  });
});
