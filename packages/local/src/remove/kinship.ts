import { distanceInside } from './distance-transform.ts';
import type { Level } from './level.ts';

/** Cells along each axis of the colour histogram. */
const cells = 16;
/** A colour that makes up this share of the ring is welcome; rarer ones are less so, by the logarithm of their share. */
const welcomeShare = 1 / 100;
/** This many times rarer than welcome costs the full penalty. */
const foreign = 30;
/** The full penalty, in squared grey levels per patch pixel, summed over channels. */
const fullPenalty = 3000;
/** The same for patches that lie far from the hole. */
const farPenalty = 1000;

/**
 * What lies behind a thing usually looks like what lies around it. For every patch, the price of copying it: nothing
 * where its colours are common in a ring around the hole, much where they occur only elsewhere, as those of another
 * object do. Without it, whole neighbouring objects are copied into large holes, because inside them all patches fit.
 */
export function foreignness(level: Level, radius: number): Int32Array {
  const { width, height, colour, hole } = level;
  const away = distanceInside(
    hole.map((value) => 1 - value),
    width,
    height,
  );
  let depth = 0;
  for (const value of distanceInside(hole, width, height)) depth = Math.max(depth, value);
  const reach = Math.max(6, depth * 0.6);
  const share = ringHistogram(level, away, reach);
  const perPixel = new Float32Array(hole.length);
  for (let pixel = 0; pixel < hole.length; pixel++) {
    if (hole[pixel] === 1) continue;
    const rarity = Math.log(welcomeShare / (share[cellOf(colour, pixel)] + 1e-9)) / Math.log(foreign);
    perPixel[pixel] =
      fullPenalty * Math.min(1, Math.max(0, rarity)) +
      farPenalty * Math.min(1, Math.max(0, away[pixel] / reach - 1.5) / 3);
  }
  const rows = new Float32Array(hole.length);
  for (let y = 0; y < height; y++) sumAlong(perPixel, rows, y * width, 1, width, radius);
  const sums = new Float32Array(hole.length);
  for (let x = 0; x < width; x++) sumAlong(rows, sums, x, width, height, radius);
  return Int32Array.from(sums);
}

/** The share of each colour cell in the ring around the hole, blurred; nearer pixels count more. */
function ringHistogram(level: Level, away: Uint16Array, reach: number): Float32Array {
  const { colour, hole } = level;
  const histogram = new Float32Array(cells ** 3);
  let total = 0;
  for (let pixel = 0; pixel < hole.length; pixel++) {
    if (hole[pixel] === 1 || level.foreign?.[pixel] === 1 || away[pixel] > reach) continue;
    const weight = 1 - (away[pixel] - 1) / reach;
    histogram[cellOf(colour, pixel)] += weight;
    total += weight;
  }
  const blurred = new Float32Array(histogram.length);
  const scratch = new Float32Array(histogram.length);
  blurAxis(histogram, blurred, 1);
  blurAxis(blurred, scratch, cells);
  blurAxis(scratch, blurred, cells * cells);
  return blurred.map((value) => value / Math.max(total, 1e-6));
}

function cellOf(colour: Uint8Array, pixel: number): number {
  const shift = 4;
  return (
    (colour[pixel * 4] >> shift) +
    (colour[pixel * 4 + 1] >> shift) * cells +
    (colour[pixel * 4 + 2] >> shift) * cells * cells
  );
}

/** Adds each cell's neighbours along one axis at half weight. */
function blurAxis(from: Float32Array, to: Float32Array, step: number): void {
  for (let cell = 0; cell < from.length; cell++) {
    const place = Math.floor(cell / step) % cells;
    let sum = from[cell];
    if (place > 0) sum += 0.5 * from[cell - step];
    if (place < cells - 1) sum += 0.5 * from[cell + step];
    to[cell] = sum;
  }
}

/** Sliding sum over `2 * radius + 1` entries of a line of `count` entries that lie `step` apart. */
function sumAlong(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  count: number,
  radius: number,
): void {
  let sum = 0;
  for (let ahead = 0; ahead < count + radius; ahead++) {
    if (ahead < count) sum += from[start + ahead * step];
    const place = ahead - radius;
    if (place - radius - 1 >= 0) sum -= from[start + (place - radius - 1) * step];
    if (place >= 0) to[start + place * step] = sum;
  }
}
