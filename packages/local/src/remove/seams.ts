import type { Box } from '@atelier/sdk';
import type { Solution } from './synthesise.ts';

/** The smooth correction that hides seams, one plane of grey levels per colour channel, over `box`. */
export interface Correction {
  readonly box: Box;
  readonly planes: readonly [Float32Array, Float32Array, Float32Array];
}

/** Steps well above this many grey levels are kept as edges. */
const seamLimit = 28;

interface Grid {
  readonly width: number;
  readonly height: number;
  /** 1 where the correction is free, 0 where it is held at zero. */
  readonly free: Uint8Array;
  /** Sum, over a cell's edges, of the step the correction has to make. */
  readonly demand: Float32Array;
  readonly value: Float32Array;
  /** How strongly a cell is held to zero. */
  readonly hold: number;
}

/** Pulls a correction back to zero within some hundred pixels, so one bad seam cannot tint the whole hole. */
const finestHold = 0.0004;

/**
 * Gradient-domain seam removal: copied pixels keep their own gradients, and steps between regions copied from different
 * places are spread out until they vanish (screened Poisson equation, solved from coarse to fine).
 *
 * @param data RGBA of the picture, @param solution what is copied where.
 */
export function hideSeams(data: Uint8Array, width: number, height: number, solution: Solution, box: Box): Correction {
  const { sources } = solution;
  const size = box.width * box.height;
  const free = new Uint8Array(size);
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      free[y * box.width + x] = sources[(y + box.y) * width + x + box.x] >= 0 ? 1 : 0;
    }
  }
  const demands = demandsOf(data, width, height, solution, box);
  const plane = (demand: Float32Array): Float32Array =>
    solve({ width: box.width, height: box.height, free, demand, value: new Float32Array(size), hold: finestHold });
  return { box, planes: [plane(demands[0]), plane(demands[1]), plane(demands[2])] };
}

/** For every pixel of the box and every colour, how much higher than its neighbours (summed) the correction has to be. */
function demandsOf(
  data: Uint8Array,
  width: number,
  height: number,
  solution: Solution,
  box: Box,
): [Float32Array, Float32Array, Float32Array] {
  const size = box.width * box.height;
  const demands: [Float32Array, Float32Array, Float32Array] = [
    new Float32Array(size),
    new Float32Array(size),
    new Float32Array(size),
  ];
  const steps = new Float32Array(3);
  const add = (pixel: number, cell: number, way: number, cellWay: number, nextInBox: boolean): void => {
    if (!seamSteps(data, width, solution, pixel, way, steps)) return;
    for (let channel = 0; channel < 3; channel++) {
      demands[channel][cell] -= steps[channel];
      if (nextInBox) demands[channel][cell + cellWay] += steps[channel];
    }
  };
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      const pixel = (y + box.y) * width + x + box.x;
      const cell = y * box.width + x;
      if (x + box.x + 1 < width) add(pixel, cell, 1, 1, x + 1 < box.width);
      if (y + box.y + 1 < height) add(pixel, cell, width, box.width, y + 1 < box.height);
    }
  }
  return demands;
}

/**
 * By how much the correction should rise from a pixel to the next so that the copied step there looks natural.
 * Fills `steps` with one value a colour; false when the two pixels were copied together and nothing is to be done.
 */
