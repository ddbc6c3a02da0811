import { fileURLToPath } from 'node:url';
import type { Pixels } from '@atelier/sdk/image';
import sharp from 'sharp';
import { Random } from '../../src/remove/random.ts';
import { bandsOf, lumaOf, rootMeanSquare } from './measures.ts';

/** One hole in a textured crop of a photograph; the crop itself is the truth. */
export interface FillCase {
  readonly name: string;
  readonly pixels: Pixels;
  /** One byte a pixel, 1 = fill. */
  readonly hole: Uint8Array;
  /** Share of the crop that the hole covers. */
  readonly share: number;
}

const photos = ['coffee.png', 'chelsea.png', 'astronaut.png', 'rocket.jpg'];
const side = 256;
/** The finest band must vary by at least this many grey levels: below it lies grain, not texture. */
const leastTexture = 4;
/** Texture is everywhere in a textured region; where only some of these blocks have any, the hole cuts outlines. */
const block = 16;
const leastTexturedBlocks = 0.8;

/**
 * Cuts `count` seeded holes, each 8 to 25 % of its crop, out of textured regions. Equal seeds give equal cases. What a
 * textured region is depends on the photograph alone: enough variation in the finest band over the hole as a whole,
 * and at least half of it in four fifths of the blocks that lie in it.
 */
export async function fillCases(count: number, seed: number): Promise<FillCase[]> {
  const random = new Random(seed);
  const pictures = await Promise.all(photos.map(readPhoto));
  const cases: FillCase[] = [];
  for (let attempt = 0; cases.length < count; attempt++) {
    if (attempt > count * 1000) throw new Error(`Only ${cases.length} textured places were found.`);
    const which = attempt % photos.length;
    const pixels = crop(pictures[which], random);
    const hole = blob(random);
    const share = hole.reduce((sum, value) => sum + value, 0) / hole.length;
    if (share < 0.08 || share > 0.25) continue;
    const [finest] = bandsOf(lumaOf(pixels.data), side, side);
    if (rootMeanSquare(finest, hole) < leastTexture || texturedBlocks(finest, hole) < leastTexturedBlocks) continue;
    cases.push({
      name: `${String(cases.length + 1).padStart(2, '0')}-${photos[which].split('.')[0]}`,
      pixels,
      hole,
      share,
    });
  }
  return cases;
}

/** The share of blocks wholly in the hole whose finest band varies as texture does. */
function texturedBlocks(finest: Float32Array, hole: Uint8Array): number {
  let textured = 0;
  let all = 0;
  for (let top = 0; top < side; top += block) {
    for (let left = 0; left < side; left += block) {
      const inside = new Uint8Array(hole.length);
      let covered = 0;
      for (let y = top; y < top + block; y++) {
        for (let x = left; x < left + block; x++) {
          inside[y * side + x] = hole[y * side + x];
          covered += hole[y * side + x];
        }
      }
      if (covered < block * block) continue;
      all++;
      if (rootMeanSquare(finest, inside) >= leastTexture / 2) textured++;
    }
  }
  return all === 0 ? 0 : textured / all;
}

async function readPhoto(name: string): Promise<Pixels> {
  const path = fileURLToPath(new URL(`../../../../photos/${name}`, import.meta.url));
  const { data, info } = await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

function crop(picture: Pixels, random: Random): Pixels {
  const left = random.below(picture.width - side + 1);
  const top = random.below(picture.height - side + 1);
  const data = new Uint8Array(side * side * 4);
  for (let y = 0; y < side; y++) {
    const from = ((y + top) * picture.width + left) * 4;
    data.set(picture.data.subarray(from, from + side * 4), y * side * 4);
  }
  return { width: side, height: side, data };
}

/** A round-cornered shape: an ellipse or rectangle, with a smaller ellipse on its flank as a handle or limb would be. */
function blob(random: Random): Uint8Array {
  const hole = new Uint8Array(side * side);
  const halfWidth = 30 + random.below(40);
  const halfHeight = 30 + random.below(40);
  const centreX = halfWidth + random.below(side - 2 * halfWidth);
  const centreY = halfHeight + random.below(side - 2 * halfHeight);
  const power = random.below(2) === 0 ? 2 : 6;
  const limbX = centreX + (random.below(2) === 0 ? -halfWidth : halfWidth);
  const limbY = centreY + random.below(halfHeight) - (halfHeight >> 1);
  const limbSize = 10 + random.below(14);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const body = Math.abs((x - centreX) / halfWidth) ** power + Math.abs((y - centreY) / halfHeight) ** power <= 1;
      const limb = (x - limbX) ** 2 + (y - limbY) ** 2 <= limbSize ** 2;
      if (body || limb) hole[y * side + x] = 1;
    }
  }
  return hole;
}
