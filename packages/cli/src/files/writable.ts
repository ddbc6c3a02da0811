import { randomUUID } from 'node:crypto';
import { open, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { notWritable } from './not-writable.ts';

interface WritableOptions {
  /** A file name, for the hint where a folder was named instead. */
  readonly example: string;
  /** The file that was read, which is never overwritten. */
  readonly source?: string | undefined;
}

/** Checks before any work that a file can be written, and returns its absolute path. Throws `output-not-writable`. */
export async function checkWritable(shown: string, { example, source }: WritableOptions): Promise<string> {
  const path = resolve(shown);
  const target = await stat(path).catch((cause: unknown) => {
    if (isMissing(cause)) return undefined;
    throw notWritable(shown, { system: reasonOf(cause), cause }, elsewhere);
  });
  if (target) {
    if (target.isDirectory()) throw notWritable(shown, 'folder', `Name a file in it: ${join(shown, example)}`);
    if (!target.isFile()) throw notWritable(shown, 'not-regular', 'Name a file.');
    const read = source === undefined ? undefined : await stat(source).catch(() => undefined);
    if (read && read.dev === target.dev && read.ino === target.ino) {
      throw notWritable(shown, 'photo', 'Choose another name.');
    }
  }
  await checkFolder(shown, dirname(path));
  return path;
}

/** Writes the file whole or not at all. Throws `output-not-writable`. */
export async function writeOutput(path: string, shown: string, content: Uint8Array | string): Promise<void> {
  const { writeFileWhole } = await import('@atelier/sdk');
  try {
    await writeFileWhole(path, content);
  } catch (cause) {
    const hint = 'Check the disk and the folder, or write somewhere else with -o.';
    throw notWritable(shown, { system: reasonOf(cause), cause }, hint);
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
