import type { Sample } from './samples.ts';

/** The main hue of a region and how far it spreads on each side, degrees. */
export interface HuePeak {
  readonly hue: number;
  /** Towards smaller and larger hues: where the next colour begins. */
  readonly below: number;
  readonly above: number;
}

const bins = 120;
const binWidth = 360 / bins;
const narrowest = 20;
/** Share of the peak under which the rest of the hill counts as its foot. */
const footShare = 0.03;
const widest = 36;

/** Pale: white, grey or black, or tinted no more than the light and the surroundings tint such things. */
export const isPale = ({ lab, chroma }: Pick<Sample, 'lab' | 'chroma'>): boolean =>
  chroma <= Math.max(0.055, 0.14 * lab.L);

/** Pixels count by their saturation (chroma per lightness): it is the strong colour that gives a thing its name. */
export function findHuePeak(samples: readonly Sample[]): HuePeak {
  const raw = new Float64Array(bins);
  for (const sample of samples) {
    const { weight, rim, lab, chroma, hue } = sample;
    // In near-black pixels the hue is noise.
    if (isPale(sample) || lab.L < 0.2) continue;
    raw[Math.floor(hue / binWidth) % bins] += (weight * rim * chroma) / lab.L;
  }
  const kernel = [0.2, 0.6, 1, 0.6, 0.2];
  const smooth = raw.map((_, bin) =>
    kernel.reduce((sum, share, at) => sum + share * raw[(bin + at - 2 + bins) % bins], 0),
  );
  const peak = smooth.indexOf(Math.max(...smooth));
  return {
    hue: (peak + 0.5) * binWidth,
    below: spread(smooth, peak, -1),
    above: spread(smooth, peak, 1),
  };
}

/** Walks down from the peak to the foot of its hill: where little is left, or where the next hill begins. */
function spread(histogram: Float64Array, peak: number, direction: 1 | -1): number {
  let lowest = histogram[peak];
  let foot = 0;
  for (let step = 1; step * binWidth <= widest; step++) {
    const value = histogram[(peak + direction * step + bins) % bins];
    if (value > 1.25 * lowest + 0.02 * histogram[peak]) break;
    if (value < lowest) foot = step;
    lowest = Math.min(lowest, value);
    if (value < footShare * histogram[peak]) break;
  }
  return Math.min(widest, Math.max(narrowest, foot * binWidth));
}
