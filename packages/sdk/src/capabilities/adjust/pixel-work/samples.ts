import type { Pixels } from '../../../image/pixels.ts';
import { type LinearRgb, linearOfByte, type Oklab, oklabOfLinear } from './oklab.ts';
import { rimWeights } from './rim.ts';

/** One pixel of a region, with its weight 0..1. */
export interface Sample {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
  /** 0.2..1: high near the outline of the region. */
  readonly rim: number;
  readonly rgb: LinearRgb;
  readonly lab: Oklab;
}

const enough = 60_000;

/** About 60,000 pixels on a regular grid, the same for the same size, from where the weight is at least a half. */
export function sampleRegion({ width, height, data }: Pixels, alpha: Uint8Array): readonly Sample[] {
  let count = 0;
  for (let index = 0; index < alpha.length; index++) if (alpha[index] > 127) count++;
  const step = Math.max(1, Math.floor(Math.sqrt(count / enough)));
  const rim = rimWeights(width, height, alpha);
  const samples: Sample[] = [];
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const index = y * width + x;
      const pixel = index * 4;
      if (alpha[index] <= 127 || data[pixel + 3] === 0) continue;
      const rgb: LinearRgb = [linearOfByte[data[pixel]], linearOfByte[data[pixel + 1]], linearOfByte[data[pixel + 2]]];
      samples.push({ x, y, weight: alpha[index] / 255, rim: rim(x, y), rgb, lab: oklabOfLinear(rgb) });
    }
  }
  return samples;
}

/** The same places in another picture of the same size. */
export const sampleAgain = ({ width, data }: Pixels, samples: readonly Sample[]): readonly Sample[] =>
  samples.map((sample) => {
    const pixel = (sample.y * width + sample.x) * 4;
    const rgb: LinearRgb = [linearOfByte[data[pixel]], linearOfByte[data[pixel + 1]], linearOfByte[data[pixel + 2]]];
    return { ...sample, rgb, lab: oklabOfLinear(rgb) };
  });

export type Weigh = (sample: Sample) => number;

/** Sum of `weigh` over the samples. */
export const total = (samples: readonly Sample[], weigh: Weigh): number =>
  samples.reduce((sum, sample) => sum + weigh(sample), 0);

/** Mean in linear light; undefined where nothing weighs. */
export function meanRgb(samples: readonly Sample[], weigh: Weigh): LinearRgb | undefined {
  let [red, green, blue, sum] = [0, 0, 0, 0];
  for (const sample of samples) {
    const weight = weigh(sample);
    red += sample.rgb[0] * weight;
    green += sample.rgb[1] * weight;
    blue += sample.rgb[2] * weight;
    sum += weight;
  }
  return sum > 0 ? [red / sum, green / sum, blue / sum] : undefined;
}
