import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Gives a finished file its name, whole or not at all, and never over another one: of several writers exactly one is told `true`.
 * False where the name is taken. The unfinished file must lie on the same file system; removing it is the caller's.
 *
 * Where there are no hard links (exFAT, some network and FUSE file systems) the name is taken by an empty file and that is replaced:
 * then others may see it empty for a moment, which `readPublished` waits out, but never in half.
 */
export async function publishNew(unfinished: string, path: string): Promise<boolean> {
  try {
    await link(unfinished, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    // File systems have many words for "I have no hard links": whatever else is wrong is wrong for the other way, too.
    return publishByRename(unfinished, path);
  }
}

async function publishByRename(unfinished: string, path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx', 0o600)).close();
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
  await rename(unfinished, path).catch(async (error: unknown) => {
    await rm(path, { force: true });
    throw error;
  });
  return true;
}

/** How long a name may stand before its file is whole, in milliseconds; then its writer has died between the two. */
const longestMs = 1000;

/** What `publishNew` put there. Empty only where its writer died in the middle. Rejects as `readFile` does. */
export async function readPublished(path: string): Promise<Buffer> {
  for (const until = performance.now() + longestMs; ; ) {
    const bytes = await readFile(path);
    if (bytes.length > 0 || performance.now() > until) return bytes;
    await pause(10);
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