function seamSteps(
  data: Uint8Array,
  width: number,
  solution: Solution,
  pixel: number,
  way: number,
  steps: Float32Array,
): boolean {
  const { sources, tone } = solution;
  const next = pixel + way;
  const here = sources[pixel];
  const there = sources[next];
  if (here < 0 && there < 0) return false;
  const toneHere = here < 0 ? -1 : toneIndex(solution, pixel, width);
  const toneThere = there < 0 ? -1 : toneIndex(solution, next, width);
  if (here >= 0 && there >= 0 && there - here === way && sameTone(tone, toneHere, toneThere)) return false;
  const from = here < 0 ? pixel : here;
  const to = there < 0 ? next : there;
  const size = data.length / 4;
  // What either side would have had there, had its own source gone on (never into the hole).
  const onward = here >= 0 && here + way < size && sources[here + way] < 0;
  const backward = there >= 0 && there - way >= 0 && sources[there - way] < 0;
  let largest = 0;
  for (let channel = 0; channel < 3; channel++) {
    let natural = 0;
    if (onward) natural += data[(here + way) * 4 + channel] - data[here * 4 + channel];
    if (backward) natural += data[there * 4 + channel] - data[(there - way) * 4 + channel];
    if (onward && backward) natural /= 2;
    const first = data[from * 4 + channel] + (toneHere < 0 ? 0 : tone[toneHere + channel]);
    const second = data[to * 4 + channel] + (toneThere < 0 ? 0 : tone[toneThere + channel]);
    steps[channel] = natural - (second - first);
    largest = Math.max(largest, Math.abs(steps[channel]));
  }
  // A large step is the edge of a thing, not a seam: spreading it out would tint the surroundings.
  const share = 1 / (1 + (largest / seamLimit) ** 4);
  for (let channel = 0; channel < 3; channel++) steps[channel] *= share;
  return true;
}

/** Where the tone of a pixel of the full picture starts in `solution.tone`. */
export function toneIndex(solution: Solution, pixel: number, width: number): number {
  const y = Math.floor(pixel / width);
  const x = pixel - y * width;
  return ((y >> solution.halvings) * solution.toneWidth + (x >> solution.halvings)) * 3;
}

function sameTone(tone: Int8Array, first: number, second: number): boolean {
  return (
    first === second ||
    (tone[first] === tone[second] && tone[first + 1] === tone[second + 1] && tone[first + 2] === tone[second + 2])
  );
}

function solve(grid: Grid): Float32Array {
  const coarse = grid.width > 4 && grid.height > 4 ? coarsen(grid) : undefined;
  if (coarse !== undefined) {
    const solution = solve(coarse);
    for (let y = 0; y < grid.height; y++) {
      for (let x = 0; x < grid.width; x++) {
        const cell = y * grid.width + x;
        if (grid.free[cell] === 1) grid.value[cell] = solution[(y >> 1) * coarse.width + (x >> 1)];
      }
    }
  }
  const sweeps = grid.width * grid.height > 400_000 ? 3 : 8;
  for (let pass = 0; pass < sweeps; pass++) relax(grid, pass % 2 === 0);
  return grid.value;
}

function coarsen(grid: Grid): Grid {
  const width = (grid.width + 1) >> 1;
  const height = (grid.height + 1) >> 1;
  const free = new Uint8Array(width * height).fill(1);
  const demand = new Float32Array(width * height);
  for (let y = 0; y < grid.height; y++) {
    for (let x = 0; x < grid.width; x++) {
      const parent = (y >> 1) * width + (x >> 1);
      const cell = y * grid.width + x;
      if (grid.free[cell] === 0) free[parent] = 0;
      else demand[parent] += grid.demand[cell];
    }
  }
  return { width, height, free, demand, value: new Float32Array(width * height), hold: grid.hold * 4 };
}

/** One Gauss-Seidel sweep. Cells beyond the frame do not exist; cells that are not free stay zero. */
function relax(grid: Grid, forward: boolean): void {
  const { width, height, free, demand, value, hold } = grid;
  const size = width * height;
  for (let step = 0; step < size; step++) {
    const cell = forward ? step : size - 1 - step;
    if (free[cell] === 0) continue;
    const x = cell % width;
    let sum = demand[cell];
    let neighbours = 0;
    if (x > 0) {
      sum += value[cell - 1];
      neighbours++;
    }
    if (x < width - 1) {
      sum += value[cell + 1];
      neighbours++;
    }
    if (cell >= width) {
      sum += value[cell - width];
      neighbours++;
    }
    if (cell < size - width) {
      sum += value[cell + width];
      neighbours++;
    }
    value[cell] = sum / (neighbours + hold);
  }
}
