import type { Metadata, Sharp } from 'sharp';
import { AtelierError } from '../errors/atelier-error.ts';
import { unlessAborted } from './abort.ts';
import { isSrgbProfile } from './icc.ts';
import { Image } from './image.ts';
import { loadSharp } from './load-sharp.ts';
import { withoutCompressedText } from './png-text.ts';
import { type ImageMediaType, sniffImage } from './sniff.ts';
import { tooManyBytes } from './too-large.ts';

export interface DecodeOptions {
  /** Largest width times height, told by the header before any pixel is read. Default 100,000,000. */
  readonly maxPixels?: number | undefined;
  /** Largest file, in bytes. Default 128 MiB. */
  readonly maxBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export const defaultMaxPixels = 100_000_000;
export const defaultMaxBytes = 128 * 1024 * 1024;

/** Warnings of decoders about files that many cameras write and every viewer shows without a fault. */
const harmlessWarning =
  /^$|invalid SOS parameters for sequential JPEG|extraneous bytes before marker|unknown Adobe color transform/i;

/**
 * Reads PNG, JPEG, WebP, AVIF and the first frame of GIF into upright sRGB pixels, off the main thread.
 * The format is told by the bytes. EXIF orientation is applied, ICC profiles are converted to sRGB, 16 bits become 8, and metadata is dropped.
 *
 * Throws `image-invalid` (another kind of file, empty, cut off or damaged), `image-too-large` (over `maxBytes` or `maxPixels`),
 * or the signal's reason. A cut-off file is always an error, never a picture that ends in grey.
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeOptions = {}): Promise<Image> {
  const { maxPixels = defaultMaxPixels, maxBytes = defaultMaxBytes, signal } = options;
  signal?.throwIfAborted();
  if (bytes.length > maxBytes) throw tooManyBytes(bytes.length, maxBytes);
  const sniffed = sniffImage(bytes);
  if (!('mediaType' in sniffed)) {
    throw new AtelierError({
      code: 'image-invalid',
      message: `This is ${sniffed.looksLike}, not a picture that can be read.`,
      hint: sniffed.hint,
    });
  }
  const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return unlessAborted(decode(input, sniffed.mediaType, maxPixels, signal), signal);
}

async function decode(
  input: Buffer,
  mediaType: ImageMediaType,
  maxPixels: number,
  signal: AbortSignal | undefined,
): Promise<Image> {
  const readable = mediaType === 'image/png' ? withoutCompressedText(input) : input;
  const header = await readHeader(readable, mediaType);
  if (header.width * header.height > maxPixels) {
    throw tooLarge(`The picture measures ${header.width} x ${header.height}; the limit is ${maxPixels} pixels.`, {
      width: header.width,
      height: header.height,
      maxPixels,
    });
  }
  signal?.throwIfAborted();
  const { data, info } = await readPixels(readable, mediaType, header, maxPixels);
  signal?.throwIfAborted();
  const pixels = {
    width: info.width,
    height: info.height,
    data: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
  // A copy, because the caller owns the bytes that were passed and may use them again.
  const original = isFaithful(input, header) ? { bytes: new Uint8Array(input), mediaType } : undefined;
  return Image.fromPixels(pixels, original);
}

async function readHeader(input: Buffer, mediaType: ImageMediaType): Promise<Metadata> {
  try {
    const sharp = await loadSharp();
    return await sharp(input, { limitInputPixels: false, failOn: 'none' }).metadata();
  } catch (cause) {
    throw damaged(mediaType, cause);
  }
}

async function readPixels(input: Buffer, mediaType: ImageMediaType, header: Metadata, maxPixels: number) {
  const read = async (failOn: 'warning' | 'truncated') => {
    const picture = (await loadSharp())(input, { ...pictureOptions(header), failOn, limitInputPixels: maxPixels });
    return upright(picture, header).raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  };
  try {
    return await read('warning');
  } catch (cause) {
    const lines = cause instanceof Error ? cause.message.split('\n') : ['unknown'];
    if (!lines.every((line) => harmlessWarning.test(line.trim()))) throw damaged(mediaType, cause);
  }
  try {
    return await read('truncated');
  } catch (cause) {
    throw damaged(mediaType, cause);
  }
}

const hasSrgbProfile = (header: Metadata): boolean =>
  header.icc !== undefined && header.space === 'srgb' && isSrgbProfile(header.icc);

const pictureOptions = (header: Metadata) => ({ ignoreIcc: hasSrgbProfile(header), pages: 1 });

/** Turned as its orientation says, in sRGB, with an alpha channel. */
function upright(picture: Sharp, header: Metadata): Sharp {
  const turned = picture.autoOrient();
  // Pictures of 16 bits with a profile are worked on in Display P3; naming the output profile brings them back to sRGB.
  const foreign = header.depth === 'ushort' && header.icc !== undefined && !hasSrgbProfile(header);
  return (foreign ? turned.withIccProfile('srgb') : turned).toColourspace('srgb').ensureAlpha();
}

/** Whether anyone who reads the file's own bytes, knowing nothing of orientation, profiles or frames, sees the same picture. */
function isFaithful(input: Buffer, header: Metadata): boolean {
  const head = input.toString('latin1', 0, 4096);
  return (
    (header.orientation ?? 1) === 1 &&
    header.space === 'srgb' &&
    header.depth === 'uchar' &&
    (header.pages ?? 1) === 1 &&
    (header.icc === undefined || isSrgbProfile(header.icc)) &&
    // Animated PNG, and AVIF that is turned or mirrored by its container.
    !/acTL|irot|imir/.test(head)
  );
}

const formatNames = {
  'image/png': 'PNG',
  'image/jpeg': 'JPEG',
  'image/webp': 'WebP',
  'image/avif': 'AVIF',
  'image/gif': 'GIF',
} as const satisfies Record<ImageMediaType, string>;

const tooLarge = (message: string, details: Record<string, number>): AtelierError =>
  new AtelierError({
    code: 'image-too-large',
    message,
    hint: 'Make the picture smaller, or raise the limit.',
    details,
  });

function damaged(mediaType: ImageMediaType, cause: unknown): AtelierError {
  const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '').trim() : '';
  return new AtelierError({
    code: 'image-invalid',
    message: `This ${formatNames[mediaType]} file is damaged or was cut off${reason ? ` (${reason})` : ''}.`,
    hint: 'Open it in a picture viewer to check it, and copy or download it again.',
    cause,
  });
}
