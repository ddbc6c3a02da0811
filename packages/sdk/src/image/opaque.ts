import type { Pixels } from './pixels.ts';
import { inSlices, type SliceOptions } from './slices.ts';

/** Whether every pixel's alpha is 255. */
export async function isOpaque({ width, height, data }: Pixels, options: SliceOptions = {}): Promise<boolean> {
  let opaque = true;
  await inSlices(
    height,
    (from, to) => {
      for (let at = from * width * 4 + 3; opaque && at < to * width * 4; at += 4) opaque = data[at] === 255;
    },
    options,
  );
  return opaque;
}
