import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Box,
  boxArea,
  boxCentre,
  boxSchema,
  clipBox,
  growBox,
  intersectBoxes,
  iou,
  roundBoxOut,
} from './geometry.ts';

const coordinate = fc.double({ min: -500, max: 500, noNaN: true });
const length = fc.double({ min: 0.01, max: 500, noNaN: true });
const box = fc.record({ x: coordinate, y: coordinate, width: length, height: length });
const size = fc.record({ width: fc.integer({ min: 1, max: 400 }), height: fc.integer({ min: 1, max: 400 }) });

const covers = (outer: Box, inner: Box, tolerance = 1e-9): boolean =>
  inner.x >= outer.x - tolerance &&
  inner.y >= outer.y - tolerance &&
  inner.x + inner.width <= outer.x + outer.width + tolerance &&
  inner.y + inner.height <= outer.y + outer.height + tolerance;

describe('boxes', () => {
  it('intersect in a part of both, the same way round', () => {
    fc.assert(
      fc.property(box, box, (a, b) => {
        const shared = intersectBoxes(a, b);
        expect(intersectBoxes(b, a)).toEqual(shared);
        if (shared) expect(covers(a, shared) && covers(b, shared)).toBe(true);
        else expect(iou(a, b)).toBe(0);
      }),
    );
  });

  it('have an IoU of 0..1, symmetric, and 1 with themselves', () => {
    fc.assert(
      fc.property(box, box, (a, b) => {
        expect(iou(a, b)).toBeGreaterThanOrEqual(0);
        expect(iou(a, b)).toBeLessThanOrEqual(1);
        expect(iou(a, b)).toBeCloseTo(iou(b, a), 12);
        expect(iou(a, a)).toBeCloseTo(1, 6);
      }),
    );
    expect(iou({ x: 0, y: 0, width: 2, height: 2 }, { x: 1, y: 0, width: 2, height: 2 })).toBeCloseTo(1 / 3);
  });

  it('share nothing when they only touch', () => {
    expect(intersectBoxes({ x: 0, y: 0, width: 1, height: 1 }, { x: 1, y: 0, width: 1, height: 1 })).toBeUndefined();
  });

  it('clip to the picture', () => {
    fc.assert(
      fc.property(box, size, (one, picture) => {
        const clipped = clipBox(one, picture);
        if (clipped) expect(covers({ x: 0, y: 0, ...picture }, clipped)).toBe(true);
        else
          expect(
            one.x >= picture.width || one.y >= picture.height || one.x + one.width <= 0 || one.y + one.height <= 0,
          ).toBe(true);
      }),
    );
  });

  it('round out to whole pixels, less than one pixel a side', () => {
    fc.assert(
      fc.property(box, (one) => {
        const rounded = roundBoxOut(one);
        expect(Object.values(rounded).every(Number.isInteger)).toBe(true);
        expect(covers(rounded, one)).toBe(true);
        expect(covers(growBox(one, 1), rounded)).toBe(true);
      }),
    );
  });

  it('grow around their centre', () => {
    const grown = growBox({ x: 10, y: 20, width: 4, height: 6 }, 3);
    expect(grown).toEqual({ x: 7, y: 17, width: 10, height: 12 });
    expect(boxCentre(grown)).toEqual({ x: 12, y: 23 });
    expect(boxArea(grown)).toBe(120);
  });

  it('are refused by the schema without area, with other fields, or not finite', () => {
    const good = { x: -1, y: 0.5, width: 1, height: 1 };
    expect(boxSchema.safeParse(good).success).toBe(true);
    const bad = [{ width: 0 }, { height: -1 }, { x: Number.NaN }, { x: Number.POSITIVE_INFINITY }, { right: 4 }];
    for (const one of bad) expect(boxSchema.safeParse({ ...good, ...one }).success).toBe(false);
  });
});
