import type { Box } from '@atelier/sdk';
import type { Pixels } from '@atelier/sdk/image';
import { type DiscFill, fillDisc, rimFade } from './fill-disc.ts';
import { findOutlines } from './find-outline.ts';
import { outlineDistance } from './trace-rim.ts';

/** The hole, divided by what belongs where. */
export interface HoleParts {
  /** 1 = to be filled with pieces of the surroundings. */
  readonly ground: Uint8Array;
  /** 1 = part of the disc, which the ground must not be made of. */
  readonly foreign?: Uint8Array;
  readonly disc?: DiscFill;
}

/** Decides what belongs where in the hole; without a clear outline, all of it is ground. */
export function splitHole(pixels: Pixels, hole: Uint8Array, seed: number): HoleParts {
  // Of see-through things, neither hue nor edges say what they are made of.
  for (let pixel = 0; pixel < hole.length; pixel++) {
    if (hole[pixel] === 0 && pixels.data[pixel * 4 + 3] !== 255) return { ground: hole };
  }
  for (const outline of findOutlines(pixels, hole, seed)) {
    const disc = fillDisc(pixels, hole, outline);
    if (disc === undefined) continue;
    const { width, height } = pixels;
    const foreign = new Uint8Array(hole.length);
    const beyondOf = outlineDistance(outline);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (beyondOf(x, y) < rimFade) foreign[y * width + x] = 1;
      }
    }
    // Where the disc covers a pixel only in part, the ground shows through.
    const ground = hole.map((value, pixel) => (value === 1 && disc.cover[pixel] < 255 ? 1 : 0));
    return { ground, foreign, disc };
  }
  return { ground: hole };
}

/** Lays the disc over the ground. */
export function overlay(result: Uint8Array, width: number, region: Box, box: Box, disc: DiscFill): void {
  const colour = new Float32Array(3);
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      const pixel = y * region.width + x;
      const cover = disc.cover[pixel] / 255;
      if (cover === 0) continue;
      disc.colourAt(x, y, colour);
      const to = ((y + region.y) * width + x + region.x) * 4;
      for (let channel = 0; channel < 3; channel++) {
        const under = result[to + channel];
        const value = Math.round(under + cover * (colour[channel] - under));
        result[to + channel] = Math.min(255, Math.max(0, value));
      }
      result[to + 3] = 255;
    }
  }
}
