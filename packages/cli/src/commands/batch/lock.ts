import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AtelierError } from '@atelier/sdk/errors';
import { z } from 'zod';
import { processStart } from './process-start.ts';

const ownerSchema = z.object({
  pid: z.number().int(),
  host: z.string(),
  /** When the process began, where the system tells: process ids are used again. */
  started: z.string().nullable(),
});
type Owner = z.infer<typeof ownerSchema>;

/** A folder that only this batch writes into. */
export interface FolderLock {
  release(): Promise<void>;
}

/** Names of locks: a file of its own for each batch: those of the dead can be taken away without ever touching a living one. */
export const lockPattern = /^\.atelier-batch\.[0-9a-f-]{36}\.lock$/;

const pollMs = 20;
/** Milliseconds; default of how long a folder that is in use is waited for: of several that begin at once one gets through. */
const usualWaitMs = 1000;

/**
 * Locks a folder by a file that names its owner. A batch first puts its file there and then looks at all of them: of two that
 * begin at once at least one sees the other, and whoever sees a living other does not begin. The files of processes that are
 * gone, killed or cut off from their power, are taken away. Throws `conflict` while another one runs, and what the file system
 * says where nothing can be written.
 * @param shown the folder, as the person wrote it
 */
export async function lockFolder(folder: string, shown: string, mostMs = usualWaitMs): Promise<FolderLock> {
  const name = `.atelier-batch.${randomUUID()}.lock`;
  const path = join(folder, name);
  const remove = () => rm(path, { force: true });
  const owner: Owner = { pid: process.pid, host: hostname(), started: await processStart(process.pid) };
  const deadline = performance.now() + mostMs;
  for (;;) {
    await put(path, owner);
    const others = await livingOthers(folder, name);
    const [first] = others;
    if (!first) return { release: remove };
    // The first by name waits for those that step back; the others do, and come again: so one of them gets through.
    if (performance.now() > deadline) {
      await remove();
      throw inUse(shown, join(folder, first.name), first.owner);
    }
    if (name > first.name) await remove();
    await wait(name > first.name ? pollMs + Math.random() * 4 * pollMs : pollMs);
  }
}

/** Whole from the moment it is there. */
async function put(path: string, owner: Owner): Promise<void> {
  const aside = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(aside, `${JSON.stringify(owner)}\n`, { flag: 'wx' });
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

/** In the order of their names. Those of the dead are removed. */
async function livingOthers(folder: string, mine: string) {
  const living: { readonly name: string; readonly owner: Owner }[] = [];
  for (const name of (await readdir(folder)).sort()) {
    if (name === mine || !lockPattern.test(name)) continue;
    const text = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const owner = parseOwner(text);
    if (owner && (await isAlive(owner))) living.push({ name, owner });
    else await rm(join(folder, name), { force: true });
  }
  return living;
}

/** Undefined for what a power cut left empty. */
function parseOwner(text: string): Owner | undefined {
  try {
    return ownerSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Of another machine nobody can tell: then it counts as alive. */
async function isAlive({ pid, host, started }: Owner): Promise<boolean> {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
  }
  return started === null || started === (await processStart(pid));
}

const inUse = (folder: string, path: string, { pid, host }: Owner): AtelierError =>
  new AtelierError({
    code: 'conflict',
    message: `Another batch writes into ${folder} (process ${pid} on ${host}).`,
    hint: `Wait until it has ended, or write into another folder with -o. If it no longer runs, remove ${path}.`,
    details: { folder, lock: path, pid, host },
    isRetryable: true,
  });
