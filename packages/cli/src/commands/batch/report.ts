import { join, relative, sep } from 'node:path';
import { writeOutput } from '../../files/writable.ts';
import type { BatchOutput } from '../../json-output.ts';
import type { BatchOutcome } from './outcome.ts';

/** The report's name inside the folder of a batch. */
export const reportName = 'atelier-batch.json';

type PhotoOutput = BatchOutput['photos'][number];

/** What JSON says about one photo, with absolute paths. */
export function describeOutcome(outcome: BatchOutcome, folder: string): PhotoOutput {
  const { input, output } = outcome.item;
  const none = {
    input,
    inputSha256: null,
    output: null,
    outputSha256: null,
    verified: false,
    reasons: [],
    kept: false,
  };
  if (outcome.state === 'left') return { ...none, state: 'left' };
  if (outcome.state === 'failed') {
    const { photoSha256, error } = outcome;
    const step = error.details?.step;
    return {
      ...none,
      state: 'failed',
      inputSha256: photoSha256,
      error: { ...error, ...(typeof step === 'number' ? { step } : {}) },
    };
  }
  const { photoSha256, outputSha256, verified, reasons } = outcome.entry;
  return {
    state: 'done',
    input,
    inputSha256: photoSha256,
    output: join(folder, output),
    outputSha256,
    verified,
    reasons,
    kept: outcome.kept,
  };
}

export const countOutcomes = (outcomes: readonly BatchOutcome[]): BatchOutput['counts'] => {
  const done = outcomes.filter((outcome) => outcome.state === 'done');
  return {
    photos: outcomes.length,
    done: done.length,
    kept: done.filter(({ kept }) => kept).length,
    notVerified: done.filter(({ entry }) => !entry.verified).length,
    failed: outcomes.filter(({ state }) => state === 'failed').length,
    left: outcomes.filter(({ state }) => state === 'left').length,
  };
};

/**
 * Writes FOLDER/atelier-batch.json: the photos in order, with paths from the folder. Nothing in it tells when or how often
 * the batch was begun, so that one that was interrupted ends with the same report as one that was not.
 */
export async function writeReport(
  folder: string,
  recipeSha256: string,
  photos: readonly PhotoOutput[],
): Promise<string> {
  const path = join(folder, reportName);
  const report = {
    format: 'atelier-batch',
    version: 1,
    recipeSha256,
    photos: photos.map(({ kept: _kept, ...photo }) => ({
      ...photo,
      input: fromFolder(folder, photo.input),
      output: photo.output && fromFolder(folder, photo.output),
    })),
  };
  await writeOutput(path, path, `${JSON.stringify(report, null, 2)}\n`);
  return path;
}

/** A path from the folder, with slashes: the same on every system. */
export const fromFolder = (folder: string, path: string): string => relative(folder, path).split(sep).join('/');
