import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { AtelierError } from '@atelier/sdk/errors';
import { sha256OfFile } from './hash.ts';
import type { Journal } from './journal.ts';
import type { BatchItem } from './outcome.ts';
import { batchWords } from './words.ts';

const words = batchWords('en');

/** `details.problem` of the error. */
export const notOurs = 'not-ours';

/**
 * Throws `output-not-writable` where the file of a result holds something that the batch did not write there for this photo:
 * a result that was changed by hand, or a file that came there meanwhile.
 * @param made SHA-256 of what is about to be written; left out before it is made. With no result on record only this can tell:
 * a journal may have been lost or put back.
 */
export async function refuseOthers(
  { photo, output }: BatchItem,
  { journal, folder, signal }: { readonly journal: Journal; readonly folder: string; readonly signal: AbortSignal },
  made?: string,
): Promise<void> {
  const path = join(folder, output);
  const results = journal.resultsOf(output).filter((entry) => entry.photo === photo);
  if (made === undefined && results.length === 0) return;
  // Also a link that leads nowhere is somebody's.
  if (!(await lstat(path).catch(() => undefined))) return;
  const found = await sha256OfFile(path, signal);
  if (found !== undefined && [made, ...results.map((entry) => entry.outputSha256)].includes(found)) return;
  throw new AtelierError({
    code: 'output-not-writable',
    message: words.notOurs(path),
    hint: words.moveAway,
    details: { path, problem: notOurs },
  });
}
