import type { Size } from '@atelier/sdk';
import type { CutCosts } from './minimum-cut.ts';

const stepsAcross = [1, 0, 1, -1] as const;
const stepsDown = [0, 1, 1, 1] as const;
/** What an outline costs by the cell where there is no edge at all, in the units of `costScale`. */
const highest = 6;
/** The share of it that is left on the plainest edge: outlines stay short even there. */
const least = 0.08;
/** Edges are measured against the picture's mean: soft pictures have soft outlines. */
const steepness = 0.5;

/** Whole-number costs a unit of evidence (a factor of e in likelihood). */
export const costScale = 100;

/** What it costs to part neighbouring cells: little on edges, much on plain surfaces (Boykov, Jolly 2001). */
export function linkCosts(lab: Float32Array, { width, height }: Size): CutCosts['links'] {
  const squares = stepsAcross.map((across, pair) => differences(lab, width, height, across, stepsDown[pair] ?? 0));
  let sum = 0;
  for (const plane of squares) for (const square of plane) sum += square;
  const mean = sum / (4 * width * height) || 1;
  const costs = (pair: number) => {
    const length = pair > 1 ? Math.SQRT2 : 1;
    const plane = squares[pair] ?? new Float32Array();
    return new Int32Array(plane.length).map((_, cell) => {
      const square = plane[cell] ?? 0;
      const share = least + (1 - least) * Math.exp((-steepness * square) / mean);
      return Math.round((costScale * highest * share) / length);
    });
  };
  return [costs(0), costs(1), costs(2), costs(3)];
}

function differences(lab: Float32Array, width: number, height: number, across: number, down: number): Float32Array {
  const squares = new Float32Array(width * height);
  for (let y = 0; y < height - down; y++) {
    for (let x = Math.max(0, -across); x < width - Math.max(0, across); x++) {
      const cell = y * width + x;
      const other = cell + down * width + across;
      let square = 0;
      for (let channel = 0; channel < 3; channel++) {
        square += ((lab[cell * 3 + channel] ?? 0) - (lab[other * 3 + channel] ?? 0)) ** 2;
      }
      squares[cell] = square;
    }
  }
  return squares;
}
