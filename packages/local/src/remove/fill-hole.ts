import { AtelierError, type Box, type Size } from '@atelier/sdk';
import type { Pixels } from '@atelier/sdk/image';
import { holesApart } from './holes-apart.ts';
import { overlay, splitHole } from './layout/split-hole.ts';
import { Random } from './random.ts';
import { boundsOf, cropBytes, growBox } from './region.ts';
import { hideSeams, toneIndex } from './seams.ts';
import { type Solution, synthesise } from './synthesise.ts';

export interface FillOptions {
  /** Equal seeds give equal pixels. Any integer. */
  readonly seed: number;
  /** Told the share of the work done, 0..1, never falling; the last call says 1. */
  readonly report?: (fraction: number) => void;
}

/**
 * Fills a hole with what could have been behind it, by copying patches from its surroundings, coarse to fine.
 * Learnt from Wexler et al. 2007 (space-time completion), Barnes et al. 2009 (PatchMatch), Darabi et al. 2012 (image
 * melding) and Newson et al. 2014 (multi-scale initialisation). Where the hole interrupts the outline of something round
 * (found by RANSAC, Fischler and Bolles 1981), that is completed first, and the rest is copied from beyond it only.
 *
 * @param pixels RGBA picture. @param hole one byte a pixel, 1 = fill.
 * @returns RGBA of the same size; pixels outside the hole are those of the input, bit for bit.
 * @throws AtelierError `mask-invalid` when the hole has another size than the picture or leaves nothing to copy from;
 * `invalid-input` when the pixels do not fit their size or the seed is no integer.
 */
export function fillHole(pixels: Pixels, hole: Uint8Array, options: FillOptions): Uint8Array {
  check(pixels, hole, options);
  const report = options.report ?? (() => {});
  // Holes far apart have nothing to do with each other: each is filled for itself, from its own surroundings.
  const holes = holesApart(hole, pixels, surroundings);
  const result = Uint8Array.from(pixels.data);
  for (const [index, one] of holes.entries()) {
    fillOne(pixels, one, options.seed, result, (share) => report((index + share) / holes.length));
  }
  report(1);
  return result;
}

/** A hole's box and what may be copied from around it. */
function surroundings(bounds: Box, { width, height }: Size): Box {
  const longest = Math.max(bounds.width, bounds.height);
  const margin = Math.max(48, Math.round((longest > 800 ? 0.5 : 0.75) * longest));
  return growBox(bounds, margin, width, height);
}

/** Fills one hole, or several near each other, in `result`. */
function fillOne(
  pixels: Pixels,
  hole: Uint8Array,
  seed: number,
  result: Uint8Array,
  report: (fraction: number) => void,
): void {
  const { width, height } = pixels;
  const bounds = boundsOf(hole, width, height);
  if (bounds === undefined) return;
  const region = surroundings(bounds, pixels);
  const crop: Pixels = {
    width: region.width,
    height: region.height,
    data: cropBytes(pixels.data, width, region, 4),
  };
  const cropHole = cropBytes(hole, width, region, 1);
  const box = growBox({ ...bounds, x: bounds.x - region.x, y: bounds.y - region.y }, 1, region.width, region.height);
  const parts = splitHole(crop, cropHole, seed);
  const groundBounds = boundsOf(parts.ground, region.width, region.height);
  if (groundBounds !== undefined) {
    const groundBox = growBox(groundBounds, 1, region.width, region.height);
    const random = new Random(seed);
    const solution = synthesise(crop, parts.ground, random, (share) => report(share * 0.9), parts.foreign);
    write(result, width, region, crop, solution, groundBox, parts.ground);
  }
  if (parts.disc !== undefined) overlay(result, width, region, box, parts.disc);
  report(1);
}

/** Copies the chosen pixels and adds the correction that hides seams. Pixels outside `hole` stay. */
function write(
  result: Uint8Array,
  width: number,
  region: Box,
  crop: Pixels,
  solution: Solution,
  box: Box,
  hole: Uint8Array,
): void {
  const { planes } = hideSeams(crop.data, crop.width, crop.height, solution, box);
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      const pixel = (y + box.y) * crop.width + x + box.x;
      const source = solution.sources[pixel];
      if (source < 0 || hole[pixel] === 0) continue;
      const tone = toneIndex(solution, pixel, crop.width);
      const to = ((y + box.y + region.y) * width + x + box.x + region.x) * 4;
      const cell = y * box.width + x;
      for (let channel = 0; channel < 3; channel++) {
        const value = Math.round(
          crop.data[source * 4 + channel] + solution.tone[tone + channel] + planes[channel][cell],
        );
        result[to + channel] = Math.min(255, Math.max(0, value));
      }
      result[to + 3] = crop.data[source * 4 + 3];
    }
  }
}

function check(pixels: Pixels, hole: Uint8Array, options: FillOptions): void {
  const { width, height, data } = pixels;
  const sane = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (!sane || data.length !== width * height * 4) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `A picture of ${width} x ${height} takes four bytes a pixel; ${data.length} bytes were given.`,
      hint: 'Pass RGBA pixels, 8 bits a channel.',
    });
  }
  if (!Number.isInteger(options.seed)) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `The seed must be an integer; ${options.seed} was given.`,
      hint: 'Use any whole number, for example 1.',
    });
  }
  if (hole.length !== width * height) {
    throw new AtelierError({
      code: 'mask-invalid',
      message: `The hole has ${hole.length} bytes; a picture of ${width} x ${height} needs ${width * height}.`,
      hint: 'Pass one byte a pixel, 1 where the picture is to be filled.',
    });
  }
  if (hole.some((value) => value > 1)) {
    throw new AtelierError({
      code: 'mask-invalid',
      message: 'The hole holds values other than 0 and 1.',
      hint: 'Turn a soft mask into a hard one first: 1 = fill, 0 = keep.',
    });
  }
  if (!hole.includes(0)) {
    throw new AtelierError({
      code: 'mask-invalid',
      message: 'The hole covers the whole picture: nothing is left to copy from.',
      hint: 'Select a part of the picture only.',
    });
  }
}
