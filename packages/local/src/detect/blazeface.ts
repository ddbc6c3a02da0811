import { div, image as images, pad, sub, type Tensor, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { tileSide } from './cut-tile.ts';
import { knownThings } from './labels.ts';
import { model } from './models.ts';
import type { RawDetection } from './raw-detection.ts';

const inputSide = 256;
const faceThing = knownThings.findIndex(({ label }) => label === 'face');
/** The two output grids: cells along a side, and how many guesses each cell makes. */
const grids = [
  { cells: 16, guesses: 2, scores: 'Identity', boxes: 'Identity_2' },
  { cells: 8, guesses: 6, scores: 'Identity_1', boxes: 'Identity_3' },
] as const;
/** Numbers per guess: centre x, centre y, width, height in input pixels from the cell's centre, then six face points. */
const numbersPerGuess = 16;

/**
 * BlazeFace (Bazarevsky et al. 2019). The model only knows square faces, so the squashed tile is first given back its
 * proportions (`aspect` = width / height) on a black square.
 */
export async function findFaces(rgb: Uint8Array, aspect: number, threshold: number): Promise<RawDetection[]> {
  const network = await model('blazeface');
  const width = Math.max(1, Math.round(inputSide * Math.min(1, aspect)));
  const height = Math.max(1, Math.round(inputSide * Math.min(1, 1 / aspect)));
  const outputs = tidy(() => {
    const tile = tensor4d(Float32Array.from(rgb), [1, tileSide, tileSide, 3]);
    const resized = images.resizeBilinear(tile, [height, width], false, true);
    const square = pad(resized, [
      [0, 0],
      [0, inputSide - height],
      [0, inputSide - width],
      [0, 0],
    ]);
    // Four names asked for, so a list comes back; the signature cannot say so.
    return network.execute(
      sub(div(square, 127.5), 1),
      grids.flatMap(({ scores, boxes }) => [scores, boxes]),
    ) as Tensor[];
  });
  const values = outputs.map((output) => output.dataSync<'float32'>());
  for (const output of outputs) output.dispose();
  return grids.flatMap(({ cells, guesses }, index) =>
    decodeFaces(values[2 * index] ?? [], values[2 * index + 1] ?? [], { cells, guesses, width, height, threshold }),
  );
}

interface FaceGrid {
  readonly cells: number;
  readonly guesses: number;
  /** The part of the square that holds picture, in input pixels. */
  readonly width: number;
  readonly height: number;
  readonly threshold: number;
}

/** Boxes in shares of the tile. */
export function decodeFaces(scores: ArrayLike<number>, boxes: ArrayLike<number>, grid: FaceGrid): RawDetection[] {
  const faces: RawDetection[] = [];
  for (let guess = 0; guess < scores.length; guess++) {
    const score = 1 / (1 + Math.exp(-(scores[guess] ?? Number.NEGATIVE_INFINITY)));
    if (score < grid.threshold) continue;
    const cell = Math.floor(guess / grid.guesses);
    const cellSide = inputSide / grid.cells;
    const at = (offset: number) => boxes[guess * numbersPerGuess + offset] ?? 0;
    const centreX = ((cell % grid.cells) + 0.5) * cellSide + at(0);
    const centreY = (Math.floor(cell / grid.cells) + 0.5) * cellSide + at(1);
    faces.push({
      thing: faceThing,
      score,
      box: {
        x: (centreX - at(2) / 2) / grid.width,
        y: (centreY - at(3) / 2) / grid.height,
        width: at(2) / grid.width,
        height: at(3) / grid.height,
      },
    });
  }
  return faces;
}
