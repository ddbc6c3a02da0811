import { AtelierError } from '@atelier/sdk';
import type { Pixels } from '@atelier/sdk/image';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillHole } from './fill-hole.ts';

/** A picture whose pixels come from a function of their place. */
function paint(width: number, height: number, colour: (x: number, y: number) => readonly number[]): Pixels {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(colour(x, y), (y * width + x) * 4);
  }
  return { width, height, data };
}

function holeWhere(size: Pixels, inside: (x: number, y: number) => boolean): Uint8Array {
  const hole = new Uint8Array(size.width * size.height);
  for (let pixel = 0; pixel < hole.length; pixel++) {
    if (inside(pixel % size.width, Math.floor(pixel / size.width))) hole[pixel] = 1;
  }
  return hole;
}

/** Mean absolute difference of the colours in the hole, in grey levels. */
function meanError(expected: Uint8Array, found: Uint8Array, hole: Uint8Array): number {
  let sum = 0;
  let count = 0;
  for (let pixel = 0; pixel < hole.length; pixel++) {
    if (hole[pixel] === 0) continue;
    for (let channel = 0; channel < 3; channel++)
      sum += Math.abs(expected[pixel * 4 + channel] - found[pixel * 4 + channel]);
    count += 3;
  }
  return sum / count;
}

function changedOutside(before: Uint8Array, after: Uint8Array, hole: Uint8Array): number {
  let changed = 0;
  for (let byte = 0; byte < before.length; byte++) {
    if (hole[byte >> 2] === 0 && before[byte] !== after[byte]) changed++;
  }
  return changed;
}

const weave = (x: number, y: number): number[] => [
  x % 12 < 6 ? 200 : 60,
  y % 10 < 5 ? 180 : 40,
  (x + y) % 8 < 4 ? 150 : 90,
  255,
];
const noise = (x: number, y: number): number[] => {
  const value = Math.imul(x * 374761393 + y * 668265263, 1274126177) >>> 24;
  return [value, 255 - value, value >> 1, 255];
};
/** What a hole holds before it is filled must not matter; a glaring colour shows when it does. */
function withGlaringHole(picture: Pixels, hole: Uint8Array): Pixels {
  const data = Uint8Array.from(picture.data);
  for (let pixel = 0; pixel < hole.length; pixel++) if (hole[pixel] === 1) data.set([255, 0, 255, 255], pixel * 4);
  return { ...picture, data };
}

const codeOf = (run: () => unknown): unknown => {
  try {
    run();
    return undefined;
  } catch (error) {
    return AtelierError.isInstance(error) ? error.code : error;
  }
};

describe('fillHole', () => {
  it('rebuilds a periodic texture behind a large hole', () => {
    const truth = paint(160, 120, weave);
    const hole = holeWhere(truth, (x, y) => ((x - 80) / 32) ** 2 + ((y - 60) / 28) ** 2 <= 1);
    const filled = fillHole(withGlaringHole(truth, hole), hole, { seed: 1 });
    expect(meanError(truth.data, filled, hole)).toBeLessThan(4);
  });

  it('continues a straight edge between two plain areas', () => {
    const truth = paint(120, 90, (_x, y) => (y < 45 ? [210, 190, 160, 255] : [60, 80, 120, 255]));
    const hole = holeWhere(truth, (x, y) => Math.abs(x - 60) < 18 && Math.abs(y - 45) < 18);
    const filled = fillHole(withGlaringHole(truth, hole), hole, { seed: 3 });
    expect(meanError(truth.data, filled, hole)).toBeLessThan(3);
  });

  it('fills a smooth gradient without bands', () => {
    const truth = paint(200, 150, (x, y) => [40 + x * 0.8, 60 + y * 0.9, 90 + (x + y) * 0.3, 255]);
    const hole = holeWhere(truth, (x, y) => Math.hypot(x - 100, y - 75) < 35);
    const filled = fillHole(withGlaringHole(truth, hole), hole, { seed: 2 });
    expect(meanError(truth.data, filled, hole)).toBeLessThan(8);
    let largestStep = 0;
    for (let y = 41; y < 110; y++) {
      for (let x = 65; x < 135; x++) {
        const pixel = (y * 200 + x) * 4;
        largestStep = Math.max(largestStep, Math.abs(filled[pixel] - filled[pixel - 4]));
      }
    }
    expect(largestStep).toBeLessThanOrEqual(8);
  });

  it('gives equal pixels for equal seeds and other pixels for other seeds', () => {
    const picture = paint(80, 60, noise);
    const hole = holeWhere(picture, (x, y) => Math.hypot(x - 40, y - 30) < 15);
    const first = fillHole(picture, hole, { seed: 5 });
    expect(fillHole(picture, hole, { seed: 5 })).toEqual(first);
    expect(fillHole(picture, hole, { seed: 6 })).not.toEqual(first);
  });

  it('does not look at what is in the hole', () => {
    const picture = paint(60, 50, noise);
    const hole = holeWhere(picture, (x, y) => Math.hypot(x - 30, y - 25) < 12);
    const filled = fillHole(picture, hole, { seed: 1 });
    expect(fillHole(withGlaringHole(picture, hole), hole, { seed: 1 })).toEqual(filled);
  });

  it('leaves every pixel outside the hole as it was, whatever the picture and the hole', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 24 }),
        fc.integer(),
        fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (width, height, seed, stream, share) => {
          const next = (): number => stream.next().value ?? 0;
          const data = Uint8Array.from({ length: width * height * 4 }, next);
          const hole = Uint8Array.from({ length: width * height }, () => (next() < share * 255 ? 1 : 0));
          hole[Math.abs(seed) % hole.length] = 0;
          const before = Uint8Array.from(data);
          const filled = fillHole({ width, height, data }, hole, { seed });
          expect(filled.length).toBe(before.length);
          expect(changedOutside(before, filled, hole)).toBe(0);
          expect(data).toEqual(before);
        },
      ),
      { numRuns: 150, seed: 42 },
    );
  });

  it('reports progress that never falls and ends at 1', () => {
    const picture = paint(120, 120, noise);
    const hole = holeWhere(picture, (x, y) => Math.hypot(x - 60, y - 60) < 40);
    const told: number[] = [];
    fillHole(picture, hole, { seed: 1, report: (fraction) => told.push(fraction) });
    expect(told.length).toBeGreaterThan(2);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told[0]).toBeGreaterThan(0);
    expect(told.at(-1)).toBe(1);
  });
});

