import { readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AtelierError } from '@atelier/sdk/errors';

/** Endings of pictures that can be read. */
const readable = /\.(png|jpe?g|webp|avif|gif)$/i;

/**
 * The photos that a command line names, as absolute paths, each once: files as they are, folders as the pictures that lie in
 * them, in the order of their names. A file that is not there stays in the list: it fails by itself.
 * @param isOurs whether a file is a result of this batch; those are no photos where only their folder was named
 */
export async function expandPhotos(
  written: readonly string[],
  isOurs: (path: string) => boolean,
): Promise<readonly string[]> {
  const photos = new Set<string>();
  for (const path of written) {
    const found = await stat(path).catch(() => undefined);
    if (!found?.isDirectory()) photos.add(await realpath(path).catch(() => resolve(path)));
    else for (const photo of await picturesIn(path)) if (!isOurs(photo)) photos.add(photo);
  }
  return [...photos];
}

async function picturesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder).catch((cause: unknown) => {
    throw new AtelierError({
      code: 'not-allowed',
      message: `${folder} cannot be read.`,
      hint: 'Check the permissions of the folder.',
      details: { path: folder },
      cause,
    });
  });
  const names = entries.filter((name) => readable.test(name) && !name.startsWith('.')).sort();
  const real = await realpath(folder);
  const files: string[] = [];
  for (const name of names) {
    if ((await stat(join(real, name)).catch(() => undefined))?.isFile()) files.push(join(real, name));
  }
  return files;
}
