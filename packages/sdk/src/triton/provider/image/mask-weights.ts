import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Image } from '../../../image/image.ts';
import { isOpaque } from '../../../image/opaque.ts';
import { inSlices } from '../../../image/slices.ts';
import type { TritonImageOptions } from './image-options.ts';

/**
 * How much of each pixel may be repainted, 0..255, by what the mask means. Throws `InvalidArgumentError` for a mask of another
 * size than its picture, or one that selects nothing.
 */
export async function maskWeights(
  mask: Image,
  picture: Image,
  mode: NonNullable<TritonImageOptions['maskMode']>,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  if (mask.width !== picture.width || mask.height !== picture.height) {
    throw invalid(
      `The mask measures ${mask.width} x ${mask.height}, its picture ${picture.width} x ${picture.height}.`,
    );
  }
  const byAlpha = mode === 'transparent' || (mode === 'auto' && !(await isOpaque(mask, { signal })));
  const weights = new Uint8Array(mask.width * mask.height);
  let selects = false;
  await inSlices(
    mask.height,
    (from, to) => {
      for (let pixel = from * mask.width; pixel < to * mask.width; pixel++) {
        const at = pixel * 4;
        const weight = byAlpha ? 255 - channel(mask, at + 3) : luminance(mask, at);
        weights[pixel] = weight;
        selects ||= weight > 0;
      }
    },
    { signal },
  );
  if (selects) return weights;
  throw invalid(
    byAlpha
      ? 'The mask selects nothing: none of its pixels is transparent.'
      : 'The mask selects nothing: it has neither a white nor a transparent pixel.',
  );
}

const channel = (mask: Image, at: number): number => mask.data[at] ?? 0;

/** Rec. 601, in sixteenths of a bit; exact for greys. */
const luminance = (mask: Image, at: number): number =>
  (channel(mask, at) * 19_595 + channel(mask, at + 1) * 38_470 + channel(mask, at + 2) * 7_471 + 32_768) >> 16;

const invalid = (message: string): InvalidArgumentError =>
  new InvalidArgumentError({ argument: 'prompt.mask', message });
