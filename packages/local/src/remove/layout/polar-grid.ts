import type { Pixels } from '@atelier/sdk/image';
import { rimPoint } from './ellipse.ts';
import { type Outline, stretchAt } from './trace-rim.ts';

/** A disc unrolled: one row a distance from the centre, one column an angle. Columns wrap around. */
export interface PolarGrid {
  readonly rows: number;
  readonly columns: number;
  /** Distance of the last row from the centre; 1 = on the rim. */
  readonly reach: number;
  /** Three interleaved colours a cell; meaningless where unknown. */
  readonly colour: Float32Array;
  /** Trust in a cell: 0 = unknown. */
  readonly known: Float32Array;
}

const mostRows = 320;
const mostColumns = 1536;
/** Pixels that touch the hole often hold a remnant of what was there. */
const shyness = 2;

/** Unrolls the picture inside an outline, and `beyond` pixels around it. */
export function unroll(pixels: Pixels, hole: Uint8Array, outline: Outline, beyond: number): PolarGrid {
  const { ellipse } = outline;
  const { width, height, data } = pixels;
  const reach = 1 + beyond / ellipse.across;
  const rows = Math.min(mostRows, Math.ceil(ellipse.along * reach) + 1);
  const columns = 4 * Math.min(mostColumns / 4, Math.ceil((Math.PI / 2) * ellipse.along));
  const colour = new Float32Array(rows * columns * 3);
  const known = new Float32Array(rows * columns);
  for (let column = 0; column < columns; column++) {
    const turn = (column / columns) * 2 * Math.PI;
    const rim = rimPoint(ellipse, turn);
    const stretch = stretchAt(outline, turn);
    for (let row = 0; row < rows; row++) {
      const share = (row / (rows - 1)) * reach * stretch;
      const x = ellipse.x + share * (rim.x - ellipse.x);
      const y = ellipse.y + share * (rim.y - ellipse.y);
      const left = Math.floor(x);
      const top = Math.floor(y);
      if (left < shyness || top < shyness || left >= width - 1 - shyness || top >= height - 1 - shyness) continue;
      const pixel = top * width + left;
      if (nearHole(hole, width, pixel)) continue;
      const cell = row * columns + column;
      known[cell] = 1;
      const u = x - left;
      const v = y - top;
      for (let channel = 0; channel < 3; channel++) {
        const at = pixel * 4 + channel;
        const above = data[at] + u * (data[at + 4] - data[at]);
        const below = data[at + width * 4] + u * (data[at + width * 4 + 4] - data[at + width * 4]);
        colour[cell * 3 + channel] = above + v * (below - above);
      }
    }
  }
  return { rows, columns, reach, colour, known };
}

/** Whether the hole reaches any corner of the square around a pixel. */
function nearHole(hole: Uint8Array, width: number, pixel: number): boolean {
  const above = pixel - shyness * width;
  const below = pixel + (shyness + 1) * width;
  return (
    hole[above - shyness] +
      hole[above + shyness + 1] +
      hole[below - shyness] +
      hole[below + shyness + 1] +
      hole[pixel] >
    0
  );
}
