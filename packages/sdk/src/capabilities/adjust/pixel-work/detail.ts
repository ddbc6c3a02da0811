import type { Pixels } from '../../../image/pixels.ts';

const green = 1;

/** Mean absolute difference between neighbours (right and below) in green, 0..255, where both weights are high: how much detail a region holds. */
export function detail({ width, height, data }: Pixels, alpha: Uint8Array): number {
  let sum = 0;
  let count = 0;
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0; x < width - 1; x++) {
      const index = y * width + x;
      if (alpha[index] < 200 || alpha[index + 1] < 200 || alpha[index + width] < 200) continue;
      const value = data[index * 4 + green];
      sum += Math.abs(value - data[index * 4 + 4 + green]) + Math.abs(value - data[(index + width) * 4 + green]);
      count += 2;
    }
  }
  return count === 0 ? 0 : sum / count;
}
