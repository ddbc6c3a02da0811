import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recipe } from '@atelier/sdk';
import { backendOptions, backendsNamed, chooseBackends } from '../../backends.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { BatchOutput } from '../../json-output.ts';
import { withBackends } from '../../studio/open-backends.ts';
import { UsageError } from '../../usage-error.ts';
import type { Command, CommandContext, Finished } from '../command.ts';
import { BatchProgress } from './batch-progress.ts';
import { type BatchRequest, readBatchRequest } from './batch-request.ts';
import { batchText } from './batch-text.ts';
import { expandPhotos } from './expand-photos.ts';
import { findDone } from './find-done.ts';
import { sha256 } from './hash.ts';
import { Journal, journalName } from './journal.ts';
import { nameOutputs } from './name-outputs.ts';
import { openFolder, removeHalfWritten } from './open-folder.ts';
import type { BatchItem, BatchOutcome } from './outcome.ts';
import { readRecipe } from './read-recipe.ts';
import { countOutcomes, describeOutcome, fromFolder, reportName, writeReport } from './report.ts';
import { runJobs } from './run-jobs.ts';
import { batchWords } from './words.ts';

export const batch: Command = {
  name: 'batch',
  summary: 'Do to many photos what was done to one',
  usage: 'RECIPE PHOTOS... -o FOLDER',
  about: [
    'Applies a recipe, as atelier edit --recipe writes it, to each photo. A folder stands for the pictures that lie in it, not for those in folders below.',
    "Results are FOLDER/NAME.png; where two photos have one name, or the file is somebody else's, it gets a number (-2, -3, ...). Each is written whole or not at all. FOLDER/atelier-batch.json says what became of each photo.",
    'A photo that fails does not stop the others. Running the same command again does only what is missing, has failed, or whose photo or recipe has changed: also after Ctrl-C, a crash or a power cut.',
    'A result that you changed by hand, or a file of yours in its place, is never written over: that photo fails until you rename or move the file, or say --again.',
  ],
  options: [
    { name: 'output', short: 'o', value: 'FOLDER', help: 'Where to write; made where it is missing' },
    { name: 'suffix', value: 'WORD', help: 'Behind each name: NAME-WORD.png' },
    { name: 'format', value: 'png|webp|jpg', help: 'Form of the results: png (default) and webp are lossless' },
    { name: 'jobs', value: 'N', help: 'Photos at a time (default: 2, on one processor 1)' },
    { name: 'again', help: 'Does everything anew, also over results that were changed by hand' },
    ...backendOptions,
  ],
  examples: [
    { line: 'atelier edit one.jpg "make the cup blue" --recipe blue.json', does: 'writes a recipe' },
    { line: 'atelier batch blue.json photos -o blue', does: 'does the same to all in photos' },
    { line: 'atelier batch blue.json a/*.jpg b/*.jpg -o out --suffix blue --jobs 4', does: 'four at a time' },
  ],
  requestOf: () => '',
  blank: (args) => ({
    command: 'batch',
    status: 'failure',
    backends: [...backendsNamed(args)],
    recipeSha256: null,
    folder: null,
    report: null,
    counts: { photos: 0, done: 0, kept: 0, notVerified: 0, failed: 0, left: 0 },
    photos: [],
    durationMs: 0,
  }),
  run,
};

async function run(context: CommandContext): Promise<Finished> {
  const { args, io, words, progress } = context;
  const wanted = readBatchRequest(args);
  const backends = chooseBackends(args, io.env);
  progress.update(words.loading);
  const recipe = await readRecipe(wanted.recipe);
  // Who does it is part of what is done: another backend paints other pixels.
  const recipeSha256 = sha256(JSON.stringify([recipe, backends.names]));
  const folder = await openFolder(wanted.folder);
  try {
    const work = { wanted, recipe, recipeSha256, folder: folder.path };
    return await finish(context, work, await runAll(context, { ...work, backends }));
  } finally {
    await folder.release();
  }
}

interface Work {
  readonly wanted: BatchRequest;
  readonly recipe: Recipe;
  readonly recipeSha256: string;
  /** Absolute. */
  readonly folder: string;
}

