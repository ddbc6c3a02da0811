import { join } from 'node:path';
import { sha256OfFile } from './hash.ts';
import type { Journal } from './journal.ts';
import type { DoneEntry } from './journal-entry.ts';
import type { BatchItem } from './outcome.ts';

/** The result of a photo, where it is there, whole, and made of this photo by this recipe. */
export async function findDone(
  { input, photo, output }: BatchItem,
  { journal, folder, recipe, signal }: { journal: Journal; folder: string; recipe: string; signal: AbortSignal },
): Promise<DoneEntry | undefined> {
  const entries = journal.resultsOf(output).filter((entry) => entry.photo === photo && entry.recipe === recipe);
  if (entries.length === 0) return undefined;
  const found = await sha256OfFile(join(folder, output), signal);
  const same = entries.filter(({ outputSha256 }) => outputSha256 === found);
  if (same.length === 0) return undefined;
  const photoSha256 = await sha256OfFile(input, signal);
  return same.find((entry) => entry.photoSha256 === photoSha256);
}
