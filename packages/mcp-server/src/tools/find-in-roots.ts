import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, isAbsolute, join, normalize } from 'node:path';
import { AtelierError } from '@atelier/sdk/errors';

/**
 * The absolute path that a person's words for a file mean: absolute as it is, `~/...` below their home, and any other name inside
 * the one allowed folder that has it ("coffee.png", "Pictures/coffee.png"). Whether it may be read is checked by whoever reads.
 * Throws `not-found` where no folder has it, `invalid-input` where several do.
 */
export async function findInRoots(name: string, roots: readonly string[]): Promise<string> {
  if (isAbsolute(name)) return name;
  if (/^~[\\/]/.test(name)) return join(homedir(), name.slice(2));
  const [first, ...rest] = normalize(name).split(/[\\/]/);
  // Whether there is a file outside is nobody's business.
  if (first === '..') throw nowhere(name);
  // "Pictures/coffee.png", said of a folder that is called Pictures.
  const candidates = roots.flatMap((root) => [
    join(root, name),
    ...(rest.length > 0 && first === basename(root) ? [join(root, ...rest)] : []),
  ]);
  const found = (await Promise.all(candidates.map(async (path) => ((await exists(path)) ? path : [])))).flat();
  const [path, ...others] = new Set(found);
  if (path !== undefined && others.length === 0) return path;
  throw path === undefined ? nowhere(name) : several(name);
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const nowhere = (name: string): AtelierError =>
  new AtelierError({
    code: 'not-found',
    message: `There is no file "${name}" in the folders that may be read.`,
    hint: 'Check the name, or give the absolute path.',
  });

const several = (name: string): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message: `Several of the folders that may be read have a file "${name}".`,
    hint: 'Give the absolute path of the one that is meant.',
  });
