import type { Box, Size } from '../image/geometry.ts';
import { Mask } from '../image/mask.ts';
import type { Pixels } from '../image/pixels.ts';
import { inSlices } from '../image/slices.ts';

/** How two pictures of one size differ, pixel by pixel. */
export interface PixelChange {
  /** Pixels that differ in any of the four channels. */
  readonly pixels: number;
  /** The same as a share of all pixels, 0..1. */
  readonly share: number;
  /** The smallest box around them; null where nothing differs. */
  readonly box: Box | null;
  /** Mean over all pixels and the four channels of the absolute difference, 0..255. */
  readonly mean: number;
  /** The largest difference of any channel, 0..255. */
  readonly largest: number;
}

/** Null where the sizes differ: there is no telling which pixel became which. In slices, so that the event loop stays free. */
export async function comparePixels(
  a: Pixels,
  b: Pixels,
  signal?: AbortSignal,
): Promise<{ readonly change: PixelChange; readonly mask: Mask } | null> {
  if (!sameSize(a, b)) return null;
  const { width, height } = a;
  const differs = new Uint8Array(width * height);
  let [sum, largest] = [0, 0];
  const compareRow = (y: number): void => {
    for (let pixel = y * width; pixel < (y + 1) * width; pixel++) {
      for (let at = pixel * 4; at < pixel * 4 + 4; at++) {
        const difference = Math.abs(a.data[at] - b.data[at]);
        if (difference === 0) continue;
        differs[pixel] = 1;
        sum += difference;
        if (difference > largest) largest = difference;
      }
    }
  };
  const work = (from: number, to: number): void => {
    for (let y = from; y < to; y++) compareRow(y);
  };
  await inSlices(height, work, { signal });
  const mask = new Mask(width, height, differs);
  const { area, bounds } = mask;
  const size = width * height;
  const change = { pixels: area, share: area / size, box: bounds ?? null, mean: sum / (size * 4), largest };
  return { change, mask };
}

const sameSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;
