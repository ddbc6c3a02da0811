import { distancesTo } from './distance.ts';
import { smallGaussian } from './small-gaussian.ts';

/** Blur that rounds the steps of a mask, pixels; more on large things, whose masks are coarser. */
const smoothing = (side: number): number => Math.min(4, Math.max(0.8, 0.004 * side));

/** How far a line of this width may reach beyond the mask, pixels: the smoothed outline may lie outside the mask. */
export const lineReach = (lineWidth: number, side: number): number => Math.ceil(lineWidth + smoothing(side) + 2);

/**
 * How much of each pixel, 0..1, a line covers that runs around the thing from its outline outwards, everywhere equally wide.
 * The outline is the smoothed mask's, known to fractions of a pixel, so that the line has no steps. Where the thing leaves
 * the picture there is no line; a thing that is all of the picture gets a frame along its inner edge.
 * `mask`: one weight a pixel, 0..255. `lineWidth` in pixels.
 */
export function lineAround(mask: Uint8Array, width: number, height: number, lineWidth: number): Float32Array {
  const side = sideOf(mask);
  if (side ** 2 >= width * height - 0.5) return innerFrame(width, height, lineWidth);
  const inside =
    edgeCoverage(mask, width, height, smoothing(side)) ?? Float32Array.from(mask, (weight) => weight / 255);
  const seeds = new Float32Array(inside.length);
  // A seed's edge runs through its pixel: as far from the centre as its coverage is from a half.
  for (let at = 0; at < seeds.length; at++)
    seeds[at] = inside[at] > 0 ? Math.max(0, 0.5 - inside[at]) ** 2 : Number.POSITIVE_INFINITY;
  const cover = distancesTo(seeds, width, height, lineWidth + 1);
  for (let at = 0; at < cover.length; at++) {
    // Half a pixel over the thing's edge, where the background shines through.
    cover[at] = cover[at] > lineWidth + 1 ? 0 : clamp(lineWidth - cover[at] + 0.5) * clamp(2 * (1 - inside[at]));
  }
  return cover;
}

/** Side of the square with the area of the weights, 0..255 each; pixels. */
export function sideOf(weights: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += weights[at];
  return Math.sqrt(sum / 255);
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** The share of each pixel that lies inside the smoothed mask; undefined where smoothing leaves nothing of it. */
function edgeCoverage(mask: Uint8Array, width: number, height: number, sigma: number): Float32Array | undefined {
  const coverage = smallGaussian(Float32Array.from(mask), undefined, width, height, sigma);
  // Across a blurred straight edge the value rises by 1 / (sigma sqrt(2 pi)) a pixel: brought back to 1 a pixel.
  const steepness = sigma * Math.sqrt(2 * Math.PI);
  let any = false;
  for (let at = 0; at < coverage.length; at++) {
    coverage[at] = clamp((coverage[at] / 255 - 0.5) * steepness + 0.5);
    any ||= coverage[at] >= 0.5;
  }
  return any ? coverage : undefined;
}

function innerFrame(width: number, height: number, lineWidth: number): Float32Array {
  return Float32Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return clamp(lineWidth - Math.min(x, y, width - 1 - x, height - 1 - y));
  });
}
