import { AtelierError } from '../errors/atelier-error.ts';
import { unlessAborted } from './abort.ts';
import type { Box, Size } from './geometry.ts';
import { loadSharp } from './load-sharp.ts';
import type { Pixels } from './pixels.ts';

export interface ResizeOptions {
  /** `lanczos3` for photographs (default), `cubic` (Catmull-Rom) for less ringing, `nearest` for hard edges. */
  readonly kernel?: 'lanczos3' | 'cubic' | 'nearest';
  readonly signal?: AbortSignal | undefined;
}

/** A copy of the part of the picture under a box with whole-pixel edges that lies inside it; throws `invalid-input` otherwise. */
export function cropPixels(pixels: Pixels, box: Box): Pixels & { readonly data: Uint8Array<ArrayBuffer> } {
  const { x, y, width, height } = box;
  const whole = [x, y, width, height].every(Number.isInteger);
  if (!whole || x < 0 || y < 0 || width < 1 || height < 1 || x + width > pixels.width || y + height > pixels.height) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `The box (${x}, ${y}, ${width} x ${height}) is no whole-pixel part of a picture of ${pixels.width} x ${pixels.height}.`,
    });
  }
  const data = new Uint8Array(width * height * 4);
  for (let row = 0; row < height; row++) {
    const start = ((y + row) * pixels.width + x) * 4;
    data.set(pixels.data.subarray(start, start + width * 4), row * width * 4);
  }
  return { width, height, data };
}

/**
 * The picture at another size, computed off the main thread. The sides are scaled independently; see `fitInside` to keep the proportions.
 * Colour is weighted by alpha, so that what lies under transparent pixels does not bleed into the visible ones.
 */
export async function resizePixels(pixels: Pixels, size: Size, options: ResizeOptions = {}): Promise<Pixels> {
  const { kernel = 'lanczos3', signal } = options;
  const { width, height } = size;
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new AtelierError({ code: 'invalid-input', message: `A picture cannot be resized to ${width} x ${height}.` });
  }
  signal?.throwIfAborted();
  if (width === pixels.width && height === pixels.height) return pixels;
  const raw = { width: pixels.width, height: pixels.height, channels: 4 } as const;
  const sharp = await loadSharp();
  const work = sharp(pixels.data, { raw, limitInputPixels: false })
    // sharp premultiplies around a resize by itself.
    .resize({ width, height, fit: 'fill', kernel, fastShrinkOnLoad: false })
    .raw()
    .toBuffer();
  const data = await unlessAborted(work, signal);
  return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}

/** The size with the same proportions whose longer side is at most `longestSide`, in whole pixels, never enlarged and never under 1. */
export function fitInside(size: Size, longestSide: number): Size {
  const scale = Math.min(1, longestSide / Math.max(size.width, size.height));
  return { width: Math.max(1, Math.round(size.width * scale)), height: Math.max(1, Math.round(size.height * scale)) };
}
