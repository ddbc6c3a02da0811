import type { Pixels } from '@atelier/sdk/image';
import { bridgeRim } from './bridge-rim.ts';
import { diffuse } from './diffuse.ts';
import { grainAt, takeGrain } from './grain.ts';
import { firstRimRow, keepMaterial } from './material.ts';
import { type PolarGrid, unroll } from './polar-grid.ts';
import { type Outline, type OutlinePlace, placeOf } from './trace-rim.ts';

/** Colours for the part of the hole that a disc covers. */
export interface DiscFill {
  /** Three interleaved colours a pixel of the picture; meaningless where `cover` is 0. */
  readonly colour: Float32Array;
  /** How much of a pixel the disc covers, 0..1; 0 outside the hole. */
  readonly cover: Float32Array;
}

/** The rim's own blur and its shade reach this many pixels beyond the outline; there the fill fades out. */
export const rimFade = 2.5;
/** Up to this many pixels beyond the outline the disc covers the ground in full. */
const rimSolid = 0.5;

/** Completes a round surface of one smooth material inside the hole; undefined when it is no such surface. */
export function fillDisc(pixels: Pixels, hole: Uint8Array, outline: Outline): DiscFill | undefined {
  const grid = unroll(pixels, hole, outline, rimFade + 1);
  const clean = keepMaterial(grid, outline.seen);
  if (clean === undefined) return undefined;
  const value = diffuse(bridgeRim(clean, firstRimRow(clean)));
  const grain = takeGrain(pixels, hole, outline);
  const { width, height } = pixels;
  const colour = new Float32Array(hole.length * 3);
  const cover = new Float32Array(hole.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      if (hole[pixel] === 0) continue;
      const place = placeOf(outline, x, y);
      if (place.beyond >= rimFade) continue;
      cover[pixel] = Math.min(1, (rimFade - place.beyond) / (rimFade - rimSolid));
      lookUp(clean, value, place, colour, pixel * 3);
      if (grain === undefined) continue;
      for (let channel = 0; channel < 3; channel++) colour[pixel * 3 + channel] += grainAt(grain, x, y, channel);
    }
  }
  return { colour, cover };
}

/** Reads the unrolled disc at a pixel, between its four nearest cells. */
function lookUp(
  { rows, columns, reach }: PolarGrid,
  value: Float32Array,
  { share, turn }: OutlinePlace,
  colour: Float32Array,
  to: number,
): void {
  const place = ((turn / (2 * Math.PI) + 1) % 1) * columns;
  const left = Math.floor(place) % columns;
  const right = (left + 1) % columns;
  const u = place - Math.floor(place);
  const depth = Math.min((share / reach) * (rows - 1), rows - 1.001);
  const inner = Math.floor(depth) * columns;
  const v = depth - Math.floor(depth);
  for (let channel = 0; channel < 3; channel++) {
    const near = value[(inner + left) * 3 + channel] * (1 - u) + value[(inner + right) * 3 + channel] * u;
    const outer = inner + columns;
    const far = value[(outer + left) * 3 + channel] * (1 - u) + value[(outer + right) * 3 + channel] * u;
    colour[to + channel] = near * (1 - v) + far * v;
  }
}
