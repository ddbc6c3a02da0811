import type { Size } from '@atelier/sdk';
import type { Field } from './field.ts';
import type { Level, PatchSet } from './level.ts';
import { toneShift } from './patch-distance.ts';

/** Which pixel each hole pixel copies, and how much lighter or darker it becomes. */
export interface SourceMap {
  /** Pixel index to copy; -1 outside the hole. */
  readonly sources: Int32Array;
  /** Grey levels to add, three interleaved colours a pixel. */
  readonly tone: Int8Array;
}

/**
 * Turns overlapping patches into one decision a pixel: which pixel to copy. Of everything the patches over a pixel
 * propose, the source with most weight wins, so detail is copied and never averaged. -1 outside the hole.
 */
export function chooseSources(level: Level, patches: PatchSet, field: Field): SourceMap {
  const { width, height, hole } = level;
  const { radius, mean } = patches;
  const floor = (2 * radius + 1) ** 2 * 4;
  const chosen = new Int32Array(hole.length).fill(-1);
  const proposals = new Int32Array((2 * radius + 1) ** 2);
  const weights = new Float64Array(proposals.length);
  const tones = new Float64Array(proposals.length * 3);
  const tone = new Int8Array(hole.length * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      if (hole[pixel] === 0) continue;
      const bottom = Math.min(height - 1, y + radius);
      const left = Math.max(0, x - radius);
      const right = Math.min(width - 1, x + radius);
      let count = 0;
      for (let v = Math.max(0, y - radius); v <= bottom; v++) {
        for (let voter = v * width + left; voter <= v * width + right; voter++) {
          if (field.source[voter] < 0) continue;
          const proposal = field.source[voter] + pixel - voter;
          let slot = 0;
          while (slot < count && proposals[slot] !== proposal) slot++;
          if (slot === count) {
            proposals[count] = proposal;
            tones.fill(0, count * 3, count * 3 + 3);
            weights[count++] = 0;
          }
          const weight = 1 / (field.cost[voter] + floor);
          weights[slot] += weight;
          for (let channel = 0; channel < 3; channel++) {
            tones[slot * 3 + channel] += weight * toneShift(mean, voter, field.source[voter], channel);
          }
        }
      }
      let winner = 0;
      for (let slot = 1; slot < count; slot++) if (weights[slot] > weights[winner]) winner = slot;
      chosen[pixel] = proposals[winner];
      for (let channel = 0; channel < 3; channel++) {
        tone[pixel * 3 + channel] = Math.round(tones[winner * 3 + channel] / weights[winner]);
      }
    }
  }
  return { sources: chosen, tone };
}

/** Carries a source map to twice the size: every pixel follows its parent, shifted by its place under the parent. Pixels outside `hole` get none. */
export function expandSources(coarse: Int32Array, coarseWidth: number, fine: Size, hole?: Uint8Array): Int32Array {
  const chosen = new Int32Array(fine.width * fine.height).fill(-1);
  for (let y = 0; y < fine.height; y++) {
    for (let x = 0; x < fine.width; x++) {
      const pixel = y * fine.width + x;
      const parent = coarse[(y >> 1) * coarseWidth + (x >> 1)];
      if (parent < 0 || hole?.[pixel] === 0) continue;
      const sourceY = Math.floor(parent / coarseWidth);
      const sourceX = parent - sourceY * coarseWidth;
      const fineX = Math.min(fine.width - 1, 2 * sourceX + (x & 1));
      const fineY = Math.min(fine.height - 1, 2 * sourceY + (y & 1));
      chosen[pixel] = fineY * fine.width + fineX;
    }
  }
  return chosen;
}
