import type { Box } from '@atelier/sdk';

/** The smooth correction that hides seams, one plane of grey levels per colour channel, over `box`. */
export interface Correction {
  readonly box: Box;
  readonly planes: readonly [Float32Array, Float32Array, Float32Array];
}

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
 * @param data RGBA of the picture, @param sources per pixel the pixel to copy, -1 outside the hole.
 */
export function hideSeams(data: Uint8Array, width: number, height: number, sources: Int32Array, box: Box): Correction {
  const free = new Uint8Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      free[y * box.width + x] = sources[(y + box.y) * width + x + box.x] >= 0 ? 1 : 0;
    }
  }
  const plane = (channel: number): Float32Array => {
    const demand = demandOf(data, width, height, sources, box, channel);
    return solve({
      width: box.width,
      height: box.height,
      free,
      demand,
      value: new Float32Array(demand.length),
      hold: finestHold,
    });
  };
  return { box, planes: [plane(0), plane(1), plane(2)] };
}

/** For every pixel of the box, how much higher than its neighbours (summed) the correction has to be there. */
function demandOf(
  data: Uint8Array,
  width: number,
  height: number,
  sources: Int32Array,
  box: Box,
  channel: number,
): Float32Array {
  const demand = new Float32Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      const pixel = (y + box.y) * width + x + box.x;
      const cell = y * box.width + x;
      if (x + box.x + 1 < width) {
        const step = seamStep(data, sources, pixel, 1, channel);
        demand[cell] -= step;
        if (x + 1 < box.width) demand[cell + 1] += step;
      }
      if (y + box.y + 1 < height) {
        const step = seamStep(data, sources, pixel, width, channel);
        demand[cell] -= step;
        if (y + 1 < box.height) demand[cell + box.width] += step;
      }
    }
  }
  return demand;
}

/** By how much the correction should rise from a pixel to the next so that the copied step there looks natural. */
function seamStep(data: Uint8Array, sources: Int32Array, pixel: number, step: number, channel: number): number {
  const next = pixel + step;
  const here = sources[pixel];
  const there = sources[next];
  if (here < 0 && there < 0) return 0;
  if (here >= 0 && there >= 0 && there - here === step) return 0;
  const from = here < 0 ? pixel : here;
  const to = there < 0 ? next : there;
  const copied = data[to * 4 + channel] - data[from * 4 + channel];
  // What either side would have had there, had its own source gone on.
  let natural = 0;
  let sides = 0;
  const end = data.length / 4;
  if (here >= 0 && here + step < end) {
    natural += data[(here + step) * 4 + channel] - data[here * 4 + channel];
    sides++;
  }
  if (there >= 0 && there - step >= 0) {
    natural += data[there * 4 + channel] - data[(there - step) * 4 + channel];
    sides++;
  }
  return sides === 0 ? -copied : natural / sides - copied;
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
