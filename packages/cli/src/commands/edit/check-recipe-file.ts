import { readFile, stat } from 'node:fs/promises';
import { notWritable } from '../../files/not-writable.ts';
import type { PictureSource } from '../../files/picture-source.ts';
import { checkWritable } from '../../files/writable.ts';
import type { TextFile } from './edit-files.ts';

/** More is no recipe, and is not read. */
const mostBytes = 64 * 2 ** 20;

/**
 * Checks before any work that a recipe can be written there. An older recipe is replaced, and so is an empty file; what is
 * anything else stays. Throws `output-not-writable`.
 */
export async function checkRecipeFile(shown: string, picture: PictureSource): Promise<TextFile> {
  const path = await checkWritable(shown, { example: `${picture.name}.json`, source: picture.file });
  if (!(await isReplaceable(path))) throw notWritable(shown, 'not-recipe', 'Name another file with --recipe.');
  return { shown, path };
}

async function isReplaceable(path: string): Promise<boolean> {
  const size = (await stat(path).catch(() => undefined))?.size ?? 0;
  if (size === 0) return true;
  if (size > mostBytes) return false;
  try {
    const found: unknown = JSON.parse(await readFile(path, 'utf8'));
    // One of another version is a recipe too.
    return typeof found === 'object' && found !== null && 'format' in found && found.format === 'atelier-recipe';
  } catch {
    return false;
  }
}
