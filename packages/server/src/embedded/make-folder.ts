import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a folder and those above it. Node's own way never ends where a parent takes no folders, as in /proc. */
export async function makeFolder(path: string, mode: number): Promise<void> {
  const code = await tryToMake(path, mode);
  if (code === undefined) return;
  if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
  if (code !== 'ENOENT' || dirname(path) === path) throw failed(path, code);
  await makeFolder(dirname(path), mode);
  const again = await tryToMake(path, mode);
  if (again !== undefined && again !== 'EEXIST') throw failed(path, again);
}

async function tryToMake(path: string, mode: number): Promise<string | undefined> {
  try {
    await mkdir(path, { mode });
    return undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  }
}

const failed = (path: string, code: string): Error => Object.assign(new Error(`${code}: mkdir ${path}`), { code });
