import type { Pixels } from '@atelier/sdk/image';
import { dilate, halve, holeDepth, type Level, type PatchSet, patchSet } from './level.ts';

/** A level with its patches. Coarsest last. */
export interface Step {
  readonly level: Level;
  readonly patches: PatchSet;
}

const fullRadius = 3;
/** Weight of texture strength beside the colours: less and fills grow smoother than their surroundings. */
const guideGain = 3;
/** On the coarsest level, the hole should be no deeper than this: about two patches across. */
const coarsestDepth = 14;
/** A level with fewer source patches cannot say what the surroundings look like. */
const fewestSources = 200;

/** Larger holes are solved at half the size (or less), and every solved pixel then stands for the block beneath it. */
const mostHolePixels = 600_000;
/** So are small parts of large holes, which come with all the surroundings of the whole. */
const mostPixels = 1_200_000;

export interface Pyramid {
  /** Finest first; never empty. */
  readonly steps: readonly Step[];
  /** How often the picture was halved before the finest step. */
  readonly halvings: number;
}

/**
 * Builds levels until the hole is a few patches wide, or until too little would be left to copy from.
 *
 * @param foreign 1 = part of another material: never copied from, and not compared with where patches overlap it.
 */
export function buildPyramid(pixels: Pixels, hole: Uint8Array, foreign?: Uint8Array): Pyramid {
  let level: Level = { ...pixels, colour: withGuide(pixels, hole), hole, blocked: hole };
  if (foreign !== undefined) level = { ...level, foreign };
  let halvings = 0;
  const tooLarge = (area: number): boolean =>
    area > mostHolePixels || (foreign !== undefined && level.width * level.height > mostPixels);
  for (let area = hole.reduce((sum, value) => sum + value, 0); tooLarge(area); area /= 4) {
    const half = halveWithForeign(level);
    if (!half.hole.includes(0)) break;
    level = half;
    halvings++;
  }
  if (level.foreign !== undefined) level = setApart(level, level.foreign);
  let depth = holeDepth(level);
  let current = finest(level, depth);
  const steps = [current];
  for (; depth > coarsestDepth; depth /= 2) {
    let coarser = halveWithForeign(current.level);
    if (coarser.foreign !== undefined) coarser = setApart(coarser, coarser.foreign);
    if (Math.min(coarser.width, coarser.height) < 2 * current.patches.radius + 1) break;
    const patches = patchSet(coarser, current.patches.radius);
    if (patches.sourceCount < fewestSources) break;
    current = { level: coarser, patches };
    steps.push(current);
  }
  return { steps, halvings };
}

function halveWithForeign(level: Level): Level {
  const half = halve(level);
  if (level.foreign === undefined) return half;
  const foreign = new Uint8Array(half.hole.length);
  for (let y = 0; y < level.height; y++) {
    for (let x = 0; x < level.width; x++) {
      if (level.foreign[y * level.width + x] === 1) foreign[(y >> 1) * half.width + (x >> 1)] = 1;
    }
  }
  return { ...half, foreign };
}

/** Makes foreign pixels beside the hole part of it, so that patches there are matched by the material alone. */
function setApart(level: Level, foreign: Uint8Array): Level {
  const near = dilate(level.hole, level.width, level.height, 2 * fullRadius + 1);
  const hole = level.hole.map((value, pixel) => value | (near[pixel] & foreign[pixel]));
  return { ...level, hole, blocked: withForeign(level.blocked, foreign), foreign };
}

function withForeign(blocked: Uint8Array, foreign?: Uint8Array): Uint8Array {
  return foreign === undefined ? blocked : blocked.map((value, pixel) => value | foreign[pixel]);
}

/** Adds the largest patches and the widest ring that leave something to copy from. */
function finest(bare: Level, depth: number): Step {
  const { width, height, hole } = bare;
  const ring = Math.min(12, Math.max(2, Math.round(depth / 20)));
  const ringed: Level = { ...bare, blocked: withForeign(dilate(hole, width, height, ring), bare.foreign) };
  const largest = Math.min(fullRadius, (Math.min(width, height) - 1) >> 1);
  for (let radius = largest; radius >= 0; radius--) {
    for (const level of [ringed, bare]) {
      const patches = patchSet(level, radius);
      if (patches.sourceCount >= (radius === 0 ? 1 : 20)) return { level, patches };
    }
  }
  return { level: bare, patches: patchSet(bare, 0) };
}

/**
 * Red, green, blue and a guide. The guide is the picture's alpha where it has any; else the strength of its texture,
 * which keeps smooth and rough areas apart on levels too coarse to show the texture itself (Newson et al., 2014).
 */
function withGuide(pixels: Pixels, hole: Uint8Array): Uint8Array {
  const { width, height, data } = pixels;
  const colour = Uint8Array.from(data);
  for (let pixel = 0; pixel < hole.length; pixel++) if (hole[pixel] === 0 && data[pixel * 4 + 3] !== 255) return colour;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      const right = x + 1 < width && hole[pixel + 1] === 0 ? pixel + 1 : pixel;
      const below = y + 1 < height && hole[pixel + width] === 0 ? pixel + width : pixel;
      const green = data[pixel * 4 + 1];
      const strength = Math.abs(data[right * 4 + 1] - green) + Math.abs(data[below * 4 + 1] - green);
      colour[pixel * 4 + 3] = Math.min(255, guideGain * strength);
    }
  }
  return colour;
}
