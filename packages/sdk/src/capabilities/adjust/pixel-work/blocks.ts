import type { Pixels } from '../../../image/pixels.ts';

/**
 * Every pixel takes the mean colour of its square of `block` pixels, counted from the top-left corner. Pixels count by
 * weight (0..255) and opacity, so that the squares hold only what lies in the region; squares without weight stay.
 */
export function meanOfBlocks({ width, height, data }: Pixels, block: number, weights: Uint8Array): Uint8Array {
  const result = Uint8Array.from(data);
  const columns = Math.ceil(width / block);
  for (let top = 0; top < height; top += block) {
    const bottom = Math.min(height, top + block);
    const sums = new Float64Array(columns * 4);
    for (let y = top; y < bottom; y++) addRow(data, weights, y * width, width, block, sums);
    for (let y = top; y < bottom; y++) paintRow(result, y * width, width, block, sums);
  }
  return result;
}

function addRow(
  data: Uint8Array,
  weights: Uint8Array,
  start: number,
  width: number,
  block: number,
  sums: Float64Array,
) {
  for (let x = 0; x < width; x++) {
    const pixel = (start + x) * 4;
    const weight = weights[start + x] * data[pixel + 3];
    const sum = Math.floor(x / block) * 4;
    sums[sum] += data[pixel] * weight;
    sums[sum + 1] += data[pixel + 1] * weight;
    sums[sum + 2] += data[pixel + 2] * weight;
    sums[sum + 3] += weight;
  }
}

function paintRow(result: Uint8Array, start: number, width: number, block: number, sums: Float64Array) {
  for (let x = 0; x < width; x++) {
    const sum = Math.floor(x / block) * 4;
    const weight = sums[sum + 3];
    if (weight === 0) continue;
    const pixel = (start + x) * 4;
    for (let channel = 0; channel < 3; channel++) result[pixel + channel] = sums[sum + channel] / weight + 0.5;
  }
}
