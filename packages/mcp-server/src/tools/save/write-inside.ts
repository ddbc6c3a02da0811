import { randomUUID } from 'node:crypto';
import { lstat, mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AtelierError } from '@atelier/sdk/errors';
import { publishNew } from '../../files/publish-new.ts';

/**
 * Writes a file below a folder, whole or not at all, and returns its path. Follows no symbolic link below the folder, and
 * replaces nothing but a regular file, and that only with `overwrite`. Throws `output-not-writable`, `not-allowed`.
 * @param segments of a relative path, checked by `checkFileName`
 */
export async function writeInside(
  folder: string,
  segments: readonly string[],
  bytes: Uint8Array,
  { overwrite }: { readonly overwrite: boolean },
): Promise<string> {
  const shown = segments.join('/');
  try {
    // The folder itself may be a link: whoever runs the server named it.
    const root = await realpath(folder);
    await makeFolders(root, segments.slice(0, -1));
    const path = join(root, ...segments);
    await checkPlace(path, shown, overwrite);
    await writeWhole(path, bytes, overwrite);
    return path;
  } catch (error) {
    throw AtelierError.isInstance(error) ? error : notWritable(shown, error);
  }
}

/** One at a time: `mkdir -p` would walk through links. */
async function makeFolders(root: string, names: readonly string[]): Promise<void> {
  let folder = root;
  for (const name of names) {
    folder = join(folder, name);
    await mkdir(folder).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
    if (!(await lstat(folder)).isDirectory()) throw notAllowed(name);
  }
}

async function checkPlace(path: string, shown: string, overwrite: boolean): Promise<void> {
  // A case-insensitive or normalising file system may know the folder by another spelling; a link leads elsewhere.
  const folder = dirname(path);
  const real = await realpath(folder);
  if (real.normalize('NFC').toLowerCase() !== folder.normalize('NFC').toLowerCase()) throw notAllowed(shown);
  const there = await lstat(path).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (there === undefined) return;
  if (!there.isFile()) throw notAllowed(shown);
  if (!overwrite) throw alreadyThere(shown);
}

/** Beside the target, then under its name: whoever looks sees the old file or the new one. */
async function writeWhole(path: string, bytes: Uint8Array, overwrite: boolean): Promise<void> {
  const unfinished = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    const file = await open(unfinished, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    if (overwrite) await rename(unfinished, path);
    else if (!(await publishNew(unfinished, path))) throw alreadyThere(basename(path));
  } finally {
    await rm(unfinished, { force: true });
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

const alreadyThere = (shown: string): AtelierError =>
  new AtelierError({
    code: 'output-not-writable',
    message: `"${shown}" exists already. Nothing was written.`,
    hint: 'Choose another name, or ask the person whether it may be replaced and say overwrite: true.',
    details: { reason: 'exists' },
  });

const notAllowed = (shown: string): AtelierError =>
  new AtelierError({
    code: 'not-allowed',
    message: `"${shown}" is a link, or no ordinary file or folder. Nothing was written.`,
    hint: 'Choose another name.',
  });

/** Without the path: it may tell a remote caller more than the name it gave. */
const notWritable = (shown: string, cause: unknown): AtelierError =>
  new AtelierError({
    code: 'output-not-writable',
    message: `"${shown}" could not be written${cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''}.`,
    hint: 'The folder may be gone, full or read-only: whoever runs the server named it with --output.',
    cause,
  });
