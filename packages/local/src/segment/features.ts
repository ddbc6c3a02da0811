import { type OpenCv, openCv } from './open-cv.ts';
import type { ColourPlane } from './plane.ts';

/** Chroma tells things apart better than shading does. */
const labWeights = [1, 2, 2] as const;
/** Levels of the third channel per unit of location: large enough to part equal colours, too small to draw edges. */
const locationScale = 60;

type Vector = readonly [number, number, number];

/**
 * The picture GrabCut sees: the two strongest colour directions of the picture (principal axes in CIE Lab), and as
 * third channel the place. Its colour models thus learn "red near the middle" apart from "red far from it", which
 * colour alone cannot: a red cup on a red saucer would be lost.
 */
export function placedColours(small: ColourPlane, location: Float32Array): OpenCv.Mat {
  const cv = openCv();
  const features = cv.matFromArray(small.height, small.width, cv.CV_8UC3, small.data);
  cv.cvtColor(features, features, cv.COLOR_RGB2Lab);
  const cells = features.data as Uint8Array;
  const mean = meanOf(cells);
  const [first, second] = principalAxes(cells, mean);
  for (let cell = 0; cell < location.length; cell++) {
    const offset = offsetAt(cells, cell, mean);
    cells[cell * 3] = toByte(128 + dot(offset, first));
    cells[cell * 3 + 1] = toByte(128 + dot(offset, second));
    cells[cell * 3 + 2] = toByte((location[cell] ?? 0) * locationScale);
  }
  return features;
}

const toByte = (value: number) => Math.max(0, Math.min(255, Math.round(value)));
const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

function meanOf(cells: Uint8Array): Vector {
  const sums = [0, 0, 0];
  for (let index = 0; index < cells.length; index++) sums[index % 3] = (sums[index % 3] ?? 0) + (cells[index] ?? 0);
  const count = cells.length / 3;
  return [(sums[0] ?? 0) / count, (sums[1] ?? 0) / count, (sums[2] ?? 0) / count];
}

function offsetAt(cells: Uint8Array, cell: number, mean: Vector): Vector {
  const start = cell * 3;
  return [
    ((cells[start] ?? 0) - mean[0]) * labWeights[0],
    ((cells[start + 1] ?? 0) - mean[1]) * labWeights[1],
    ((cells[start + 2] ?? 0) - mean[2]) * labWeights[2],
  ];
}

/** The two directions of greatest spread, by power iteration. */
function principalAxes(cells: Uint8Array, mean: Vector): [Vector, Vector] {
  const rows: [number, number, number][] = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (let cell = 0; cell < cells.length / 3; cell++) {
    const offset = offsetAt(cells, cell, mean);
    rows.forEach((row, axis) => {
      const own = offset[axis] ?? 0;
      row[0] += own * offset[0];
      row[1] += own * offset[1];
      row[2] += own * offset[2];
    });
  }
  const first = strongest(rows);
  const spread = Math.hypot(...rows.map((row) => dot(row, first)));
  const rest = rows.map((row, axis): Vector => {
    const own = spread * (first[axis] ?? 0);
    return [row[0] - own * first[0], row[1] - own * first[1], row[2] - own * first[2]];
  });
  return [first, strongest(rest)];
}

function strongest(rows: readonly Vector[]): Vector {
  let axis: Vector = [0.8, 0.5, 0.33];
  for (let round = 0; round < 100; round++) {
    const [x = 0, y = 0, z = 0] = rows.map((row) => dot(row, axis));
    const length = Math.hypot(x, y, z);
    // A picture of one colour has no direction; any will do.
    if (length < 1e-9) break;
    axis = [x / length, y / length, z / length];
  }
  return axis;
}
