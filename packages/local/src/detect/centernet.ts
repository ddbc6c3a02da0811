import { type Tensor, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { tileSide } from './cut-tile.ts';
import { objectClassCount } from './labels.ts';
import { model } from './models.ts';
import type { RawDetection } from './raw-detection.ts';

/** Cells of the output grid along a side: one for every 4 x 4 pixels of the input. */
const grid = 128;
const stride = tileSide / grid;
/** More peaks than this in one tile are noise. */
const mostPeaks = 100;

/**
 * Objects as points (Zhou et al. 2019): `heat` holds one score map per class, whose local maxima are the things; at each
 * place `reach` holds how far the box goes to the left, top, right and bottom, in input pixels.
 */
export async function findObjects(rgb: Uint8Array, threshold: number): Promise<RawDetection[]> {
  const network = await model('centernet');
  const outputs = tidy(() => {
    const input = tensor4d(Float32Array.from(rgb), [1, tileSide, tileSide, 3]);
    // Two names asked for, so a list comes back; the signature cannot say so.
    return network.execute(input, ['tower_0/keypoints', 'tower_0/wh']) as Tensor[];
  });
  const [heat, reach] = outputs.map((output) => output.dataSync<'float32'>());
  for (const output of outputs) output.dispose();
  return heat && reach ? decodeObjects(heat, reach, threshold) : [];
}

/** Boxes in shares of the tile, best first. */
export function decodeObjects(heat: Float32Array, reach: Float32Array, threshold: number): RawDetection[] {
  const peaks: { index: number; score: number }[] = [];
  for (let index = 0; index < heat.length; index++) {
    const score = heat[index] ?? 0;
    if (score >= threshold && isPeak(heat, index, score)) peaks.push({ index, score });
  }
  peaks.sort((a, b) => b.score - a.score);
  return peaks.slice(0, mostPeaks).map(({ index, score }) => ({
    thing: index % objectClassCount,
    score,
    box: boxAt(Math.floor(index / objectClassCount), reach),
  }));
}

/** No neighbour of the same class is higher. */
function isPeak(heat: Float32Array, index: number, score: number): boolean {
  const cell = Math.floor(index / objectClassCount);
  const column = cell % grid;
  const row = Math.floor(cell / grid);
  for (let y = Math.max(0, row - 1); y <= Math.min(grid - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(grid - 1, column + 1); x++) {
      const neighbour = (y * grid + x) * objectClassCount + (index % objectClassCount);
      if ((heat[neighbour] ?? 0) > score) return false;
    }
  }
  return true;
}

function boxAt(cell: number, reach: Float32Array): RawDetection['box'] {
  const x = (cell % grid) * stride;
  const y = Math.floor(cell / grid) * stride;
  const [left = 0, top = 0, right = 0, bottom = 0] = reach.subarray(cell * 4, cell * 4 + 4);
  return {
    x: (x - left) / tileSide,
    y: (y - top) / tileSide,
    width: (left + right) / tileSide,
    height: (top + bottom) / tileSide,
  };
}
