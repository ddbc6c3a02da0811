import { join } from 'node:path';
import type { Backend, Recipe } from '@atelier/sdk';
import { encodeImage } from '@atelier/sdk/image';
import { notWritable } from '../../files/not-writable.ts';
import { readPhoto } from '../../files/photo.ts';
import { longestSide, type PictureFormat } from '../../files/picture-format.ts';
import { writeOutput } from '../../files/writable.ts';
import { refuseCleared } from '../edit/transparency.ts';
import { sha256 } from './hash.ts';
import type { Journal } from './journal.ts';
import type { DoneEntry } from './journal-entry.ts';
import type { BatchItem } from './outcome.ts';
import { refuseOthers } from './refuse-others.ts';

export interface MakeOptions {
  readonly backends: readonly Backend[];
  readonly recipe: Recipe;
  readonly recipeSha256: string;
  readonly folder: string;
  readonly format: PictureFormat;
  readonly journal: Journal;
  /** Writes over the file whosever it is. */
  readonly again: boolean;
  readonly signal: AbortSignal;
  /** Share of the photo's work that is done, 0..1. */
  readonly progress: (fraction: number) => void;
  /** Called with the photo's SHA-256 once it is read. */
  readonly onRead: (photoSha256: string) => void;
}

/** Applies the recipe to one photo and writes the result, whole or not at all, into the journal and then into its file. */
export async function makeResult(item: BatchItem, options: MakeOptions): Promise<DoneEntry> {
  const { backends, recipe, folder, format, journal, signal, progress } = options;
  const { input, photo, output } = item;
  const { image, bytes } = await readPhoto(input, signal);
  const photoSha256 = sha256(bytes);
  options.onRead(photoSha256);
  // Before the work, as nobody likes to wait for a refusal.
  if (!options.again) await refuseOthers(item, options);
  const { atelier } = await import('@atelier/sdk');
  // A studio of its own, so that no picture is kept in memory once its turn is over.
  const session = atelier({ backends }).session({ image });
  const { image: result, edits, verified } = await session.apply(recipe, { signal, progress });
  const shown = join(folder, output);
  if (Math.max(result.width, result.height) > longestSide[format]) {
    throw notWritable(shown, 'too-large', `The picture measures ${result.width} x ${result.height}: write PNG.`);
  }
  refuseCleared({ format, shown }, result, edits);
  const written = await encodeImage(result, { format, lossless: format === 'webp' });
  const entry: DoneEntry = {
    kind: 'done',
    photo,
    photoSha256,
    recipe: options.recipeSha256,
    output,
    outputSha256: sha256(written.bytes),
    verified,
    reasons: edits.flatMap((edit) => (edit.verified.ok ? [] : [edit.verified.reason])),
  };
  // The work may have taken hours.
  if (!options.again) await refuseOthers(item, options, entry.outputSha256);
  signal.throwIfAborted();
  await journal.add(entry);
  await writeOutput(shown, shown, written.bytes);
  journal.settle(entry);
  return entry;
}
