import { AtelierError } from '@atelier/sdk/errors';
import type { JsonError } from '../../json-output.ts';
import { toJsonError } from '../../report-error.ts';
import { questionOf } from '../../studio/question-of.ts';
import type { CommandContext } from '../command.ts';
import type { BatchProgress } from './batch-progress.ts';
import { type MakeOptions, makeResult } from './make-result.ts';
import type { BatchItem, BatchOutcome } from './outcome.ts';
import { notOurs } from './refuse-others.ts';
import { type BatchWords, batchWords } from './words.ts';

export interface JobsOptions extends Omit<MakeOptions, 'signal' | 'progress' | 'onRead'> {
  /** Photos at a time. */
  readonly jobs: number;
}

/** Works through the photos in order, a few at a time. A photo that fails is no reason to stop; the command's signal is. */
export async function runJobs(
  context: CommandContext,
  items: readonly BatchItem[],
  options: JobsOptions,
  progress: BatchProgress,
): Promise<readonly BatchOutcome[]> {
  const outcomes: BatchOutcome[] = [];
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) {
      const began = performance.now();
      const outcome = context.io.signal.aborted
        ? ({ state: 'left', item } as const)
        : await runJob(context, item, options, progress);
      progress.end(outcome, performance.now() - began);
      outcomes.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.jobs, items.length) }, worker));
  return outcomes;
}

async function runJob(
  { io: { signal }, language, words }: CommandContext,
  item: BatchItem,
  options: JobsOptions,
  progress: BatchProgress,
): Promise<BatchOutcome> {
  let photoSha256: string | null = null;
  const onRead = (read: string) => {
    photoSha256 = read;
  };
  try {
    progress.work(item.input, 0);
    const entry = await makeResult(item, {
      ...options,
      signal,
      onRead,
      progress: (fraction) => progress.work(item.input, fraction),
    });
    return { state: 'done', item, entry, kept: false };
  } catch (cause) {
    if (signal.aborted) return { state: 'left', item };
    // A fault of ours in one photo is told like any other failure of it, and the others go on.
    if (!AtelierError.isInstance(cause) && !(cause instanceof Error)) throw cause;
    const error = toJsonError(cause, language, words);
    return { state: 'failed', item, photoSha256, error: { ...error, ...retold(cause, error, batchWords(language)) } };
  }
}

/** What is told in other words in a batch. */
function retold(cause: unknown, { code, details }: JsonError, words: BatchWords): Partial<JsonError> {
  // A number means nothing in other photos: which one is meant belongs into the recipe.
  if (questionOf(cause)) return { hint: words.sayWhich };
  if (code === 'mask-invalid') return { hint: words.useWords };
  return details?.problem === notOurs ? { message: words.notOurs(String(details.path)), hint: words.moveAway } : {};
}
