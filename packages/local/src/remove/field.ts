import type { Level, PatchSet } from './level.ts';
import { patchDistance } from './patch-distance.ts';
import type { Random } from './random.ts';

/** For every target patch, the patch it copies from (a pixel index, -1 elsewhere) and how far apart the two are. */
export interface Field {
  readonly source: Int32Array;
  readonly cost: Int32Array;
}

export const unbounded = 0x7fffffff;

export function emptyField(level: Level): Field {
  const size = level.width * level.height;
  return { source: new Int32Array(size).fill(-1), cost: new Int32Array(size) };
}

/** Measures every chosen pair anew, which is needed after the filled pixels changed. */
export function measure(level: Level, patches: PatchSet, field: Field): void {
  const { colour, width } = level;
  for (const target of patches.targets) {
    const source = field.source[target];
    field.cost[target] =
      patchDistance(colour, patches.mean, width, patches.radius, target, source, unbounded) + patches.penalty[source];
  }
}

/** Carries a field to the next finer level: each pixel follows its parent, shifted by its place under the parent. */
export function refineField(coarse: Level, coarseField: Field, fine: Level, patches: PatchSet, random: Random): Field {
  const field = emptyField(fine);
  inheritColours(coarse, fine);
  const { width } = fine;
  for (const target of patches.targets) {
    const y = Math.floor(target / width);
    const x = target - y * width;
    const parentSource = nearestParent(coarse, coarseField, x >> 1, y >> 1);
    let candidate = -1;
    if (parentSource >= 0) {
      const sourceY = Math.floor(parentSource / coarse.width);
      const sourceX = parentSource - sourceY * coarse.width;
      candidate = nearestSource(fine, patches, 2 * sourceX + (x & 1), 2 * sourceY + (y & 1));
    }
    field.source[target] = candidate >= 0 ? candidate : anySource(patches, random);
  }
  return field;
}

/** The match of a coarse pixel, or of a neighbour where the pixel itself lies too near the frame to have one. */
function nearestParent(coarse: Level, field: Field, x: number, y: number): number {
  for (let reach = 0; reach <= 4; reach++) {
    for (let v = Math.max(0, y - reach); v <= Math.min(coarse.height - 1, y + reach); v++) {
      for (let u = Math.max(0, x - reach); u <= Math.min(coarse.width - 1, x + reach); u++) {
        const found = field.source[v * coarse.width + u];
        if (found < 0) continue;
        // The neighbour's match, moved back by the way to the neighbour, when that stays inside the picture.
        const moved = found + (y - v) * coarse.width + (x - u);
        return moved >= 0 && moved < field.source.length ? moved : found;
      }
    }
  }
  return -1;
}

function nearestSource(level: Level, patches: PatchSet, x: number, y: number): number {
  for (let reach = 0; reach <= 2; reach++) {
    for (let v = Math.max(0, y - reach); v <= Math.min(level.height - 1, y + reach); v++) {
      for (let u = Math.max(0, x - reach); u <= Math.min(level.width - 1, x + reach); u++) {
        if (patches.source[v * level.width + u] === 1) return v * level.width + u;
      }
    }
  }
  return -1;
}

/** A random patch to copy from. There is at least one, by the choice of levels. */
export function anySource(patches: PatchSet, random: Random): number {
  const { source } = patches;
  for (let attempt = 0; attempt < 64; attempt++) {
    const index = random.below(source.length);
    if (source[index] === 1) return index;
  }
  let index = random.below(source.length);
  while (source[index] === 0) index = index + 1 === source.length ? 0 : index + 1;
  return index;
}

/** Gives the hole the coarser level's colours, which set its tone until detail is voted in. */
function inheritColours(coarse: Level, fine: Level): void {
  for (let y = 0; y < fine.height; y++) {
    for (let x = 0; x < fine.width; x++) {
      const pixel = y * fine.width + x;
      if (fine.hole[pixel] === 0) continue;
      const parent = ((y >> 1) * coarse.width + (x >> 1)) * 4;
      for (let channel = 0; channel < 4; channel++) fine.colour[pixel * 4 + channel] = coarse.colour[parent + channel];
    }
  }
}
