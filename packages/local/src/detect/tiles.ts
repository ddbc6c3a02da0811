import type { Box, Size } from '@atelier/sdk';

/** Sides a tile may differ by before squashing it to a square costs detections (measured: 1.7 works, 3 finds nothing). */
const longestAspect = 1.75;
/** Share of a tile that its neighbour sees too: whatever is smaller than this is whole in one of them. */
const overlap = 0.25;
/** Shorter side, in pixels, from which one row of tiles would shrink everyday things too much. */
const twoRowsFrom = 1000;
/** All tiles together with the one of the whole picture: 12 take about 2 s. */
const mostTiles = 12;

/**
 * Where to look: always the whole picture first, then, where it is wide, tall or large, overlapping near-square tiles
 * that cover it. Whole pixels; at most 12.
 */
export function planTiles(size: Size): readonly Box[] {
  const whole = { x: 0, y: 0, width: size.width, height: size.height };
  const wide = size.width >= size.height;
  const short = Math.min(size.width, size.height);
  const long = Math.max(size.width, size.height);
  const { rows, columns } = chooseGrid(short, long);
  if (rows * columns === 1) return [whole];
  const tiles = spread(short, rows).flatMap((across) =>
    spread(long, columns).map((along) => (wide ? { along, across } : { along: across, across: along })),
  );
  return [
    whole,
    ...tiles.map(({ along, across }) => ({
      x: along.start,
      y: across.start,
      width: along.length,
      height: across.length,
    })),
  ];
}

/** Two rows for a large picture, unless it is so long that its tiles would then be far from square. */
function chooseGrid(short: number, long: number): { rows: number; columns: number } {
  for (const rows of short >= twoRowsFrom ? [2, 1] : [1]) {
    const longest = tileLength(short, rows) * longestAspect;
    const most = Math.floor((mostTiles - 1) / rows);
    for (let columns = 1; columns <= most; columns++) {
      if (tileLength(long, columns) <= longest) return { rows, columns };
    }
  }
  return { rows: 1, columns: mostTiles - 1 };
}

const tileLength = (total: number, count: number): number => total / (1 + (count - 1) * (1 - overlap));

/** `count` overlapping stretches of whole pixels that cover 0..total. */
function spread(total: number, count: number): readonly { start: number; length: number }[] {
  const length = Math.min(total, Math.ceil(tileLength(total, count)));
  return Array.from({ length: count }, (_, index) => ({
    start: count === 1 ? 0 : Math.round((index * (total - length)) / (count - 1)),
    length,
  }));
}
