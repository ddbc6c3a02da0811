import { mkdir, readdir, realpath, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AtelierError } from '@atelier/sdk/errors';
import { notWritable } from '../../files/not-writable.ts';
import { type FolderLock, lockFolder, lockPattern } from './lock.ts';

/** A folder that a batch writes into, and nobody else meanwhile. */
export interface BatchFolder extends FolderLock {
  /** Absolute, without links. */
  readonly path: string;
}

/** What is written beside a file before it takes its place; a batch that was killed leaves it there. */
const halfWritten = /\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.tmp$/;

/** Makes the folder where it is missing, and locks it. Throws `conflict`, `output-not-writable`. */
export async function openFolder(shown: string): Promise<BatchFolder> {
  try {
    await mkdir(shown, { recursive: true });
    const path = await realpath(shown);
    return { path, ...(await lockFolder(path, shown)) };
  } catch (cause) {
    if (AtelierError.isInstance(cause)) throw cause;
    const system = cause instanceof Error ? cause.message.split(',')[0] : String(cause);
    throw notWritable(shown, { system, cause }, 'Write somewhere else with -o.');
  }
}

/** Takes away what an earlier batch had not finished writing. @param names files of the batch */
export async function removeHalfWritten(folder: string, names: readonly string[]): Promise<void> {
  const ours = new Set(names);
  for (const name of await readdir(folder)) {
    if (!halfWritten.test(name)) continue;
    const whole = name.replace(halfWritten, '');
    const path = join(folder, name);
    if (ours.has(whole) || (lockPattern.test(whole) && (await isOld(path)))) await rm(path, { force: true });
  }
}

/** Others may be writing their lock at this moment. */
const isOld = async (path: string): Promise<boolean> =>
  Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now()) > 10_000;
