import type { PolarGrid } from './polar-grid.ts';

/** How many sweeps every level gets; the coarsest gets more. */
const sweeps = 12;
const coarsestSweeps = 200;
/** Where the rim begins to rule: inside of this share colours spread evenly, from the second on mostly along the rim. */
const innerRule = 0.72;
const outerRule = 0.9;
/** How much better colours spread along the rim than across it. */
const alongRim = 20;

/**
 * Gives unknown cells a smooth continuation of the known ones (a membrane). Things that are round are alike along their
 * rim, so near it colours spread along much more than across, which carries the profile of the rim on unblurred.
 */
export function diffuse(grid: PolarGrid): Float32Array {
  const { rows, columns, known } = grid;
  const value = new Float32Array(grid.colour.length);
  const start = rows > 8 && columns > 16 ? expand(grid) : undefined;
  const mean = meanOf(grid);
  for (let cell = 0; cell < known.length; cell++) {
    for (let channel = 0; channel < 3; channel++) {
      const at = cell * 3 + channel;
      value[at] = known[cell] > 0 ? grid.colour[at] : (start?.[at] ?? mean[channel]);
    }
  }
  const weights = weightsOf(grid);
  for (let pass = 0; pass < (start === undefined ? coarsestSweeps : sweeps); pass++) relax(grid, value, weights);
  return value;
}

function expand(grid: PolarGrid): Float32Array {
  const coarse = coarsen(grid);
  const found = diffuse(coarse);
  const value = new Float32Array(grid.colour.length);
  for (let row = 0; row < grid.rows; row++) {
    for (let column = 0; column < grid.columns; column++) {
      const from = ((row >> 1) * coarse.columns + (column >> 1)) * 3;
      const to = (row * grid.columns + column) * 3;
      for (let channel = 0; channel < 3; channel++) value[to + channel] = found[from + channel];
    }
  }
  return value;
}

function coarsen(grid: PolarGrid): PolarGrid {
  const rows = (grid.rows + 1) >> 1;
  const columns = (grid.columns + 1) >> 1;
  const colour = new Float32Array(rows * columns * 3);
  const known = new Float32Array(rows * columns);
  for (let row = 0; row < grid.rows; row++) {
    for (let column = 0; column < grid.columns; column++) {
      const cell = row * grid.columns + column;
      if (grid.known[cell] === 0) continue;
      const parent = (row >> 1) * columns + (column >> 1);
      known[parent]++;
      for (let channel = 0; channel < 3; channel++) colour[parent * 3 + channel] += grid.colour[cell * 3 + channel];
    }
  }
  for (let cell = 0; cell < known.length; cell++) {
    for (let channel = 0; channel < 3; channel++) colour[cell * 3 + channel] /= Math.max(1, known[cell]);
  }
  return { rows, columns, reach: grid.reach, colour, known };
}

interface Weights {
  /** Per row, towards either neighbour in the same row. */
  readonly along: Float32Array;
  /** Per row, towards the next row out. */
  readonly outwards: Float32Array;
}

function weightsOf({ rows, columns, reach }: PolarGrid): Weights {
  const along = new Float32Array(rows);
  const outwards = new Float32Array(rows);
  const step = reach / (rows - 1);
  const turn = (2 * Math.PI) / columns;
  for (let row = 0; row < rows; row++) {
    const share = Math.max(row, 0.5) * step;
    const rule = Math.min(1, Math.max(0, (share - innerRule) / (outerRule - innerRule)));
    along[row] = (step / (share * turn)) * (1 + alongRim * rule * rule);
    outwards[row] = ((row + 0.5) * step * turn) / step;
  }
  return { along, outwards };
}

function relax({ rows, columns, known }: PolarGrid, value: Float32Array, { along, outwards }: Weights): void {
  const stride = columns * 3;
  for (let row = 0; row < rows; row++) {
    const inner = row > 0 ? outwards[row - 1] : 0;
    const outer = row < rows - 1 ? outwards[row] : 0;
    const total = 2 * along[row] + inner + outer;
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column;
      if (known[cell] > 0) continue;
      const left = column > 0 ? cell - 1 : cell + columns - 1;
      const right = column < columns - 1 ? cell + 1 : cell - columns + 1;
      for (let channel = 0; channel < 3; channel++) {
        const at = cell * 3 + channel;
        let sum = along[row] * (value[left * 3 + channel] + value[right * 3 + channel]);
        if (inner > 0) sum += inner * value[at - stride];
        if (outer > 0) sum += outer * value[at + stride];
        value[at] += 1.5 * (sum / total - value[at]);
      }
    }
  }
}

function meanOf({ colour, known }: PolarGrid): readonly number[] {
  const sum = [0, 0, 0];
  let count = 0;
  for (let cell = 0; cell < known.length; cell++) {
    if (known[cell] === 0) continue;
    for (let channel = 0; channel < 3; channel++) sum[channel] += colour[cell * 3 + channel];
    count++;
  }
  return sum.map((value) => value / Math.max(1, count));
}
