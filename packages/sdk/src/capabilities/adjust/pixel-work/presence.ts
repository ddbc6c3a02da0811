import type { Size } from '../../../image/geometry.ts';
import type { Sample } from './samples.ts';

/** Cells across a square as large as the region; the look around a cell reaches about a sixteenth of that square. */
const cellsPerSide = 48;
const reach = 3;
/** Share of all pixels around that is counted as of the kind, unseen: where little can be counted, nothing is ruled out. */
const doubt = 0.02;
/** What a pixel without colour counts for: gloss lies within the paint, but much of it is another material. */
const paleShare = 0.3;

/** 0..1 at any pixel. */
export type Presence = (x: number, y: number) => number;

/**
 * Where a kind of pixel is at home: near enough to others of its kind. Of all counted pixels around, what share is of
 * the kind? 1 where a quarter or more is, or where hardly any is counted; 0 where nearly none is. It tells reflections on a
 * red cup from the reddish rim of the coffee inside, which no colour alone can tell.
 */
export function findPresence(
  size: Size,
  side: number,
  samples: readonly Sample[],
  isColoured: (sample: Sample) => boolean,
  isPale: (sample: Sample) => boolean,
  isKind: (sample: Sample) => boolean,
): Presence {
  const cell = Math.max(1, side / cellsPerSide);
  const columns = Math.ceil(size.width / cell) + 1;
  const rows = Math.ceil(size.height / cell) + 1;
  const counted = new Float32Array(columns * rows);
  const kind = new Float32Array(columns * rows);
  const seen = new Float32Array(columns * rows);
  for (const sample of samples) {
    const index = Math.floor(sample.y / cell) * columns + Math.floor(sample.x / cell);
    seen[index] += sample.weight;
    if (!sample.inner) continue;
    if (isColoured(sample)) counted[index] += sample.weight;
    else if (isPale(sample)) counted[index] += sample.weight * paleShare;
    if (isColoured(sample) && isKind(sample)) kind[index] += sample.weight;
  }
  const [all, relevant, ours] = [seen, counted, kind].map((plane) => sumAround(plane, columns, rows));
  const values = all.map((sum, index) => {
    const benefit = doubt * sum;
    const share = (ours[index] + benefit) / (relevant[index] + benefit);
    return sum === 0 ? 1 : Math.min(1, Math.max(0, (share - 0.08) / 0.15));
  });
  return (x, y) => bilinear(values, columns, rows, x / cell - 0.5, y / cell - 0.5);
}

function sumAround(values: Float32Array, columns: number, rows: number): Float32Array {
  const along = values.map((_, index) => sumLine(values, index, index % columns, columns, 1));
  return along.map((_, index) => sumLine(along, index, Math.floor(index / columns), rows, columns));
}

function sumLine(values: Float32Array, index: number, position: number, length: number, step: number): number {
  let sum = 0;
  for (let offset = -Math.min(reach, position); offset <= Math.min(reach, length - 1 - position); offset++) {
    sum += values[index + offset * step];
  }
  return sum;
}

function bilinear(values: Float32Array, columns: number, rows: number, x: number, y: number): number {
  const left = Math.min(columns - 2, Math.max(0, Math.floor(x)));
  const top = Math.min(rows - 2, Math.max(0, Math.floor(y)));
  const [right, down] = [Math.min(1, Math.max(0, x - left)), Math.min(1, Math.max(0, y - top))];
  const at = top * columns + left;
  const upper = values[at] + (values[at + 1] - values[at]) * right;
  const lower = values[at + columns] + (values[at + columns + 1] - values[at + columns]) * right;
  return upper + (lower - upper) * down;
}
