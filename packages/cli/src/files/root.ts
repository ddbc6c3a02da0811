import { stat } from 'node:fs/promises';
import { AtelierError } from '@atelier/sdk/errors';

/** Throws `not-found` or `invalid-input` unless the path leads to a folder: a misspelt one would allow nothing, silently. */
export async function checkRoot(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return;
  throw new AtelierError({
    code: found ? 'invalid-input' : 'not-found',
    message: found ? `${path} is no folder.` : `There is no folder ${path}.`,
    hint: '--root names a folder that pictures may be opened from.',
    details: { path },
  });
}
