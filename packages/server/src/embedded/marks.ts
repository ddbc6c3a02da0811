import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { identityOf, isRunning, parseIdentity } from './process-identity.ts';

/** A file that says "this process is here", for others that look into the folder. */
export interface Mark {
  readonly name: string;
  readonly path: string;
  remove(): Promise<void>;
}

const pattern = /^[0-9a-f-]{36}\.json$/;
/** Milliseconds. Marks of other machines (or containers) that share the folder count as long as they are touched. */
const touchEvery = 5000;
const freshFor = 30_000;

/** Whole from the moment it is there, and there until it is removed or its process has ended. */
export async function putMark(folder: string): Promise<Mark> {
  const name = `${randomUUID()}.json`;
  const path = join(folder, name);
  const aside = `${path}.tmp`;
  try {
    await writeFile(aside, JSON.stringify(await identityOf(process.pid)), { flag: 'wx', mode: 0o600 });
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  const touching = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, touchEvery);
  touching.unref();
  return {
    name,
    path,
    async remove() {
      clearInterval(touching);
      await rm(path, { force: true });
    },
  };
}

/** Whose process runs, in the order of their names. Marks of the dead are removed. */
export async function livingMarks(folder: string): Promise<string[]> {
  const living: string[] = [];
  for (const name of (await readdir(folder)).sort()) {
    if (!pattern.test(name)) continue;
    const path = join(folder, name);
    const state = await stateOf(path);
    if (state === 'living') living.push(name);
    if (state === 'dead') await rm(path, { force: true });
  }
  return living;
}

/** Whether a living mark was put by another machine, which cannot use the same server. */
export async function hasForeignMark(folder: string): Promise<boolean> {
  for (const name of await livingMarks(folder)) {
    const host = (await readMark(join(folder, name)))?.host;
    if (host !== undefined && host !== hostname()) return true;
  }
  return false;
}

async function stateOf(path: string): Promise<'living' | 'dead' | 'gone'> {
  const info = await stat(path).catch(() => undefined);
  if (!info) return 'gone';
  const identity = await readMark(path);
  if (!identity) return 'dead';
  if (identity.host !== hostname()) return Date.now() - info.mtimeMs < freshFor ? 'living' : 'dead';
  return (await isRunning(identity)) ? 'living' : 'dead';
}

async function readMark(path: string) {
  try {
    return parseIdentity(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}
