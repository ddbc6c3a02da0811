import { describe, expect, it } from 'vitest';
import { decodeFaces } from './blazeface.ts';
import { decodeObjects } from './centernet.ts';

const grid = 128;
const classes = 80;

/** Empty network output with these peaks: class, column, row, score. */
function outputs(...peaks: [thing: number, column: number, row: number, score: number][]) {
  const heat = new Float32Array(grid * grid * classes);
  const reach = new Float32Array(grid * grid * 4);
  for (const [thing, column, row, score] of peaks) {
    heat[(row * grid + column) * classes + thing] = score;
    reach.set([40, 20, 60, 80], (row * grid + column) * 4);
  }
  return { heat, reach };
}

describe('decodeObjects', () => {
  it('reads class, score and box at a peak', () => {
    const { heat, reach } = outputs([41, 64, 32, 0.75]);
    expect(decodeObjects(heat, reach, 0.3)).toEqual([
      // Cell (64, 32) is pixel (256, 128) of 512; the box reaches 40 left, 20 up, 60 right, 80 down.
      { thing: 41, score: 0.75, box: { x: 216 / 512, y: 108 / 512, width: 100 / 512, height: 100 / 512 } },
    ]);
  });

  it('ignores the slopes of a peak but not other classes there, nor the picture’s corners', () => {
    const { heat, reach } = outputs(
      [0, 10, 10, 0.5],
      [0, 11, 10, 0.75],
      [1, 10, 10, 0.25],
      [2, 0, 0, 0.5],
      [2, 127, 127, 0.375],
      [2, 0, 127, 0.125],
    );
    expect(decodeObjects(heat, reach, 0.2).map(({ thing, score }) => [thing, score])).toEqual([
      [0, 0.75],
      [2, 0.5],
      [2, 0.375],
      [1, 0.25],
    ]);
  });

  it('returns the best hundred of any crowd', () => {
    const crowd = Array.from({ length: 150 }, (_, index): [number, number, number, number] => [
      0,
      (index % 15) * 8,
      Math.floor(index / 15) * 8,
      (index + 1) / 256,
    ]);
    const { heat, reach } = outputs(...crowd);
    const found = decodeObjects(heat, reach, 0);
    expect(found).toHaveLength(100);
    expect(found[0]?.score).toBe(150 / 256);
  });
});

describe('decodeFaces', () => {
  const all = { cells: 16, guesses: 2, width: 256, height: 256, threshold: 0.5 };

  it('places a guess by its cell, and undoes the padding of a wide tile', () => {
    const scores = new Float32Array(512).fill(-20);
    const boxes = new Float32Array(512 * 16);
    // Second guess of cell (3, 2), whose centre is (56, 40); the face is 32 wide, 8 right of it and 4 above.
    const guess = (2 * 16 + 3) * 2 + 1;
    scores[guess] = 20;
    boxes.set([8, -4, 32, 32], guess * 16);
    const [face, ...others] = decodeFaces(scores, boxes, all);
    expect(others).toEqual([]);
    expect(face).toMatchObject({ thing: 80, box: { x: 48 / 256, y: 20 / 256, width: 32 / 256, height: 32 / 256 } });
    expect(face?.score).toBeCloseTo(1, 5);
    const [wide] = decodeFaces(scores, boxes, { ...all, height: 128 });
    expect(wide?.box).toEqual({ x: 48 / 256, y: 20 / 128, width: 32 / 256, height: 32 / 128 });
  });

  it('leaves out what scores too low', () => {
    expect(decodeFaces(new Float32Array(512).fill(-1), new Float32Array(512 * 16), all)).toEqual([]);
  });
});
