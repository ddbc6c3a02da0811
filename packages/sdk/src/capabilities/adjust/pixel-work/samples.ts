import { chromaOf, hueOf, type LinearRgb, type Oklab, oklabOfLinear } from './oklab.ts';
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
  readonly chroma: number;
  /** Degrees, 0..360. */
  readonly hue: number;
}

/** Every reduced pixel that lies at least half in the region. */
export function sampleRegion({ width, height, rgb, weights }: Reduced): readonly Sample[] {
  const rim = rimWeights(width, height, weights);
  const samples: Sample[] = [];
  for (let index = 0; index < weights.length; index++) {
    if (weights[index] <= 127) continue;
    const [x, y] = [index % width, Math.floor(index / width)];
    const inner = isInner(weights, index, width);
    samples.push({ x, y, weight: weights[index] / 255, rim: rim(x, y), inner, ...coloursAt(rgb, index) });
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

/** The colours at the same places of another picture, reduced with the same weights. */
export const coloursAgain = ({ width, rgb }: Reduced, samples: readonly Sample[]): readonly Colours[] =>
  samples.map(({ x, y }) => coloursAt(rgb, y * width + x));

export type Colours = Pick<Sample, 'rgb' | 'lab' | 'chroma' | 'hue'>;

function coloursAt(plane: Float32Array, index: number): Colours {
  const rgb: LinearRgb = [plane[index * 3], plane[index * 3 + 1], plane[index * 3 + 2]];
  const lab = oklabOfLinear(rgb);
  return { rgb, lab, chroma: chromaOf(lab), hue: hueOf(lab) };
}

export type Weigh = (sample: Sample) => number;

/** Sum of `weigh` over the samples. */
export const total = (samples: readonly Sample[], weigh: Weigh): number =>
  samples.reduce((sum, sample) => sum + weigh(sample), 0);

/** Mean in linear light; undefined where nothing weighs. */
export function meanRgb<Item extends Colours>(
  samples: readonly Item[],
  weigh: (sample: Item, index: number) => number,
): LinearRgb | undefined {
  let [red, green, blue, sum] = [0, 0, 0, 0];
  for (const [index, sample] of samples.entries()) {
    const weight = weigh(sample, index);
    red += sample.rgb[0] * weight;
    green += sample.rgb[1] * weight;
    blue += sample.rgb[2] * weight;
    sum += weight;
  }
  return sum > 0 ? [red / sum, green / sum, blue / sum] : undefined;
}
