import type { Pixels } from '@atelier/sdk/image';
import { bridgeRim } from './bridge-rim.ts';
import { diffuse } from './diffuse.ts';
import { grainAt, takeGrain } from './grain.ts';
import { firstRimRow, keepMaterial } from './material.ts';
import { type PolarGrid, unroll } from './polar-grid.ts';
import { type Outline, type OutlinePlace, outlineDistance, placeOf } from './trace-rim.ts';

/** The part of the hole that a disc covers. */
export interface DiscFill {
  /** How much of a pixel the disc covers, 0..255; 0 outside the hole. */
  readonly cover: Uint8Array;
  /** Writes the three colours of the disc at a pixel into `colour`. */
  readonly colourAt: (x: number, y: number, colour: Float32Array) => void;
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
  const cover = new Uint8Array(hole.length);
  const beyondOf = outlineDistance(outline);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      if (hole[pixel] === 0) continue;
      const beyond = beyondOf(x, y);
      if (beyond < rimFade) cover[pixel] = Math.round(255 * Math.min(1, (rimFade - beyond) / (rimFade - rimSolid)));
    }
  }
  const colourAt = (x: number, y: number, colour: Float32Array): void => {
    lookUp(clean, value, placeOf(outline, x, y), colour);
    if (grain === undefined) return;
    const light = Math.min(1, (colour[0] + colour[1] + colour[2]) / grain.brightness);
    for (let channel = 0; channel < 3; channel++) colour[channel] += light * grainAt(grain, x, y, channel);
  };
  return { cover, colourAt };
}

/** Reads the unrolled disc at a pixel, between its four nearest cells. */
function lookUp(
  { rows, columns, reach }: PolarGrid,
  value: Float32Array,
  { share, turn }: OutlinePlace,
  colour: Float32Array,
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
    colour[channel] = near * (1 - v) + far * v;
  }
}
