import type { Pixels } from '../../../image/pixels.ts';

/** Weighted mean of the sRGB values, 0..255, rounded. Black where no weight is. */
export function meanColour(
  { data }: Pixels,
  weights: Uint8Array,
): { readonly r: number; readonly g: number; readonly b: number } {
  let [r, g, b, sum] = [0, 0, 0, 0];
  for (let index = 0; index < weights.length; index++) {
    const weight = weights[index];
    if (weight === 0) continue;
    r += data[index * 4] * weight;
    g += data[index * 4 + 1] * weight;
    b += data[index * 4 + 2] * weight;
    sum += weight;
  }
  const mean = (total: number): number => (sum === 0 ? 0 : Math.round(total / sum));
  return { r: mean(r), g: mean(g), b: mean(b) };
}
