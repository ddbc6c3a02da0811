import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Writes beside the target and renames, so that a reader sees the old file or the new one, and a crash leaves no half file. */
export const writeFileWhole = (path: string, bytes: Uint8Array | string): Promise<void> =>
  writeAside(path, bytes, dirname(path), (temporary) => rename(temporary, path));

/** The same with the unfinished file in a folder of its own, which lies on the same file system. */
export const writeFileWholeVia = (folder: string, path: string, bytes: Uint8Array | string): Promise<void> =>
  writeAside(path, bytes, folder, (temporary) => rename(temporary, path));

/** The same, but never over an existing file: of several writers exactly one is told `true`. */
export async function writeNewFileWholeVia(folder: string, path: string, bytes: Uint8Array | string): Promise<boolean> {
  let written = true;
  await writeAside(path, bytes, folder, async (temporary) => {
    try {
      await link(temporary, path);
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
      written = false;
    }
    await rm(temporary, { force: true });
  });
  return written;
}

async function writeAside(
  path: string,
  bytes: Uint8Array | string,
  folder: string,
  publish: (temporary: string) => Promise<void>,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    await mkdir(dirname(path), { recursive: true });
    await mkdir(folder, { recursive: true });
    const temporary = join(folder, `${basename(path)}.${randomUUID()}.tmp`);
    try {
      await writeSynced(temporary, bytes);
      await publish(temporary);
      return;
    } catch (error) {
      await rm(temporary, { force: true });
      // Whoever is stopped for an hour in the middle of this (a laptop asleep) finds the file swept away: once more, then.
      if (!isMissing(error) || tries === 2) throw error;
    }
  }
}

async function writeSynced(path: string, bytes: Uint8Array | string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** True for "there is no such file". */
export const isMissing = (error: unknown): boolean => hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR');

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
