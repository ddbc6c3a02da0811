import { constants } from 'node:fs';
import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AtelierError } from '../errors/atelier-error.ts';
import { tooManyBytes } from './too-large.ts';

/**
 * The bytes of a regular file, given by path or `file:` URL. With `roots` its real path, symbolic links resolved, must lie in one of them.
 * Throws `not-found`, `not-allowed`, `image-too-large`, or `image-invalid` for what is no regular file.
 */
export async function readFileWithin(
  reference: string,
  roots: readonly string[] | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  const path = toPath(reference);
  try {
    const real = await resolveWithin(path, reference, roots);
    // Looked at before it is opened: opening a device can have effects, and opening a pipe waits for a writer.
    checkKind(await stat(real), reference, maxBytes);
    const handle = await open(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
    try {
      // Looked at again, because another file may have taken its place in between.
      const { size } = checkKind(await handle.stat(), reference, maxBytes);
      return await readAll(handle, size);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw explain(error, reference);
  }
}

function toPath(reference: string): string {
  if (!/^file:/i.test(reference)) return resolve(reference);
  try {
    return fileURLToPath(reference);
  } catch (cause) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `${reference} is not the URL of a local file.`,
      hint: 'A file URL has three slashes: file:///home/me/photo.jpg.',
      cause,
    });
  }
}

async function resolveWithin(path: string, reference: string, roots: readonly string[] | undefined): Promise<string> {
  if (!roots) return realpath(path);
  const folders = roots.map((root) => resolve(root));
  const realFolders = await Promise.all(folders.map((folder) => realpath(folder).catch(() => folder)));
  // First by name alone, so that the answer does not tell which files exist outside.
  if (![...folders, ...realFolders].some((folder) => contains(folder, path))) throw outside(reference);
  const real = await realpath(path);
  if (!realFolders.some((folder) => contains(folder, real))) throw outside(reference);
  return real;
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !/^\.\.[/\\]/.test(way) && !isAbsolute(way);
}

function checkKind<Stats extends { isFile(): boolean; isDirectory(): boolean; size: number }>(
  stats: Stats,
  reference: string,
  maxBytes: number,
): Stats {
  if (!stats.isFile()) {
    throw new AtelierError({
      code: 'image-invalid',
      message: `${reference} is ${stats.isDirectory() ? 'a folder' : 'a pipe or device'}, not a picture file.`,
      hint: 'Pass the path of one picture file.',
    });
  }
  if (stats.size > maxBytes) throw tooManyBytes(stats.size, maxBytes);
  return stats;
}

/** At most the size seen before: a file that grows while it is read cannot fill the memory. */
async function readAll(handle: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await handle.read(bytes, length, size - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

const outside = (reference: string): AtelierError =>
  new AtelierError({
    code: 'not-allowed',
    message: `${reference} lies outside the folders that may be read.`,
    hint: 'Copy the picture into an allowed folder, or allow its folder.',
  });

function explain(error: unknown, reference: string): unknown {
  if (AtelierError.isInstance(error) || !(error instanceof Error)) return error;
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const hint = 'Check the path; relative paths start at the current folder.';
    return new AtelierError({ code: 'not-found', message: `There is no file ${reference}.`, hint, cause: error });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    const hint = "Check the file's permissions.";
    return new AtelierError({ code: 'not-allowed', message: `${reference} may not be read.`, hint, cause: error });
  }
  if (code === 'ENAMETOOLONG' || code === 'ERR_INVALID_ARG_VALUE') {
    const hint = 'Pass the path of a picture file.';
    return new AtelierError({
      code: 'invalid-input',
      message: 'The path is not one a file can have.',
      hint,
      cause: error,
    });
  }
  return new AtelierError({
    code: 'image-invalid',
    message: `${reference} cannot be read (${error.message}).`,
    cause: error,
  });
}
