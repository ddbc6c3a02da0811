import { statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { EncodeOptions } from '@atelier/sdk/image';
import { UsageError } from '../usage-error.ts';
import { notWritable } from './not-writable.ts';

export type PictureFormat = EncodeOptions['format'];

const formats: Readonly<Record<string, PictureFormat>> = {
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.webp': 'webp',
};

/** The format that a file's name asks for. Throws `UsageError` for any other ending, `output-not-writable` for a folder. */
export function formatOf(path: string, allowed: readonly PictureFormat[] = ['png', 'jpeg', 'webp']): PictureFormat {
  const extension = extname(path).toLowerCase();
  const format = formats[extension];
  if (format && allowed.includes(format)) return format;
  if (/[/\\]$/.test(path) || statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw notWritable(path, 'folder', `Name a file in it: ${join(path, 'picture.png')}`);
  }
  const endings = Object.keys(formats).filter((ending) => allowed.includes(formats[ending]));
  const reason = format
    ? 'JPEG has no transparency'
    : extension === ''
      ? 'its name has no ending'
      : `pictures are not written as ${extension}`;
  throw new UsageError(`${path} cannot be written: ${reason}`, `use a name that ends in ${endings.join(', ')}`);
}

/** Longest side a file of this format can hold, in pixels. */
export const longestSide: Readonly<Record<PictureFormat, number>> = { png: 2 ** 31 - 1, jpeg: 65_535, webp: 16_383 };

/** Whether a name ends like that of a picture that can be read. */
export const isPictureName = (name: string): boolean => /\.(png|jpe?g|webp|avif|gif|tiff?|svg|heic|heif)$/i.test(name);
