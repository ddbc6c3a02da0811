import type { Pixels } from '../../../image/pixels.ts';

/**
 * Blurs the colours of a region from that region's own pixels (normalised convolution, Knutsson and Westin 1993):
 * a blurred background takes no halo of the thing in front of it. The Gaussian is three box passes.
 * `weights`: one a pixel, 0..255. `sigma`: standard deviation in pixels. Alpha stays; pixels that no weight reaches stay.
 */
export function gaussianBlur({ width, height, data }: Pixels, sigma: number, weights: Uint8Array): Uint8Array {
  const radii = boxRadii(sigma);
  const count = width * height;
  const weight = new Float32Array(count);
  // Fully transparent pixels have no colour to give.
  for (let index = 0; index < count; index++) weight[index] = weights[index] * data[index * 4 + 3];
  const planes: Planes = { width, height, from: new Float32Array(count), to: new Float32Array(count) };
  planes.from.set(weight);
  const blurredWeight = Float32Array.from(blurPlane(planes, radii));
  const result = Uint8Array.from(data);
  for (let channel = 0; channel < 3; channel++) {
    const { from } = planes;
    for (let index = 0; index < count; index++) from[index] = data[index * 4 + channel] * weight[index];
    const blurred = blurPlane(planes, radii);
    for (let index = 0; index < count; index++) {
      // Below this share of one full pixel the running sums hold more rounding than signal.
      if (blurredWeight[index] > 1) result[index * 4 + channel] = blurred[index] / blurredWeight[index] + 0.5;
    }
  }
  return result;
}

/** One plane blurred the same way; without weights, and beyond the border its value is 0. Overwrites nothing. */
export function gaussianPlane(plane: Float32Array, width: number, height: number, sigma: number): Float32Array {
  return blurPlane(
    { width, height, from: Float32Array.from(plane), to: new Float32Array(plane.length) },
    boxRadii(sigma),
  );
}

interface Planes {
  readonly width: number;
  readonly height: number;
  from: Float32Array;
  to: Float32Array;
}

/** Radii of three boxes whose joint variance is nearest to that of the Gaussian. */
function boxRadii(sigma: number): readonly number[] {
  const ideal = Math.sqrt(4 * sigma ** 2 + 1);
  let lower = Math.floor(ideal);
  if (lower % 2 === 0) lower--;
  const smaller = Math.round((12 * sigma ** 2 - 3 * lower ** 2 - 12 * lower - 9) / (-4 * lower - 4));
  return [0, 1, 2].map((pass) => ((pass < smaller ? lower : lower + 2) - 1) / 2);
}

function blurPlane(planes: Planes, radii: readonly number[]): Float32Array {
  for (const radius of radii) {
    if (radius < 1) continue;
    blurRows(planes, radius);
    blurColumns(planes, radius);
  }
  return planes.from;
}

function swap(planes: Planes): void {
  const { from, to } = planes;
  planes.from = to;
  planes.to = from;
}

/** Running sums: the cost does not depend on the radius. Windows are cut at the border, which the weights make up for. */
function blurRows(planes: Planes, radius: number): void {
  const { width, height, from, to } = planes;
  const share = 1 / (2 * radius + 1);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x++) sum += from[start + x];
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += from[start + x + radius];
      if (x > radius) sum -= from[start + x - radius - 1];
      to[start + x] = sum * share;
    }
  }
  swap(planes);
}

/** Row by row with one running sum a column, so that memory is read in order. */
function blurColumns(planes: Planes, radius: number): void {
  const { width, height, from, to } = planes;
  const share = 1 / (2 * radius + 1);
  const sums = new Float64Array(width);
  for (let y = 0; y < Math.min(radius, height); y++) {
    for (let x = 0; x < width; x++) sums[x] += from[y * width + x];
  }
  for (let y = 0; y < height; y++) {
    if (y + radius < height) for (let x = 0; x < width; x++) sums[x] += from[(y + radius) * width + x];
    if (y > radius) for (let x = 0; x < width; x++) sums[x] -= from[(y - radius - 1) * width + x];
    for (let x = 0; x < width; x++) to[y * width + x] = sums[x] * share;
  }
  swap(planes);
}
