import type { Size } from '../../../image/geometry.ts';
import { inSlices } from '../../../image/slices.ts';

/** Where the brightness of a picture changes, and which way; for edges that are nearly level or upright. */
export interface Gradients {
  /** Direction of the gradient, radians, -pi..pi. */
  readonly angles: Float32Array;
  /** Bytes a pixel. */
  readonly strengths: Float32Array;
  /** `unused` where there is such an edge that no line has taken yet. */
  readonly state: Uint8Array;
  /** Places of edges, the strongest first. */
  readonly strongestFirst: Uint32Array;
}

export const unused = 1;

/** Weaker gradients are rounding: a step of 2 in a byte can turn them by more than a line's tolerance. */
const weakest = 3;
/** Gradients are ordered by classes this wide: sorting them exactly finds no better lines. */
const classes = 256;

/** `widest`: how far from level or upright an edge may run, degrees. */
export async function gradientsOf(
  grey: Uint8Array,
  { width, height }: Size,
  widest: number,
  signal?: AbortSignal,
): Promise<Gradients> {
  const angles = new Float32Array(grey.length);
  const strengths = new Float32Array(grey.length);
  const state = new Uint8Array(grey.length);
  const steepest = Math.tan((widest * Math.PI) / 180);
  const counts = new Uint32Array(classes);
  const read = (y: number): void => {
    for (let x = 0, at = y * width; x < width - 1; x++, at++) {
      const [one, two, three, four] = [grey[at], grey[at + 1], grey[at + width], grey[at + width + 1]];
      const right = (two + four - one - three) / 2;
      const down = (three + four - one - two) / 2;
      const strength = Math.hypot(right, down);
      if (
        strength < weakest ||
        Math.min(Math.abs(right), Math.abs(down)) > steepest * Math.max(Math.abs(right), Math.abs(down))
      )
        continue;
      angles[at] = Math.atan2(down, right);
      strengths[at] = strength;
      state[at] = unused;
      counts[classOf(strength)]++;
    }
  };
  await inSlices(
    height - 1,
    (from, to) => {
      for (let y = from; y < to; y++) read(y);
    },
    { signal },
  );
  return { angles, strengths, state, strongestFirst: ordered(strengths, state, counts) };
}

const classOf = (strength: number): number => Math.min(classes - 1, Math.floor(strength));

function ordered(strengths: Float32Array, state: Uint8Array, counts: Uint32Array): Uint32Array {
  const starts = new Uint32Array(classes);
  for (let strength = classes - 2; strength >= 0; strength--)
    starts[strength] = starts[strength + 1] + counts[strength + 1];
  const places = new Uint32Array(starts[0] + counts[0]);
  for (let at = 0; at < state.length; at++) if (state[at] === unused) places[starts[classOf(strengths[at])]++] = at;
  return places;
}
