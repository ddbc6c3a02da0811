import { type LinearRgb, type Oklab, oklabOfLinear } from './oklab.ts';
import type { Reduced } from './reduce.ts';
import { rimWeights } from './rim.ts';

/** One pixel of a reduced region, with its weight 0..1. */
export interface Sample {
  /** Place in the reduced region. */
  readonly x: number;
  readonly y: number;
  readonly weight: number;
  /** 0.2..1: high near the outline of the region. */
  readonly rim: number;
  /** Not on the outline itself, where the surroundings shine in. */
  readonly inner: boolean;
  readonly rgb: LinearRgb;
  readonly lab: Oklab;
}

/** Every reduced pixel that lies at least half in the region. */
export function sampleRegion({ width, height, rgb, weights }: Reduced): readonly Sample[] {
  const rim = rimWeights(width, height, weights);
  const samples: Sample[] = [];
  for (let index = 0; index < weights.length; index++) {
    if (weights[index] <= 127) continue;
    const [x, y] = [index % width, Math.floor(index / width)];
    const colour = colourAt(rgb, index);
    const inner = isInner(weights, index, width);
    samples.push({
      x,
      y,
      weight: weights[index] / 255,
      rim: rim(x, y),
      inner,
      rgb: colour,
      lab: oklabOfLinear(colour),
    });
  }
  return samples;
}

const surelyIn = 250;

function isInner(weights: Uint8Array, index: number, width: number): boolean {
  for (const neighbour of [index - width, index - 1, index, index + 1, index + width]) {
    // Beyond the picture nothing shines in.
    if (weights[neighbour] < surelyIn) return false;
  }
  return true;
}

/** The same places in another picture of the same size, reduced with the same weights. */
export const sampleAgain = ({ width, rgb }: Reduced, samples: readonly Sample[]): readonly Sample[] =>
  samples.map((sample) => {
    const colour = colourAt(rgb, sample.y * width + sample.x);
    return { ...sample, rgb: colour, lab: oklabOfLinear(colour) };
  });

const colourAt = (rgb: Float32Array, index: number): LinearRgb => [
  rgb[index * 3],
  rgb[index * 3 + 1],
  rgb[index * 3 + 2],
];

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
