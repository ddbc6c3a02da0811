import type { Pixels } from '../../../image/pixels.ts';
import { gaussianPlane } from './gaussian-blur.ts';
import { luminanceWeights } from './oklab.ts';
import { smallGaussian } from './small-gaussian.ts';

/** Gains of fine and of broader detail at full amount. */
const fineGain = 2;
const broadGain = 0.6;
/** How much broader. */
const broader = 3;
/** Standard deviation of the finer Gaussian: pixels, growing with the region, whose detail is then coarser. */
const fineSigma = (pixels: number): number => Math.min(2, 0.8 + Math.sqrt(pixels) / 4000);
/** An edge may overshoot its own height by this share, so that it gets no halo. */
const overshoot = 0.12;
/** Detail of the size of the noise is not amplified: it begins to count at about this many standard deviations. */
const noiseLevels = 3.5;
/** Grain stronger than this is taken to be texture: bytes. */
const strongestNoise = 4;
/** Added before channels are scaled, so that nearly black ones do not turn into colour. Bytes. */
const foot = 12;

/**
 * An unsharp mask on two scales, in luminance alone: no colour fringes. Taken from the region's own pixels, so that its edge
 * gets no halo from what lies beside it; detail at the level of the noise is left, and no edge overshoots by more than a
 * little. `amount` 0..1; `alpha` one weight a pixel, 0..255.
 */
export function sharpenLuminance({ width, height, data }: Pixels, amount: number, alpha: Uint8Array): Uint8Array {
  const [red, green, blue] = luminanceWeights;
  const light = new Float32Array(alpha.length);
  const weights = new Float32Array(alpha.length);
  for (let index = 0, at = 0; index < light.length; index++, at += 4) {
    light[index] = red * data[at] + green * data[at + 1] + blue * data[at + 2];
    weights[index] = (alpha[index] * data[at + 3]) / 65_025;
  }
  const sigma = fineSigma(light.length);
  const fine = lessMean(light, smallGaussian(light, weights, width, height, sigma));
  const broad = lessMean(light, broadMean(light, weights, width, height, sigma * broader));
  const noise = noiseOf(fine, weights);
  const result = Uint8Array.from(data);
  for (let index = 0, at = 0; index < light.length; index++, at += 4) {
    if (weights[index] === 0) continue;
    const wanted = amount * (fineGain * cored(fine[index], noise) + broadGain * cored(broad[index], noise));
    const change = limited(wanted, light, weights, index, width);
    const most = Math.max(data[at], data[at + 1], data[at + 2]);
    // Channels are scaled together: the colour keeps its hue, and bright ones are not clipped one by one.
    const scale = Math.min((light[index] + change + foot) / (light[index] + foot), (255 + foot) / (most + foot));
    for (let channel = at; channel < at + 3; channel++)
      result[channel] = Math.min(255, Math.max(0, (data[channel] + foot) * scale - foot + 0.5));
  }
  return result;
}

/** Turns the means into what the plane has beyond them. */
function lessMean(plane: Float32Array, means: Float32Array): Float32Array {
  for (let at = 0; at < means.length; at++) means[at] = plane[at] - means[at];
  return means;
}

/** Like `smallGaussian`, from running sums: the cost does not grow with sigma. */
function broadMean(
  plane: Float32Array,
  weights: Float32Array,
  width: number,
  height: number,
  sigma: number,
): Float32Array {
  const weighted = new Float32Array(plane.length);
  for (let at = 0; at < plane.length; at++) weighted[at] = plane[at] * weights[at];
  const sums = gaussianPlane(weighted, width, height, sigma);
  const totals = gaussianPlane(weights, width, height, sigma);
  // Below a thousandth the running sums hold more rounding than signal.
  for (let at = 0; at < sums.length; at++) sums[at] = totals[at] > 1e-3 ? sums[at] / totals[at] : plane[at];
  return sums;
}

/** Standard deviation of the noise: from the smaller third of the detail, which flat places make up. */
function noiseOf(detail: Float32Array, weights: Float32Array): number {
  const steps = 16;
  const counts = new Uint32Array(64 * steps);
  let total = 0;
  for (let index = 0; index < detail.length; index++) {
    if (weights[index] < 0.5) continue;
    counts[Math.min(counts.length - 1, Math.floor(Math.abs(detail[index]) * steps))]++;
    total++;
  }
  let step = 0;
  for (let below = counts[0]; below < 0.3 * total; below += counts[step]) step++;
  // Three in ten values of a normal distribution lie within 0.385 standard deviations.
  return Math.min(strongestNoise, (step + 0.5) / steps / 0.385);
}

/** Detail without what may be noise: small values shrink, large ones stay. */
const cored = (value: number, noise: number): number =>
  (value * value ** 2) / (value ** 2 + (noiseLevels * noise) ** 2);

/** The change, cut off where the pixel would leave the range of its neighbours by more than the overshoot. */
function limited(change: number, light: Float32Array, weights: Float32Array, index: number, width: number): number {
  let [low, high] = [light[index], light[index]];
  const column = index % width;
  for (let row = index - width; row <= index + width; row += width) {
    if (row < 0 || row >= light.length) continue;
    for (let at = row - (column > 0 ? 1 : 0); at <= row + (column < width - 1 ? 1 : 0); at++) {
      if (weights[at] < 0.5) continue;
      if (light[at] < low) low = light[at];
      else if (light[at] > high) high = light[at];
    }
  }
  const room = overshoot * (high - low) + 1;
  return Math.min(high + room - light[index], Math.max(low - room - light[index], change));
}