describe('fillHole at the edges of what is possible', () => {
  it.each([
    ['a corner', (x: number, y: number) => x < 40 && y < 40],
    ['a whole side', (x: number) => x >= 60],
    ['two places', (x: number, y: number) => Math.hypot(x - 25, y - 25) < 12 || Math.hypot(x - 70, y - 60) < 12],
    ['a band across', (_x: number, y: number) => y > 30 && y < 50],
  ])('fills %s with colours of the surroundings', (_name, inside) => {
    const truth = paint(96, 84, weave);
    const hole = holeWhere(truth, inside);
    const filled = fillHole(withGlaringHole(truth, hole), hole, { seed: 1 });
    expect(changedOutside(truth.data, filled, hole)).toBe(0);
    expect(meanError(truth.data, filled, hole)).toBeLessThan(25);
  });

  it.each([1, 2, 9])('copes when all but a sliver of %i columns is to be filled', (columns) => {
    const picture = paint(64, 48, () => [90, 140, 200, 255]);
    const hole = holeWhere(picture, (x) => x >= columns);
    expect(fillHole(withGlaringHole(picture, hole), hole, { seed: 1 })).toEqual(picture.data);
  });

  it.each([
    [2, 1],
    [1, 7],
    [3, 3],
    [5, 40],
    [200, 2],
  ])('fills a picture of %i x %i', (width, height) => {
    const picture = paint(width, height, () => [10, 20, 30, 255]);
    const hole = holeWhere(picture, (x, y) => x + y > 0);
    expect(fillHole(withGlaringHole(picture, hole), hole, { seed: 1 })).toEqual(picture.data);
  });

  it('copies alpha together with the colours', () => {
    const truth = paint(90, 70, (x) => (x % 14 < 7 ? [200, 40, 40, 255] : [20, 20, 220, 80]));
    const hole = holeWhere(truth, (x, y) => Math.hypot(x - 45, y - 35) < 14);
    const filled = fillHole(withGlaringHole(truth, hole), hole, { seed: 1 });
    let wrong = 0;
    for (let pixel = 0; pixel < hole.length; pixel++) {
      expect([80, 255]).toContain(filled[pixel * 4 + 3]);
      if (filled[pixel * 4 + 3] !== truth.data[pixel * 4 + 3]) wrong++;
    }
    expect(wrong).toBeLessThan(60);
  });

  it('returns a copy when there is no hole', () => {
    const picture = paint(8, 8, noise);
    const told: number[] = [];
    const filled = fillHole(picture, new Uint8Array(64), { seed: 1, report: (fraction) => told.push(fraction) });
    expect(filled).toEqual(picture.data);
    expect(filled).not.toBe(picture.data);
    expect(told).toEqual([1]);
  });

  it('refuses what it cannot fill, with a code', () => {
    const picture = paint(6, 6, noise);
    const hole = holeWhere(picture, (x) => x === 2);
    expect(codeOf(() => fillHole(picture, new Uint8Array(36).fill(1), { seed: 1 }))).toBe('mask-invalid');
    expect(codeOf(() => fillHole(picture, new Uint8Array(35), { seed: 1 }))).toBe('mask-invalid');
    expect(codeOf(() => fillHole(picture, new Uint8Array(36).fill(255, 3, 9), { seed: 1 }))).toBe('mask-invalid');
    expect(codeOf(() => fillHole({ ...picture, width: 7 }, hole, { seed: 1 }))).toBe('invalid-input');
    expect(codeOf(() => fillHole(picture, hole, { seed: 0.5 }))).toBe('invalid-input');
  });
});
