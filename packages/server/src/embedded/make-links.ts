import { lstat, readFile, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What paths in the list begin with. */
const root = 'native/';

/**
 * Makes the links between libraries that npm packages cannot carry, as their list says; the script of the package that would
 * do so is not run. Several processes may do it at once.
 */
export async function makeLinks(native: string): Promise<void> {
  for (const { source, target } of await linksOf(native)) {
    const path = join(native, target.slice(root.length));
    if (await lstat(path).catch(() => undefined)) continue;
    // Relative, so that the folder can be moved or copied.
    await symlink(basename(source), path).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
  }
}

async function linksOf(native: string): Promise<{ source: string; target: string }[]> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list)) return [];
  return list.filter(
    (item) =>
      typeof item?.source === 'string' &&
      typeof item.target === 'string' &&
      dirname(item.source) === dirname(item.target) &&
      item.target.startsWith(root) &&
      !item.target.includes('..'),
  );
}