/** Finds out what is there, and makes the rest. Outcomes are in the order of the photos. */
async function runAll(
  context: CommandContext,
  { wanted, recipe, recipeSha256, folder, backends }: Work & { readonly backends: ReturnType<typeof chooseBackends> },
): Promise<readonly BatchOutcome[]> {
  const { io, words: common, progress, json } = context;
  const words = batchWords(context.language);
  const journal = await Journal.open(folder);
  const items = await listItems(journal, wanted, folder);
  await removeHalfWritten(folder, [...journal.outputs, journalName, reportName]);
  progress.update(words.comparing);
  const outcomes = new Map<BatchItem, BatchOutcome>();
  for (const item of wanted.again ? [] : items) {
    const entry = await findDone(item, { journal, folder, recipe: recipeSha256, signal: io.signal });
    if (!entry) continue;
    journal.settle(entry);
    outcomes.set(item, { state: 'done', item, entry, kept: true });
  }
  const pending = items.filter((item) => !outcomes.has(item));
  if (outcomes.size > 0) progress.note(words.keptBefore(outcomes.size, items.length));
  if (pending.length > 0) {
    // It tells of files that are about to change.
    await rm(join(folder, reportName), { force: true });
    if (!json) progress.note(common.inUse(backends.names));
    const { format, jobs, again } = wanted;
    const how = { recipe, recipeSha256, folder, format, jobs, again };
    const bar = new BatchProgress(context, words, items.length, outcomes.size);
    const results = await withBackends(context, { backends, doing: common.loading }, (opened) =>
      runJobs(context, pending, { ...how, backends: opened, journal }, bar),
    );
    for (const outcome of results) outcomes.set(outcome.item, outcome);
  }
  if (!io.signal.aborted) await journal.end();
  return items.map((item) => outcomes.get(item) ?? { state: 'left', item });
}

async function listItems(journal: Journal, wanted: BatchRequest, folder: string): Promise<readonly BatchItem[]> {
  const ours = new Set(journal.outputs.map((output) => join(folder, output)));
  const inputs = await expandPhotos(wanted.photos, (path) => ours.has(path));
  if (inputs.length === 0)
    throw new UsageError('there are no pictures in what was named', 'name photos, or a folder of them');
  const photos = inputs.map((input) => fromFolder(folder, input));
  const names = await nameOutputs(journal, { folder, photos, suffix: wanted.suffix, format: wanted.format });
  await journal.begin(names);
  return inputs.map((input, at) => ({ input, photo: photos[at], output: names[at].output }));
}

/** The report, and how it ended. */
async function finish(
  context: CommandContext,
  { wanted, recipeSha256, folder }: Work,
  outcomes: readonly BatchOutcome[],
): Promise<Finished> {
  const { io, args, progress } = context;
  const words = batchWords(context.language);
  const counts = countOutcomes(outcomes);
  const photos = outcomes.map((outcome) => describeOutcome(outcome, folder));
  const stopped = counts.left > 0;
  const report = stopped ? null : await writeReport(folder, recipeSha256, photos);
  progress.clear();
  if (stopped) io.stderr.write(`${context.words.note} ${words.goOn(counts.left)}\n`);
  const error = stopped
    ? { code: 'cancelled', message: context.words.cancelled, hint: words.goOn(counts.left) }
    : { code: 'photos-failed', message: words.someFailed(counts.failed, counts.photos), hint: words.seePhotos };
  const output: BatchOutput = {
    command: 'batch',
    status: stopped ? 'cancelled' : counts.failed > 0 ? 'failure' : 'success',
    ...(stopped || counts.failed > 0 ? { error } : {}),
    backends: [...backendsNamed(args)],
    recipeSha256,
    folder,
    report,
    counts,
    photos,
    durationMs: context.elapsed(),
  };
  const ended = counts.failed > 0 ? exitCodes.failed : counts.notVerified > 0 ? exitCodes.notVerified : exitCodes.done;
  return {
    exitCode: stopped ? exitCodes.interrupted : ended,
    output,
    text: batchText(context, words, output, wanted.folder),
  };
}
