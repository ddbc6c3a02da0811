import type { PolarGrid } from './polar-grid.ts';

/**
 * Joins the two ends of a rim across what hides it: every row of cells from `firstRow` outwards runs evenly from the
 * colour at one end to that at the other, so the rim's profile of gloss and shade stays sharp all the way.
 */
export function bridgeRim(grid: PolarGrid, firstRow: number): PolarGrid {
  const { rows, columns } = grid;
  const colour = Float32Array.from(grid.colour);
  const known = Float32Array.from(grid.known);
  for (let row = firstRow; row < rows; row++) {
    const start = row * columns;
    const first = grid.known.subarray(start, start + columns).findIndex((value) => value > 0);
    if (first < 0) continue;
    let before = first;
    for (let step = 1; step <= columns; step++) {
      const column = (first + step) % columns;
      if (grid.known[start + column] === 0) continue;
      const gap = (column - before + columns) % columns || columns;
      for (let inside = 1; inside < gap; inside++) {
        const share = inside / gap;
        const cell = start + ((before + inside) % columns);
        for (let channel = 0; channel < 3; channel++) {
          colour[cell * 3 + channel] =
            (1 - share) * colour[(start + before) * 3 + channel] + share * colour[(start + column) * 3 + channel];
        }
        known[cell] = 1;
      }
      before = column;
    }
  }
  return { ...grid, colour, known };
}
