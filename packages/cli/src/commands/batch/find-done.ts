import { join } from 'node:path';
import { sha256OfFile } from './hash.ts';
import type { DoneEntry, Journal } from './journal.ts';
import type { BatchItem } from './outcome.ts';

/** The result of a photo, where it is there, whole, and made of this photo by this recipe. */
export async function findDone(
  { input, photo, output }: BatchItem,
  { journal, folder, recipe, signal }: { journal: Journal; folder: string; recipe: string; signal: AbortSignal },
): Promise<DoneEntry | undefined> {
  const entry = journal.doneOf(output);
  if (!entry || entry.photo !== photo || entry.recipe !== recipe) return undefined;
  if ((await sha256OfFile(join(folder, output), signal)) !== entry.outputSha256) return undefined;
  return (await sha256OfFile(input, signal)) === entry.photoSha256 ? entry : undefined;
}
