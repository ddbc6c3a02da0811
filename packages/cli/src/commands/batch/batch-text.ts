import { basename } from 'node:path';
import type { BatchOutput } from '../../json-output.ts';
import { printable } from '../../terminal/printable.ts';
import type { CommandContext } from '../command.ts';
import { factLines } from '../fact-lines.ts';
import type { BatchWords } from './words.ts';

type PhotoOutput = BatchOutput['photos'][number];

/** The report for people: how many, which not and why, and where everything is. */
export function batchText(
  { words: common, style }: CommandContext,
  words: BatchWords,
  output: BatchOutput,
  folder: string,
): string {
  const { counts, photos } = output;
  const facts: [string, string][] = [[words.done, words.doneOf(counts.done, counts.photos, counts.kept)]];
  if (counts.failed > 0) facts.push([words.failed, style('red', String(counts.failed))]);
  if (counts.notVerified > 0) facts.push([words.notVerified, style('yellow', String(counts.notVerified))]);
  if (counts.left > 0) facts.push([words.left, String(counts.left)]);
  facts.push([words.folder, style('bold', printable(folder))]);
  if (output.report !== null) facts.push([words.report, printable(basename(output.report))]);
  const failed = photos.flatMap((photo) => (photo.error ? [failure(words, common.hint, photo, photo.error)] : []));
  const doubtful = photos.flatMap(({ state, verified, input, reasons }) =>
    state === 'done' && !verified ? [`  ${name(input)}: ${printable(reasons.join('; '))}`] : [],
  );
  return [
    factLines(facts, style),
    ...section(words, words.failed, failed),
    ...section(words, words.notVerified, doubtful),
  ].join('\n');
}

/** The report has them all. */
const mostShown = 10;

function section(words: BatchWords, title: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const rest = items.length - mostShown;
  return ['', `${title}:`, ...items.slice(0, mostShown), ...(rest > 0 ? [`  ${words.more(rest)}`] : [])];
}

function failure(
  words: BatchWords,
  hint: string,
  { input }: PhotoOutput,
  error: NonNullable<PhotoOutput['error']>,
): string {
  const step = error.step === undefined ? '' : ` (${words.atStep(error.step)})`;
  const lines = [`  ${name(input)}${step}: ${printable(withoutStep(error.message))}`];
  if (error.hint !== undefined) lines.push(`    ${hint} ${printable(error.hint)}`);
  return lines.join('\n');
}

/** Which step it was is said already. */
const withoutStep = (message: string): string => message.replace(/^Step \d+ of \d+ \(\w+\): /, '');

const name = (path: string): string => printable(basename(path));
