import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes beside the target and renames, so that a reader sees the old file or the new one, and a crash leaves no half file. */
export const writeFileWhole = (path: string, bytes: Uint8Array | string): Promise<void> =>
  writeAside(path, bytes, (temporary) => rename(temporary, path));

/** The same, but never over an existing file: of several writers exactly one is told `true`. */
export async function writeNewFileWhole(path: string, bytes: Uint8Array | string): Promise<boolean> {
  let written = true;
  await writeAside(path, bytes, async (temporary) => {
    try {
      await link(temporary, path);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      written = false;
    }
    await rm(temporary);
  });
  return written;
}

async function writeAside(
  path: string,
  bytes: Uint8Array | string,
  publish: (temporary: string) => Promise<void>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await publish(temporary);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** True for "there is no such file". */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
