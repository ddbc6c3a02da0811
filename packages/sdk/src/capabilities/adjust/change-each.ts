import { compositeInto } from '../../image/composite.ts';
import { copyPixels } from '../../image/copy.ts';
import type { Box } from '../../image/geometry.ts';
import { Image } from '../../image/image.ts';
import type { Pixels } from '../../image/pixels.ts';
import { cropPixels } from '../../image/resize.ts';
import { byteTable, translateBytes } from '../../image/translate.ts';
import type { AlphaRegion } from '../shared/alpha.ts';

const fullWhereSet = byteTable((weight) => (weight === 0 ? 0 : 255));

/**
 * Has each part of a crop changed by itself. A part is cut out before: twenty cars are not twenty times the street. `box` is the
 * crop's; all boxes are in pixels of the picture.
 */
export async function changeEach(
  crop: Pixels,
  box: Box,
  parts: readonly AlphaRegion[],
  change: (image: Image, alpha: Uint8Array) => Promise<Pixels>,
  signal?: AbortSignal,
): Promise<Pixels> {
  const now = { width: crop.width, height: crop.height, data: await copyPixels(crop, { signal }) };
  for (const part of parts) {
    const place = { ...part.box, x: part.box.x - box.x, y: part.box.y - box.y };
    const image = await Image.fromPixels(cropPixels(now, place));
    const changed = await change(image, part.alpha);
    const kept = await translateBytes(part.alpha, fullWhereSet, signal);
    paste(now, await compositeInto(image, changed, { x: 0, y: 0 }, kept, signal), place);
  }
  return now;
}

/** Copies rows of RGBA pixels, as they are, to their place. */
function paste(onto: Pixels, data: Uint8Array, { x, y, width, height }: Box): void {
  for (let row = 0; row < height; row++) {
    onto.data.set(data.subarray(row * width * 4, (row + 1) * width * 4), ((y + row) * onto.width + x) * 4);
  }
}
