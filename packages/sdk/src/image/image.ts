import { createHash } from 'node:crypto';
import { AtelierError } from '../errors/atelier-error.ts';
import type { Pixels } from './pixels.ts';
import { inSlices } from './slices.ts';

/** A picture file as it came, kept where decoding it changes nothing but its form. */
export interface EncodedImage {
  readonly bytes: Uint8Array;
  /** `image/png`, `image/jpeg`, `image/webp`, `image/avif`, `image/gif`. */
  readonly mediaType: string;
}

/**
 * A decoded picture: upright (EXIF orientation applied), sRGB, 8 bits a channel, RGBA.
 * Immutable by contract: nobody writes into `data`. Made by `decodeImage` and `Image.fromPixels`.
 */
export class Image implements Pixels {
  /** `img_` + 32 hex digits of SHA-256 over size and pixels: equal pictures have equal ids. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** RGBA, interleaved, row-major. */
  readonly data: Uint8Array;
  /** The file's own bytes, present only where the file was already upright and sRGB. */
  readonly original: EncodedImage | undefined;

  private constructor(id: string, pixels: Pixels, original: EncodedImage | undefined) {
    this.id = id;
    this.width = pixels.width;
    this.height = pixels.height;
    this.data = pixels.data;
    this.original = original;
  }

  /** Hashes in short slices, so that the event loop stays free. Throws `invalid-input` when the data does not fit the size. */
  static async fromPixels(pixels: Pixels, original?: EncodedImage): Promise<Image> {
    const { width, height, data } = pixels;
    if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
      throw new AtelierError({ code: 'invalid-input', message: `An image cannot measure ${width} x ${height}.` });
    }
    if (data.length !== width * height * 4) {
      throw new AtelierError({
        code: 'invalid-input',
        message: `${width} x ${height} RGBA pixels take ${width * height * 4} bytes; ${data.length} were given.`,
      });
    }
    return new Image(await imageId(pixels), pixels, original);
  }
}

/** SHA-256 over `WIDTHxHEIGHT:` and the pixels' own SHA-256, so that no two sizes share a preimage. */
async function imageId({ width, height, data }: Pixels): Promise<string> {
  // In slices on this thread: WebCrypto copies its input before it starts, which alone holds the event loop for 20 ms at 12 megapixels.
  const pixels = createHash('sha256');
  await inSlices(height, (from, to) => {
    pixels.update(data.subarray(from * width * 4, to * width * 4));
  });
  const digest = createHash('sha256').update(`${width}x${height}:`).update(pixels.digest()).digest('hex');
  return `img_${digest.slice(0, 32)}`;
}
