import { randomUUID } from 'node:crypto';
import { lstat, open, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { encodeImage, type Pixels } from '@atelier/sdk/image';
import { notWritable } from './not-writable.ts';
import type { Photo } from './photo.ts';
import { formatOf, longestSide, type PictureFormat } from './picture-format.ts';

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
export async function checkOutput(path: string, photo: Photo, allowed?: readonly PictureFormat[]): Promise<OutputFile> {
  const format = formatOf(path, allowed);
  const absolute = resolve(path);
  const { width, height } = photo.image;
  if (Math.max(width, height) > longestSide[format]) {
    throw notWritable(path, 'too-large', `The picture measures ${width} x ${height}: write it as .png.`);
  }
  await checkTarget(path, absolute, photo);
  await checkFolder(path, dirname(absolute));
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
  const { writeFileWhole } = await import('@atelier/sdk');
  // WebP is written without loss: outside the mask nothing may change, in the file as in memory.
  const { bytes, lossy } = await encodeImage(picture, { format, lossless: format === 'webp' });
  try {
    await writeFileWhole(path, bytes);
  } catch (cause) {
    const hint = 'Check the disk and the folder, or write somewhere else with -o.';
    throw notWritable(shown, { system: reasonOf(cause), cause }, hint);
  }
  return { lossy, flattened: format === 'jpeg' && isTranslucent(picture) };
}

/** Whether a pixel is not fully opaque. */
export function isTranslucent({ data }: Pixels): boolean {
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] !== 255) return true;
  return false;
}

async function checkTarget(shown: string, path: string, photo: Photo): Promise<void> {
  const target = await stat(path).catch((cause: unknown) => {
    if (isMissing(cause)) return undefined;
    throw notWritable(shown, { system: reasonOf(cause), cause }, elsewhere);
  });
  if (!target) return;
  if (target.isDirectory())
    throw notWritable(shown, 'folder', `Name a file in it: ${join(shown, `${photo.name}.png`)}`);
  if (!target.isFile()) throw notWritable(shown, 'not-regular', 'Name a picture file.');
  const source = photo.file === undefined ? undefined : await stat(photo.file).catch(() => undefined);
  if (source && source.dev === target.dev && source.ino === target.ino) {
    throw notWritable(shown, 'photo', 'Choose another name.');
  }
}

/** By writing: permission bits do not tell about read-only disks, quotas or special folders. */
async function checkFolder(shown: string, folder: string): Promise<void> {
  const probe = join(folder, `.atelier-${randomUUID()}.tmp`);
  try {
    await (await open(probe, 'wx')).close();
  } catch (cause) {
    if (!isMissing(cause)) throw notWritable(shown, { system: reasonOf(cause), cause }, elsewhere);
    // Special folders (/proc) say the same of a file that cannot be made as of a folder that is not there.
    const exists = (await stat(folder).catch(() => undefined))?.isDirectory();
    if (exists) throw notWritable(shown, 'closed-folder', elsewhere);
    throw notWritable(shown, 'no-folder', `Create ${folder} first, or write somewhere else with -o.`);
  } finally {
    await rm(probe, { force: true }).catch(() => {});
  }
}

const elsewhere = 'Write somewhere else with -o.';

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** The system's words without its call and paths: "EACCES: permission denied". */
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message.split(',')[0] : String(error));
