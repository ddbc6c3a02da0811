import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

interface Dated {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Looked up at once: thousands in the same moment hold up everything else. */
const batch = 64;

/** Names of files in a folder by when they were written, the latest first. Empty for a folder that is not there. */
export async function newestFiles(folder: string, isWanted: (name: string) => boolean): Promise<readonly string[]> {
  const names = (await readdir(folder).catch(() => [])).filter(isWanted);
  const dated: Dated[] = [];
  for (let start = 0; start < names.length; start += batch) {
    const some = names.slice(start, start + batch);
    dated.push(...(await Promise.all(some.map(async (name) => ({ name, at: await writtenAt(join(folder, name)) })))));
  }
  return dated.sort((a, b) => b.at - a.at).map(({ name }) => name);
}

/** Removes the oldest files of a folder beyond so many. Never rejects: what stays goes the next time. */
export async function keepNewest(folder: string, most: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  if (names.length <= most) return;
  for (const name of (await newestFiles(folder, () => true)).slice(most))
    await rm(join(folder, name), { force: true }).catch(() => {});
}

const writtenAt = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
