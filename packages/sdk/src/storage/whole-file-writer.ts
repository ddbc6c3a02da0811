import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, writeFileWholeVia, writeNewFileWholeVia } from './write-file-whole.ts';

/** Writes files that are there whole or not at all. */
export interface WholeFileWriter {
  write(path: string, bytes: Uint8Array | string): Promise<void>;
  /** Never over an existing file: of several writers, from any number of processes, exactly one is told `true`. */
  writeNew(path: string, bytes: Uint8Array | string): Promise<boolean>;
}

/** Milliseconds. No write takes an hour: what lies unfinished for longer was left behind by a process that was killed. */
const abandonedAfter = 60 * 60 * 1000;

/**
 * A writer for files anywhere under `folder`, which is one file system. Unfinished files lie in `FOLDER/.writing`; what
 * killed processes left there is swept with the first write and then once an hour, never what is being written.
 */
export function wholeFileWriter(folder: string): WholeFileWriter {
  const unfinished = join(folder, '.writing');
  let sweptAt = Number.NEGATIVE_INFINITY;
  const sweep = async (): Promise<void> => {
    if (performance.now() - sweptAt < abandonedAfter) return;
    sweptAt = performance.now();
    await sweepAbandoned(unfinished);
  };
  return {
    async write(path, bytes) {
      await sweep();
      await writeFileWholeVia(unfinished, path, bytes);
    },
    async writeNew(path, bytes) {
      await sweep();
      return writeNewFileWholeVia(unfinished, path, bytes);
    },
  };
}

async function sweepAbandoned(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  if (names.length === 0) return;
  const now = await fileSystemTime(folder);
  for (const name of names) {
    const path = join(folder, name);
    // Another process may sweep as well, or have finished this one.
    const written = await stat(path).catch(() => undefined);
    if (written && now - written.mtimeMs > abandonedAfter) await rm(path, { force: true });
  }
}

/** Files on a shared drive carry its clock, which need not be this machine's. */
async function fileSystemTime(folder: string): Promise<number> {
  const path = join(folder, `${randomUUID()}.tmp`);
  await mkdir(folder, { recursive: true });
  await writeFile(path, '');
  const { mtimeMs } = await stat(path);
  await rm(path, { force: true });
  return mtimeMs;
}
