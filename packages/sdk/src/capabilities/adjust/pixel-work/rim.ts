import { regionShape } from './region.ts';

/** Cells across a square as large as the region. */
const cellsPerSide = 16;
/** Cells to each side that a cell looks at: nearer than this to the outline counts as rim. */
const reach = 2;
const innerShare = 0.2;

/**
 * How much a pixel tells about what the thing itself is made of, 0.2..1: a thing shows its surface along its outline,
 * while what lies deep inside may be its contents (the coffee in the cup, the face in the helmet).
 */
export function rimWeights(width: number, height: number, alpha: Uint8Array): (x: number, y: number) => number {
  const cell = Math.max(1, Math.round(regionShape(width, height, alpha).side / cellsPerSide));
  const [columns, rows] = [Math.ceil(width / cell), Math.ceil(height / cell)];
  const inside = cellMeans(width, height, alpha, cell, columns, rows);
  const weights = inside.map((_, index) => {
    const mean = meanAround(inside, index % columns, Math.floor(index / columns), columns, rows);
    const depth = Math.min(1, Math.max(0, (mean - 0.8) / 0.2));
    return 1 - (1 - innerShare) * depth;
  });
  return (x, y) => weights[Math.floor(y / cell) * columns + Math.floor(x / cell)];
}

/** Share of each cell that lies inside the region. */
function cellMeans(width: number, height: number, alpha: Uint8Array, cell: number, columns: number, rows: number) {
  const step = Math.max(1, Math.floor(cell / 8));
  const means = new Float32Array(columns * rows);
  for (let index = 0; index < means.length; index++) {
    const [left, top] = [(index % columns) * cell, Math.floor(index / columns) * cell];
    let [sum, count] = [0, 0];
    for (let y = top; y < Math.min(height, top + cell); y += step) {
      for (let x = left; x < Math.min(width, left + cell); x += step) {
        sum += alpha[y * width + x];
        count += 255;
      }
    }
    means[index] = sum / count;
  }
  return means;
}

/** Beyond the crop nothing is known; its edge cells are taken to go on. */
function meanAround(inside: Float32Array, column: number, row: number, columns: number, rows: number): number {
  let sum = 0;
  for (let y = row - reach; y <= row + reach; y++) {
    for (let x = column - reach; x <= column + reach; x++) {
      const [clampedX, clampedY] = [Math.min(columns - 1, Math.max(0, x)), Math.min(rows - 1, Math.max(0, y))];
      sum += inside[clampedY * columns + clampedX];
    }
  }
  return sum / (2 * reach + 1) ** 2;
}
