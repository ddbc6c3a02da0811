import type { Field } from './field.ts';
import type { Level, PatchSet } from './level.ts';

import { toneShift } from './patch-distance.ts';

export interface VoteOptions {
  /** Share of the best voter's cost by which another may be worse before its weight falls by 1/e. Small = sharp. */
  readonly tolerance: number;
}

/**
 * Gives every hole pixel the weighted mean of what the patches over it propose (Wexler et al., 2007). Weights follow
 * the best of those patches, so where one fits much better than the rest it decides alone and nothing is blurred.
 * `confidence` holds, per pixel, the trust in a patch centred there: patches near the known surroundings count more.
 */
export function vote(
  level: Level,
  patches: PatchSet,
  field: Field,
  confidence: Float32Array,
  options: VoteOptions,
): void {
  const { width, height, colour, hole } = level;
  const { radius, mean } = patches;
  // One grey level of noise per channel must never decide between voters.
  const floor = (2 * radius + 1) ** 2 * 4;
  const voters = new Int32Array((2 * radius + 1) ** 2);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      if (hole[pixel] === 0) continue;
      const top = Math.max(0, y - radius);
      const bottom = Math.min(height - 1, y + radius);
      const left = Math.max(0, x - radius);
      const right = Math.min(width - 1, x + radius);
      let count = 0;
      let least = 0x7fffffff;
      for (let v = top; v <= bottom; v++) {
        for (let voter = v * width + left; voter <= v * width + right; voter++) {
          if (field.source[voter] < 0) continue;
          voters[count++] = voter;
          if (field.cost[voter] < least) least = field.cost[voter];
        }
      }
      const scale = 0.25 / (options.tolerance * (least + floor));
      let red = 0;
      let green = 0;
      let blue = 0;
      let guide = 0;
      let total = 0;
      for (let index = 0; index < count; index++) {
        const voter = voters[index];
        // (1 + x/4)^-4 falls nearly like e^-x and is much cheaper.
        const fall = 1 / (1 + (field.cost[voter] - least) * scale);
        const weight = fall * fall * fall * fall * confidence[voter];
        const source = field.source[voter];
        const from = (source + pixel - voter) * 4;
        red += weight * (colour[from] + toneShift(mean, voter, source, 0));
        green += weight * (colour[from + 1] + toneShift(mean, voter, source, 1));
        blue += weight * (colour[from + 2] + toneShift(mean, voter, source, 2));
        guide += weight * colour[from + 3];
        total += weight;
      }
      // Patches are copied from outside the hole only, so writing here cannot change what later pixels read.
      colour[pixel * 4] = clampByte(red / total);
      colour[pixel * 4 + 1] = clampByte(green / total);
      colour[pixel * 4 + 2] = clampByte(blue / total);
      colour[pixel * 4 + 3] = guide / total + 0.5;
    }
  }
}

function clampByte(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : value + 0.5;
}
