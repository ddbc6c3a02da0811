import type { Size } from '../../../image/geometry.ts';
import { inSlices } from '../../../image/slices.ts';
import { type Gradients, gradientsOf, unused } from './gradients.ts';

/** A straight edge that is nearly level or nearly upright, in pixels of the plane it was found in. */
export interface Segment {
  readonly kind: 'level' | 'upright';
  /** Degrees, clockwise, from level or upright: -`widest`..`widest`. */
  readonly tilt: number;
  readonly length: number;
  /** Where its middle lies. */
  readonly x: number;
  readonly y: number;
}

/** Edges up to this far from level or upright are looked for, degrees. */
export const widest = 20;
/** A pixel joins its neighbours where its direction differs from theirs by no more. */
const tolerance = (12 * Math.PI) / 180;
/** Shorter edges, as a share of the picture's longer side, say little about the camera. */
const leastLength = 0.035;
/** Of straight edges: root mean square distance of their pixels from the line, pixels and as a share of the length. */
const straight = { pixels: 0.9, share: 0.006 };

/**
 * Straight edges in a grey picture: neighbouring pixels whose gradients agree in direction are grown into regions, strongest
 * first, and a line is laid through each (after the line segment detector of von Gioi, Jakubowicz, Morel and Randall, 2010).
 */
export async function findSegments(grey: Uint8Array, size: Size, signal?: AbortSignal): Promise<readonly Segment[]> {
  const gradients = await gradientsOf(grey, size, widest, signal);
  const { strongestFirst } = gradients;
  const segments: Segment[] = [];
  const least = leastLength * Math.max(size.width, size.height);
  const region: number[] = [];
  await inSlices(
    strongestFirst.length,
    (from, to) => {
      for (let at = from; at < to; at++) {
        if (gradients.state[strongestFirst[at]] !== unused) continue;
        growRegion(gradients, size, strongestFirst[at], region);
        if (region.length < least) continue;
        const segment = lineThrough(gradients, size.width, region);
        if (segment && segment.length >= least) segments.push(segment);
      }
    },
    { signal },
  );
  return segments;
}

/** Fills `region` with the pixels that belong together with the first, and takes them out of the plane. */
function growRegion({ angles, state }: Gradients, { width, height }: Size, first: number, region: number[]): void {
  region.length = 0;
  region.push(first);
  state[first] = 0;
  let [cosine, sine] = [Math.cos(angles[first]), Math.sin(angles[first])];
  let mean = angles[first];
  for (let next = 0; next < region.length; next++) {
    const [x, y] = [region[next] % width, Math.floor(region[next] / width)];
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
        const at = row * width + column;
        if (state[at] !== unused || turnBetween(angles[at], mean) > tolerance) continue;
        state[at] = 0;
        region.push(at);
        cosine += Math.cos(angles[at]);
        sine += Math.sin(angles[at]);
        mean = Math.atan2(sine, cosine);
      }
    }
  }
}

/** Between two directions, 0..pi. */
function turnBetween(one: number, other: number): number {
  const difference = Math.abs(one - other) % (2 * Math.PI);
  return difference > Math.PI ? 2 * Math.PI - difference : difference;
}

/** The main axis of a region, its pixels weighted by the strength of their gradients; undefined where it is no straight line. */
function lineThrough({ strengths }: Gradients, width: number, region: readonly number[]): Segment | undefined {
  let [sum, sumX, sumY] = [0, 0, 0];
  for (const at of region) {
    sum += strengths[at];
    sumX += strengths[at] * (at % width);
    sumY += strengths[at] * Math.floor(at / width);
  }
  const [x, y] = [sumX / sum, sumY / sum];
  let [xx, xy, yy] = [0, 0, 0];
  for (const at of region) {
    const [right, down] = [(at % width) - x, Math.floor(at / width) - y];
    xx += strengths[at] * right ** 2;
    xy += strengths[at] * right * down;
    yy += strengths[at] * down ** 2;
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const across = Math.sqrt(Math.max(0, (xx * sine ** 2 - 2 * xy * sine * cosine + yy * cosine ** 2) / sum));
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const at of region) {
    const along = ((at % width) - x) * cosine + (Math.floor(at / width) - y) * sine;
    first = Math.min(first, along);
    last = Math.max(last, along);
  }
  const length = last - first;
  if (across > Math.max(straight.pixels, straight.share * length)) return undefined;
  const degrees = (angle * 180) / Math.PI;
  if (Math.abs(degrees) <= widest) return { kind: 'level', tilt: degrees, length, x, y };
  const tilt = degrees > 0 ? degrees - 90 : degrees + 90;
  return Math.abs(tilt) <= widest ? { kind: 'upright', tilt, length, x, y } : undefined;
}
