import type { Box, Image, Mask } from '@atelier/sdk';
import { type Oklab, oklabOfBytes } from '@atelier/sdk/adjust';

/** One place of a thing: its colour, and how sure it is to be the thing's own, 0..1. */
export interface ThingSample {
  readonly colour: Oklab;
  readonly weight: number;
  /** How far down the thing it lies: 0 at the top of its box, 1 at the bottom. */
  readonly height: number;
}

/** Places looked at along each side of the box. */
const grid = 40;
/** How far around the box its surroundings are looked at, in shares of its sides. */
const margin = 0.2;
/** Steps of a channel that count as one colour when surroundings and thing are compared. */
const binSize = 0.07;

/**
 * The colours of what a box holds, without cutting it out: places that look like the box's surroundings count less, and
 * so do those far from its middle. One round of the colour models that GrabCut starts with (Rother et al. 2004).
 */
export function samplesInBox(image: Image, box: Box): readonly ThingSample[] {
  const inside: { colour: Oklab; prior: number; height: number }[] = [];
  const around = new Map<string, number>();
  const within = new Map<string, number>();
  for (let row = 0; row < grid; row++) {
    for (let column = 0; column < grid; column++) {
      const u = ((column + 0.5) / grid) * (1 + 2 * margin) - margin;
      const v = ((row + 0.5) / grid) * (1 + 2 * margin) - margin;
      const colour = colourAt(image, box.x + u * box.width, box.y + v * box.height);
      if (!colour) continue;
      const offCentre = Math.hypot(u - 0.5, v - 0.5) * 2;
      if (offCentre >= 1.15) count(around, binOf(colour), 1);
      else if (u > 0 && u < 1 && v > 0 && v < 1) {
        const prior = Math.max(0, 1 - (offCentre / 1.15) ** 2);
        inside.push({ colour, prior, height: v });
        count(within, binOf(colour), prior);
      }
    }
  }
  const [totalAround, totalWithin] = [total(around), total(within)];
  return inside.map(({ colour, prior, height }) => {
    const thing = (within.get(binOf(colour)) ?? 0) / Math.max(1, totalWithin);
    const ground = (around.get(binOf(colour)) ?? 0) / Math.max(1, totalAround);
    return { colour, height, weight: prior * (thing / Math.max(1e-9, thing + ground)) };
  });
}

/** Enough to settle a colour. */
const mostSamples = 6000;

/** The colours under a mask. */
export function samplesInMask(image: Image, mask: Mask): readonly ThingSample[] {
  const bounds = mask.bounds;
  if (!bounds) return [];
  const step = Math.max(1, Math.floor(Math.sqrt((bounds.width * bounds.height) / mostSamples)));
  const samples: ThingSample[] = [];
  for (let y = bounds.y; y < bounds.y + bounds.height; y += step) {
    for (let x = bounds.x; x < bounds.x + bounds.width; x += step) {
      if (!mask.data[y * mask.width + x]) continue;
      const colour = colourAt(image, x, y);
      if (colour) samples.push({ colour, weight: 1, height: (y - bounds.y) / bounds.height });
    }
  }
  return samples;
}

/** Undefined outside the picture and where it is transparent. */
function colourAt({ width, height, data }: Image, x: number, y: number): Oklab | undefined {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  if (column < 0 || row < 0 || column >= width || row >= height) return undefined;
  const at = (row * width + column) * 4;
  if ((data[at + 3] ?? 0) < 128) return undefined;
  return oklabOfBytes(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
}

const binOf = ({ L, a, b }: Oklab): string =>
  `${Math.round(L / (2 * binSize))},${Math.round(a / binSize)},${Math.round(b / binSize)}`;

const count = (bins: Map<string, number>, bin: string, by: number): unknown => bins.set(bin, (bins.get(bin) ?? 0) + by);

const total = (bins: ReadonlyMap<string, number>): number => [...bins.values()].reduce((sum, value) => sum + value, 0);
