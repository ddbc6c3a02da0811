import type { PolarGrid } from './polar-grid.ts';

/** Cells darker than this sum of three channels have no telling hue; they are kept, as shade of any material. */
const darkest = 75;
/** Least tolerance around the typical hue, as a share of a colour's sum. */
const leastTolerance = 0.06;
/** The share of the visible surface that must be of one hue. */
const leastShare = 0.5;
/** Surfaces whose hue scatters more than this are of no one material. */
const mostSpread = 0.05;
/** The share of the disc that must be seen: less of it says too little about the rest. */
const leastKnown = 0.3;
/** From this distance on (1 = rim) only columns count where the rim is seen. */
const rimZone = 0.9;
/** Columns on either side of an unseen stretch of rim that are left out with it, in degrees. */
const rimMargin = 2;
/** Half the stretch along the rim over which known cells are averaged, in degrees. */
const smoothing = 1.5;

/**
 * Keeps what shows the disc itself and drops what lies on it: cells of another hue (shading changes brightness, not
 * hue), and stretches of rim where something hides it. Undefined when the disc is not mostly of one hue.
 */
export function keepMaterial(grid: PolarGrid, seen: Uint8Array): PolarGrid | undefined {
  const { rows, columns, colour } = grid;
  const rimRow = firstRimRow(grid);
  const typical = typicalHue(grid, rimRow);
  if (typical === undefined) return undefined;
  const known = Float32Array.from(grid.known);
  let kept = 0;
  let all = 0;
  let visible = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column;
      if (known[cell] === 0) continue;
      if (row >= rimRow) {
        known[cell] = seenThere(seen, (column / columns) * 360) ? 1 : 0;
        continue;
      }
      visible += row;
      if (isDark(colour, cell)) continue;
      all += row;
      if (isOf(typical, colour, cell)) kept += row;
      else known[cell] = 0;
    }
  }
  // Rows count by their radius, as areas do.
  const area = (columns * rimRow * (rimRow - 1)) / 2;
  if (visible < leastKnown * area || kept < leastShare * all) return undefined;
  const clean = { ...grid, known: withoutSpecks(known, rows, columns) };
  return { ...clean, colour: smoothAlong(clean) };
}

/** The row where the rim begins. */
export function firstRimRow({ rows, reach }: PolarGrid): number {
  return Math.floor((rimZone / reach) * (rows - 1));
}

interface Hue {
  readonly red: number;
  readonly green: number;
  readonly tolerance: number;
}

function typicalHue({ columns, colour, known }: PolarGrid, rimRow: number): Hue | undefined {
  const reds: number[] = [];
  const greens: number[] = [];
  for (let cell = 0; cell < rimRow * columns; cell += 7) {
    const sum = colour[cell * 3] + colour[cell * 3 + 1] + colour[cell * 3 + 2];
    if (known[cell] === 0 || sum < 2 * darkest) continue;
    reds.push(colour[cell * 3] / sum);
    greens.push(colour[cell * 3 + 1] / sum);
  }
  if (reds.length < 50) return undefined;
  const red = median(reds);
  const green = median(greens);
  const spread = median(reds.map((value, index) => Math.abs(value - red) + Math.abs(greens[index] - green)));
  if (spread > mostSpread) return undefined;
  return { red, green, tolerance: Math.max(leastTolerance, 3 * spread) };
}

function isDark(colour: Float32Array, cell: number): boolean {
  return colour[cell * 3] + colour[cell * 3 + 1] + colour[cell * 3 + 2] < darkest;
}

function isOf(hue: Hue, colour: Float32Array, cell: number): boolean {
  const sum = colour[cell * 3] + colour[cell * 3 + 1] + colour[cell * 3 + 2];
  const distance = Math.abs(colour[cell * 3] / sum - hue.red) + Math.abs(colour[cell * 3 + 1] / sum - hue.green);
  // The darker a colour, the less its hue is worth.
  return distance <= hue.tolerance * (1 + (1.5 * darkest) / sum);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function seenThere(seen: Uint8Array, degree: number): boolean {
  let count = 0;
  for (let step = -rimMargin; step <= rimMargin; step++) count += seen[(Math.round(degree) + step + 360) % 360];
  return count > rimMargin;
}

/** Drops cells whose neighbourhood is mostly dropped: small spots say nothing about the surface. */
function withoutSpecks(known: Float32Array, rows: number, columns: number): Float32Array {
  const kept = Float32Array.from(known);
  for (let row = 1; row < rows - 1; row++) {
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column;
      if (known[cell] === 0) continue;
      let count = 0;
      for (let v = -1; v <= 1; v++) {
        for (let u = -2; u <= 2; u++) count += known[(row + v) * columns + ((column + u + columns) % columns)];
      }
      if (count < 9) kept[cell] = 0;
    }
  }
  return kept;
}

/** Means along the rim: the last known cell before the hole would else be drawn out into a streak. */
function smoothAlong({ rows, columns, colour, known }: PolarGrid): Float32Array {
  const half = Math.max(1, Math.round((smoothing / 360) * columns));
  const smooth = new Float32Array(colour.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column;
      if (known[cell] === 0) continue;
      let total = 0;
      for (let step = -half; step <= half; step++) {
        const near = row * columns + ((column + step + columns) % columns);
        if (known[near] === 0) continue;
        for (let channel = 0; channel < 3; channel++) smooth[cell * 3 + channel] += colour[near * 3 + channel];
        total++;
      }
      for (let channel = 0; channel < 3; channel++) smooth[cell * 3 + channel] /= total;
    }
  }
  return smooth;
}
