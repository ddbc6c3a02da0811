import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeImage, type Image, readImageBytes } from '@atelier/sdk/image';

/** The picture of a command, read and decoded before anything heavier is loaded. */
export interface Photo {
  readonly image: Image;
  /** The name without folder and ending, for the names of outputs. */
  readonly name: string;
  /** The file it was read from; undefined for a `data:` URL. */
  readonly file: string | undefined;
}

/** Throws `AtelierError`: `not-found`, `image-invalid`, `image-too-large`, `not-allowed`. */
export async function readPhoto(path: string, signal: AbortSignal): Promise<Photo> {
  const bytes = await readImageBytes(path, { signal });
  const file = fileOf(path);
  return { image: await decodeImage(bytes, { signal }), name: file === undefined ? 'picture' : nameOf(file), file };
}

function fileOf(path: string): string | undefined {
  if (/^data:/i.test(path)) return undefined;
  return /^file:/i.test(path) ? fileURLToPath(path) : path;
}

function nameOf(path: string): string {
  const file = basename(path);
  const name = file.slice(0, file.length - extname(file).length).replace(/\p{Cc}/gu, '_');
  return name.slice(0, 100) || 'picture';
}
