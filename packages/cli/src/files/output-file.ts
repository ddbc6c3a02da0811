import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { encodeImage, type Pixels } from '@atelier/sdk/image';
import { notWritable } from './not-writable.ts';
import { formatOf, longestSide, type PictureFormat } from './picture-format.ts';
import type { PictureSource } from './picture-source.ts';
import { checkWritable, writeOutput } from './writable.ts';

/** A file that will be written, known to be writable. */
export interface OutputFile {
  /** As the person would write it. */
  readonly shown: string;
  /** Absolute. */
  readonly path: string;
  readonly url: string;
  readonly format: PictureFormat;
}

/**
 * Checks a file before any work is done for it. Throws `UsageError` for a format that is not written, and
 * `output-not-writable` for a folder, a missing or read-only place, or the photo itself.
 */
export async function checkOutput(
  path: string,
  source: PictureSource,
  allowed?: readonly PictureFormat[],
): Promise<OutputFile> {
  const format = formatOf(path, allowed);
  const { width, height } = source.image;
  if (Math.max(width, height) > longestSide[format]) {
    throw notWritable(path, 'too-large', `The picture measures ${width} x ${height}: write it as .png.`);
  }
  const absolute = await checkWritable(path, { example: `${source.name}.png`, source: source.file });
  return { shown: path, path: absolute, url: pathToFileURL(absolute).href, format };
}

/** `NAME-suffix.png` in the folder (default: the current one), or the first free `NAME-suffix-2.png`, `-3`, ... */
export async function freeName(name: string, suffix: string, folder = '.'): Promise<string> {
  for (let number = 1; ; number++) {
    const file = join(folder, `${name}-${suffix}${number === 1 ? '' : `-${number}`}.png`);
    if (!(await lstat(file).catch(() => undefined))) return file;
  }
}

/** What a file does not keep of the picture in memory. */
export interface Loss {
  /** The file may decode to other pixels. */
  readonly lossy: boolean;
  /** The picture has transparency and the format has none. */
  readonly flattened: boolean;
}

/** Writes the picture whole or not at all. */
export async function writePicture({ path, shown, format }: OutputFile, picture: Pixels): Promise<Loss> {
  // WebP is written without loss: outside the mask nothing may change, in the file as in memory.
  const { bytes, lossy } = await encodeImage(picture, { format, lossless: format === 'webp' });
  await writeOutput(path, shown, bytes);
  return { lossy, flattened: format === 'jpeg' && isTranslucent(picture) };
}

/** Whether a pixel is not fully opaque. */
export function isTranslucent({ data }: Pixels): boolean {
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] !== 255) return true;
  return false;
}
