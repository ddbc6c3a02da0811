import { iou } from '@atelier/sdk/image';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestNames, mergeDetections, shareInside, type TileDetection } from './merge.ts';

const at = (x: number, y: number, width: number, height: number, rest: Partial<TileDetection> = {}): TileDetection => ({
  thing: 41,
  score: 0.5,
  cut: false,
  box: { x, y, width, height },
  ...rest,
});

describe('mergeDetections', () => {
  it('keeps the best of overlapping boxes of one label, and other labels', () => {
    const merged = mergeDetections([
      at(0, 0, 100, 100),
      at(5, 5, 100, 100, { score: 0.6 }),
      at(0, 0, 100, 100, { thing: 0 }),
    ]);
    expect(merged.map(({ thing, score }) => [thing, score])).toEqual([
      [41, 0.6],
      [0, 0.5],
    ]);
  });

  it('drops half a cup at a tile edge even where the half scores higher', () => {
    expect(mergeDetections([at(0, 0, 100, 100), at(60, 0, 40, 100, { cut: true, score: 0.7 })])).toHaveLength(1);
  });

  it('keeps a small thing in front of a large one of the same label when no tile edge cut it', () => {
    expect(mergeDetections([at(0, 0, 100, 100), at(60, 0, 30, 60)])).toHaveLength(2);
  });

  it('keeps a cut thing that nothing explains, or only something far weaker does', () => {
    expect(mergeDetections([at(60, 0, 40, 100, { cut: true })])).toHaveLength(1);
    expect(mergeDetections([at(0, 0, 100, 100, { score: 0.1 }), at(60, 0, 40, 100, { cut: true })])).toHaveLength(2);
  });

  it('never lets two equal fragments remove each other', () => {
    const twice = at(60, 0, 40, 100, { cut: true });
    expect(mergeDetections([twice, { ...twice }])).toHaveLength(1);
  });

  const detection = fc.record({
    thing: fc.integer({ min: 0, max: 2 }),
    score: fc.double({ min: 0.01, max: 1, noNaN: true }),
    cut: fc.boolean(),
    box: fc.record({
      x: fc.integer({ min: 0, max: 90 }),
      y: fc.integer({ min: 0, max: 90 }),
      width: fc.integer({ min: 1, max: 90 }),
      height: fc.integer({ min: 1, max: 90 }),
    }),
  });

  it('sorts by score, overlaps no label with itself, invents nothing, and is stable', () => {
    fc.assert(
      fc.property(fc.array(detection, { maxLength: 30 }), (detections) => {
        const merged = mergeDetections(detections);
        for (const [index, one] of merged.entries()) {
          expect(detections.some(({ box, score }) => box === one.box && score === one.score)).toBe(true);
          for (const other of merged.slice(index + 1)) {
            expect(other.score).toBeLessThanOrEqual(one.score);
            if (other.thing === one.thing) expect(iou(one.box, other.box)).toBeLessThanOrEqual(0.5);
          }
        }
        expect(mergeDetections(merged.map((kept) => ({ ...kept, cut: false })))).toEqual(merged);
        expect(merged.length > 0).toBe(detections.length > 0);
      }),
    );
  });
});

describe('bestNames', () => {
  it('keeps the best name for one outline', () => {
    const names = bestNames([
      at(0, 0, 100, 100, { thing: 16 }),
      at(1, 0, 100, 100, { thing: 15 }),
      at(0, 0, 60, 60, { thing: 15 }),
    ]);
    expect(names.map(({ thing, box }) => [thing, box.width])).toEqual([
      [16, 100],
      [15, 60],
    ]);
  });
});

describe('shareInside', () => {
  it('is the covered share of the first box', () => {
    expect(shareInside({ x: 0, y: 0, width: 10, height: 10 }, { x: 5, y: 0, width: 100, height: 100 })).toBe(0.5);
    expect(shareInside({ x: 0, y: 0, width: 10, height: 10 }, { x: 50, y: 0, width: 1, height: 1 })).toBe(0);
  });
});
