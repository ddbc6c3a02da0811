import type { Pixels } from '../../../image/pixels.ts';
import { inSlices } from '../../../image/slices.ts';
import { turnedBack } from '../../shared/reframe.ts';
import type { Frame } from '../operation.ts';

/** Places compared along one side: enough for a mean, spread over the whole picture. */
const places = 160;

/**
 * Mean absolute difference, 0..255, of the new picture to the old one at the places its pixels should have come from, read
 * between the four nearest pixels: small where the picture was turned and cut as `frame` says, large anywhere else.
 */
export async function differenceAfterTurn(
  before: Pixels,
  after: Pixels,
  { angle, crop }: Frame,
  signal?: AbortSignal,
): Promise<number> {
  const back = turnedBack(before, angle);
  const [columns, rows] = [Math.min(places, after.width), Math.min(places, after.height)];
  let sum = 0;
  const compareRow = (row: number): void => {
    const y = Math.floor(((row + 0.5) / rows) * after.height);
    for (let column = 0; column < columns; column++) {
      const x = Math.floor(((column + 0.5) / columns) * after.width);
      const source = back({ x: crop.x + x + 0.5, y: crop.y + y + 0.5 });
      for (let channel = 0; channel < 4; channel++)
        sum += Math.abs(
          between(before, source.x - 0.5, source.y - 0.5, channel) - after.data[(y * after.width + x) * 4 + channel],
        );
    }
  };
  const work = (from: number, to: number): void => {
    for (let row = from; row < to; row++) compareRow(row);
  };
  await inSlices(rows, work, { signal });
  return sum / (columns * rows * 4);
}

function between({ width, height, data }: Pixels, x: number, y: number, channel: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const at = (column: number, row: number): number =>
    data[(Math.min(height - 1, Math.max(0, row)) * width + Math.min(width - 1, Math.max(0, column))) * 4 + channel];
  const upper = at(left, top) + (at(left + 1, top) - at(left, top)) * (x - left);
  const lower = at(left, top + 1) + (at(left + 1, top + 1) - at(left, top + 1)) * (x - left);
  return upper + (lower - upper) * (y - top);
}
