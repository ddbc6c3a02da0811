import { describe, expect, it } from 'vitest';
import { averagePrecision, overlap } from '../../miniature/verify/average-precision.ts';

const box = (x: number, y = 0) => ({ x, y, width: 10, height: 10 });
const there = (x: number, y = 0) => [x, y, x + 10, y + 10] as [number, number, number, number];
const found = (score: number, x: number) => ({ score, box: box(x) });

describe('average precision', () => {
  it('is 1 when everything is found first', () => {
    const asked = [
      { found: [found(0.9, 0), found(0.1, 50)], truth: [there(1)] },
      { found: [found(0.8, 20)], truth: [there(20)] },
    ];
    expect(averagePrecision(asked)).toBeCloseTo(1);
  });

  it('is the area under precision over recall, worked out by hand', () => {
    // Sorted: right, wrong, right; the third thing is never found. Precision 1, 1/2, 2/3 at recall 1/3, 1/3, 2/3.
    const asked = [
      { found: [found(0.9, 0), found(0.8, 70), found(0.7, 30)], truth: [there(0), there(30), there(100)] },
    ];
    expect(averagePrecision(asked)).toBeCloseTo(1 / 3 + (1 / 3) * (2 / 3));
  });

  it('counts a thing once, for the surest of its detections', () => {
    expect(averagePrecision([{ found: [found(0.9, 0), found(0.8, 1)], truth: [there(0)] }])).toBeCloseTo(1);
    expect(averagePrecision([{ found: [found(0.8, 1), found(0.9, 40)], truth: [there(0)] }])).toBeCloseTo(0.5);
  });

  it('gives a detection the thing that it overlaps most, though another would do and is listed before', () => {
    const truth = [there(2), there(0)];
    expect(averagePrecision([{ found: [found(0.9, 0), found(0.8, 2)], truth }])).toBeCloseTo(1);
    // The second one is nearest to what the first has taken.
    expect(averagePrecision([{ found: [found(0.9, 0), found(0.8, 0)], truth }])).toBeCloseTo(0.5);
  });

  it('ranks detections over all pictures', () => {
    const sure = { found: [found(0.9, 60)], truth: [there(0)] };
    const unsure = { found: [found(0.2, 0)], truth: [there(0)] };
    expect(averagePrecision([sure, unsure])).toBeCloseTo(0.5 * 0.5);
  });

  it('is NaN where there is nothing to find', () => {
    expect(averagePrecision([{ found: [found(0.9, 0)], truth: [] }])).toBeNaN();
  });
});

it('measures the overlap of boxes', () => {
  expect(overlap(box(0), there(0))).toBe(1);
  expect(overlap(box(0), there(5))).toBeCloseTo(50 / 150);
  expect(overlap(box(0), there(10))).toBe(0);
});
