import type { Pixels } from './pixels.ts';
import { inSlices, type SliceOptions } from './slices.ts';

/** A copy of the pixels, made in slices. */
export async function copyPixels({ width, height, data }: Pixels, options: SliceOptions = {}): Promise<Uint8Array> {
  const copy = new Uint8Array(data.length);
  const stride = width * 4;
  await inSlices(height, (from, to) => copy.set(data.subarray(from * stride, to * stride), from * stride), options);
  return copy;
}
