import { fileURLToPath } from 'node:url';
import { type Box, Image } from '@atelier/sdk';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorkerPool } from '../worker/pool.ts';
import {
  catOutline,
  chestOutline,
  cupOutline,
  faceOutline,
  fillOutline,
  helmetOutline,
  neckOutline,
  type Outline,
  personOutline,
} from './__fixtures__/outlines.ts';
import { createSegment } from './create-segment.ts';

const pool = createWorkerPool({ size: 1 });
const segment = createSegment(pool.run.bind(pool));
afterAll(() => pool.close());

async function photo(name: string): Promise<Image> {
  const file = fileURLToPath(new URL(`../../../../photos/${name}`, import.meta.url));
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return Image.fromPixels({ width: info.width, height: info.height, data: new Uint8Array(data) });
}

const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height });
const moved = (outline: Outline, scale: number, x: number, y: number): Outline =>
  outline.map(([across, down]) => [across * scale + x, down * scale + y]);
const mirrored = (outline: Outline, width: number): Outline => outline.map(([x, y]) => [width - x, y]);
const handle: Outline = [
  [218, 236],
  [210, 244],
  [200, 262],
  [196, 278],
  [196, 292],
  [205, 303],
  [220, 308],
  [228, 306],
  [236, 299],
  [250, 270],
  [255, 245],
];

interface Case {
  readonly name: string;
  readonly file: string;
  /** As CenterNet and BlazeFace report it. */
  readonly box: Box;
  readonly outline: Outline;
  /** May be in the mask or not. */
  readonly either?: Outline;
  readonly least: number;
}

const cases: readonly Case[] = [
  {
    name: 'cup whose box ends above its base',
    file: 'coffee.png',
    box: box(165.8, 21.8, 245.6, 236.9),
    outline: cupOutline,
    least: 0.92,
  },
  {
    name: 'person before a flag',
    file: 'astronaut.png',
    box: box(8.3, 8.8, 360.6, 503.2),
    outline: personOutline,
    either: helmetOutline,
    least: 0.97,
  },
  {
    name: 'face',
    file: 'astronaut.png',
    box: box(172, 74.3, 105.3, 105.3),
    outline: faceOutline,
    either: neckOutline,
    least: 0.92,
  },
  {
    name: 'cat',
    file: 'chelsea.png',
    box: box(0, 4.3, 424, 294.7),
    outline: catOutline,
    either: chestOutline,
    least: 0.94,
  },
  {
    name: 'cat beside a cup',
    file: 'cup-and-cat.png',
    box: box(580, 6.5, 567.7, 390.2),
    outline: moved(catOutline, 4 / 3, 600, 0),
    either: moved(chestOutline, 4 / 3, 600, 0),
    least: 0.94,
  },
  {
    name: 'cup beside a cat',
    file: 'cup-and-cat.png',
    box: box(165.3, 22.8, 246.1, 242.8),
    outline: cupOutline,
    least: 0.87,
  },
  {
    name: 'left of two cups',
    file: 'two-cups.png',
    box: box(164.6, 23, 247.8, 241.8),
    outline: cupOutline,
    least: 0.88,
  },
  {
    name: 'right of two cups',
    file: 'two-cups.png',
    box: box(784.8, 23.7, 245.8, 241),
    outline: mirrored(cupOutline, 1200),
    least: 0.87,
  },
  {
    name: 'bigger cup',
    file: 'big-and-small-cup.png',
    box: box(167.8, 22.4, 247.7, 238.6),
    outline: cupOutline,
    least: 0.87,
  },
  {
    name: 'smaller cup, without its saucer',
    file: 'big-and-small-cup.png',
    box: box(651, 108.5, 171.7, 169.1),
    outline: moved(cupOutline, 0.5, 600, 100),
    least: 0.84,
  },
];

describe('segment by a box that a detector has drawn', () => {
  it.each(cases)('cuts out the $name', async ({ file, box, outline, either, least }) => {
    const image = await photo(file);
    const { mask, score } = await segment.run({ image, box }, {});
    const reference = fillOutline(outline, image.width, image.height);
    const free = either ? fillOutline(either, image.width, image.height) : new Uint8Array(reference.length);
    let [shared, all] = [0, 0];
    reference.forEach((own, pixel) => {
      if (free[pixel] && !own) return;
      shared += (mask.data[pixel] ?? 0) & own;
      all += (mask.data[pixel] ?? 0) | own;
    });
    expect(shared / all).toBeGreaterThan(least);
    expect(score).toBeGreaterThan(0.5);
    expect(score).toBeLessThanOrEqual(1);
  });

  it('takes the handle along that hangs below the box', async () => {
    const image = await photo('coffee.png');
    const { mask } = await segment.run({ image, box: box(165.8, 21.8, 245.6, 236.9) }, {});
    const inside = fillOutline(handle, image.width, image.height);
    const covered = inside.reduce((sum, bit, pixel) => sum + (bit & (mask.data[pixel] ?? 0)), 0);
    expect(covered / inside.reduce((sum, bit) => sum + bit, 0)).toBeGreaterThan(0.9);
  });
});
