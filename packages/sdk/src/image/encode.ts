import { AtelierError } from '../errors/atelier-error.ts';
import { unlessAborted } from './abort.ts';
import type { EncodedImage } from './image.ts';
import { loadSharp } from './load-sharp.ts';
import { isOpaque } from './opaque.ts';
import type { Pixels } from './pixels.ts';

export interface EncodeOptions {
  readonly format: 'png' | 'jpeg' | 'webp';
  /** 1..100, for JPEG and lossy WebP. Default 90. */
  readonly quality?: number;
  /** WebP without loss. Default false; PNG is always without loss. */
  readonly lossless?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface Encoded extends EncodedImage {
  /** True when decoding may give other pixels than were encoded. */
  readonly lossy: boolean;
}

const largestSide = { png: 2 ** 31 - 1, jpeg: 65_535, webp: 16_383 } as const;

/**
 * Writes a picture without any metadata, off the main thread. PNG and lossless WebP decode to the same pixels, colour under alpha 0 included.
 * JPEG has no alpha: translucent pixels are laid on white. Throws `invalid-input` for a quality outside 1..100 or a side the format cannot hold.
 */
export async function encodeImage(image: Pixels, options: EncodeOptions): Promise<Encoded> {
  const { format, quality = 90, lossless = false, signal } = options;
  checkOptions(image, format, quality);
  signal?.throwIfAborted();
  const opaque = await isOpaque(image, { signal });
  const sharp = await loadSharp();
  const raw = sharp(image.data, {
    raw: { width: image.width, height: image.height, channels: 4 },
    limitInputPixels: false,
  });
  const picture = opaque ? raw.removeAlpha() : raw;
  const encoder = {
    // Half the default settings' bytes in little more than their time (12 megapixels: 0.6 s).
    png: () => picture.png({ compressionLevel: 3, adaptiveFiltering: true }),
    jpeg: () => picture.flatten({ background: '#fff' }).jpeg({ quality, chromaSubsampling: '4:4:4' }),
    webp: () => picture.webp(lossless ? { lossless: true, exact: true, effort: 2 } : { quality, effort: 3 }),
  }[format];
  const bytes = await unlessAborted(encoder().toBuffer(), signal);
  return {
    bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length),
    mediaType: `image/${format}`,
    lossy: format === 'jpeg' || (format === 'webp' && !lossless),
  };
}

function checkOptions(image: Pixels, format: EncodeOptions['format'], quality: number): void {
  if (!(format in largestSide)) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `Pictures are not written as ${format}.`,
      hint: 'Use png, jpeg or webp.',
    });
  }
  if (!Number.isInteger(quality) || quality < 1 || quality > 100) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `The quality must be a whole number from 1 to 100, not ${quality}.`,
    });
  }
  if (Math.max(image.width, image.height) > largestSide[format]) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `A ${format} file cannot hold ${image.width} x ${image.height} pixels; its longest side is ${largestSide[format]}.`,
      hint: 'Write it as png.',
    });
  }
}
