import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AtelierError } from '@atelier/sdk/errors';
import { decodeImage, type Image, readImageBytes } from '@atelier/sdk/image';

/** The picture of a command, read and decoded before anything heavier is loaded. */
export interface Photo {
  readonly image: Image;
  /** The file as it is. */
  readonly bytes: Uint8Array;
  /** The name without folder and ending, for the names of outputs. */
  readonly name: string;
  /** The file it was read from; undefined for a `data:` URL. */
  readonly file: string | undefined;
}

/** Throws `AtelierError`: `not-found`, `image-invalid`, `image-too-large`, `not-allowed`, with the `path` in its details. */
export async function readPhoto(path: string, signal: AbortSignal): Promise<Photo> {
  try {
    const bytes = await readImageBytes(path, { signal });
    const file = fileOf(path);
    const image = await decodeImage(bytes, { signal });
    return { image, bytes, name: file === undefined ? 'picture' : photoName(file), file };
  } catch (error) {
    if (!AtelierError.isInstance(error)) throw error;
    const shown = /^data:/i.test(path) ? {} : { path };
    throw new AtelierError({ ...error.toJSON(), cause: error, details: { ...shown, ...error.details } });
  }
}

function fileOf(path: string): string | undefined {
  if (/^data:/i.test(path)) return undefined;
  return /^file:/i.test(path) ? fileURLToPath(path) : path;
}

/** The name of a file without folder and ending, for the names of outputs. */
export function photoName(path: string): string {
  const file = basename(path);
  const name = file.slice(0, file.length - extname(file).length).replace(/\p{Cc}/gu, '_');
  return name.slice(0, 100) || 'picture';
}
