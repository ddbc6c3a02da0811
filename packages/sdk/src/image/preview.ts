import { encodeImage } from './encode.ts';
import { isOpaque } from './opaque.ts';
import type { Pixels } from './pixels.ts';
import { fitInside, resizePixels } from './resize.ts';
import { inSlices } from './slices.ts';

export interface Preview {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/jpeg' | 'image/png';
}

export interface PreviewOptions {
  /** Most bytes. Default 256 KiB. Under 8 KiB even the smallest copy may take more. */
  readonly maxBytes?: number | undefined;
  /** Most pixels of the longer side. Default 768. */
  readonly maxSide?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Pixels of the longer side. */
export const longestPreviewSide = 768;
/** Bytes: 256 KiB. */
export const mostPreviewBytes = 256 * 1024;
/** A picture inside this square is kept without loss: even noise in it takes fewer bytes than a preview may have. */
const losslessSide = 256;
const qualities = [85, 70, 55, 40];
/** Smaller pictures show nothing any more: where they take too many bytes, that is how it is. */
const smallestSide = 64;

/**
 * A small copy for looking at: by default the longest side is at most 768 pixels, and it takes at most 256 KiB, whatever the
 * picture. Transparent parts are laid on a light chequerboard, because those who look at pictures with alpha see them on black, on white, or not at all.
 */
export async function previewOf(image: Pixels, options: PreviewOptions = {}): Promise<Preview> {
  const { signal, maxBytes = mostPreviewBytes, maxSide = longestPreviewSide } = options;
  for (let side = maxSide; ; side = Math.floor(side * 0.75)) {
    const small = await onChequerboard(await resizePixels(image, fitInside(image, side), { signal }), signal);
    const longer = Math.max(small.width, small.height);
    if (longer <= losslessSide) {
      const { bytes } = await encodeImage(small, { format: 'png', signal });
      if (bytes.length <= maxBytes) return { bytes, mediaType: 'image/png' };
    }
    for (const quality of qualities) {
      const { bytes } = await encodeImage(small, { format: 'jpeg', quality, signal });
      if (bytes.length <= maxBytes || longer <= smallestSide) return { bytes, mediaType: 'image/jpeg' };
    }
  }
}

/** Two greys that neither white nor black disappears on. */
const greys = [232, 200] as const;

async function onChequerboard(pixels: Pixels, signal: AbortSignal | undefined): Promise<Pixels> {
  if (await isOpaque(pixels, { signal })) return pixels;
  const { width, height } = pixels;
  const data = new Uint8Array(pixels.data.length);
  const cell = Math.max(4, Math.round(Math.max(width, height) / 48));
  const paintRow = (y: number): void => {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      const alpha = pixels.data[at + 3];
      const grey = greys[(Math.floor(x / cell) + Math.floor(y / cell)) % 2 === 0 ? 0 : 1];
      for (let channel = 0; channel < 3; channel++) {
        data[at + channel] = Math.round((pixels.data[at + channel] * alpha + grey * (255 - alpha)) / 255);
      }
      data[at + 3] = 255;
    }
  };
  await inSlices(
    height,
    (from, to) => {
      for (let y = from; y < to; y++) paintRow(y);
    },
    { signal },
  );
  return { width, height, data };
}
