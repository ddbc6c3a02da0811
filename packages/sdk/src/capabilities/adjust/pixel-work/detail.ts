import type { Pixels } from '../../../image/pixels.ts';
import { rowStep } from './row-step.ts';

const green = 1;
const full = 255;

/**
 * How much fine detail a region holds: the mean absolute difference, 0..255, of green to the mean of its four
 * neighbours. Slopes count for nothing. Only where the whole neighbourhood has full weight; NaN where nothing has.
 */
export function detail({ width, height, data }: Pixels, alpha: Uint8Array): number {
  let sum = 0;
  let count = 0;
  const step = rowStep(width, height);
  for (let y = 1; y < height - 1; y += step) {
    for (let x = 1; x < width - 1; x++) {
      const index = y * width + x;
      if (alpha[index] < full || alpha[index - 1] < full || alpha[index + 1] < full) continue;
      if (alpha[index - width] < full || alpha[index + width] < full) continue;
      const at = index * 4 + green;
      sum += Math.abs(data[at] - (data[at - 4] + data[at + 4] + data[at - width * 4] + data[at + width * 4]) / 4);
      count++;
    }
  }
  return count === 0 ? Number.NaN : sum / count;
}

/** Share, 0..1, of pixels at full weight that equal their neighbour to the right; NaN where there are none. */
export function shareOfEqualNeighbours({ width, height, data }: Pixels, alpha: Uint8Array): number {
  let equal = 0;
  let count = 0;
  const step = rowStep(width, height);
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width - 1; x++) {
      const index = y * width + x;
      if (alpha[index] < full || alpha[index + 1] < full) continue;
      const at = index * 4;
      count++;
      if (data[at] === data[at + 4] && data[at + 1] === data[at + 5] && data[at + 2] === data[at + 6]) equal++;
    }
  }
  return count === 0 ? Number.NaN : equal / count;
}
