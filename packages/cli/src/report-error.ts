import type { Language } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { type ExitCode, exitCodeOf } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { JsonError } from './json-output.ts';
import { inKorean } from './korean-errors.ts';
import { type Words, wordsIn } from './messages.ts';
import { runHint } from './run-hints.ts';
import { serverHint } from './server-hints.ts';
import { SetupError } from './setup-error.ts';
import { questionOf } from './studio/question-of.ts';
import { candidateColumns, candidateRow } from './terminal/candidate-table.ts';
import { printable, printableLines } from './terminal/printable.ts';
import { questionText } from './terminal/question-text.ts';
import { styleFor } from './terminal/style.ts';
import { renderTable } from './terminal/table.ts';
import { UsageError } from './usage-error.ts';

/** A failure in the form that is printed. */
export interface Failure {
  readonly exitCode: ExitCode;
  readonly error: JsonError;
  /** The same for people, without the last line break. */
  readonly text: string;
}

/** Puts any error into words: never a stack, except with ATELIER_DEBUG=1. */
export function describeFailure(cause: unknown, io: Io, language: Language): Failure {
  const words = wordsIn(language);
  const error = io.signal.aborted
    ? { code: 'cancelled', message: words.cancelled }
    : toJsonError(cause, language, words);
  const style = styleFor('stderr', io);
  // The planner lists what it understands, an example a line; elsewhere a line break can only come from a file's name.
  const message = (error.code === 'request-not-understood' ? printableLines : printable)(error.message);
  const lines = error.code === 'cancelled' ? [words.cancelled] : [`${style('red', words.error)} ${message}`];
  lines.push(...(error.details?.lines ?? []).map((line) => style('dim', `  ${printable(line)}`)));
  const candidates = error.details?.candidates ?? [];
  if (candidates.length > 0) {
    lines.push('', renderTable(candidateColumns(words), candidates.map(candidateRow)), '');
  }
  if (error.hint !== undefined) lines.push(`${style('cyan', words.hint)} ${printable(error.hint)}`);
  if (error.overlay !== undefined) lines.push(`${style('cyan', words.see)} ${printable(error.overlay)}`);
  if (io.env.ATELIER_DEBUG === '1' && cause instanceof Error) lines.push(causes(cause).join('\n'));
  return { exitCode: exitCodeOf(error.code), error, text: lines.join('\n') };
}

/** Any error in the form that `--json` prints. */
export function toJsonError(cause: unknown, language: Language, words: Words): JsonError {
  if (cause instanceof UsageError) {
    return { code: cause.code, message: cause.message, ...(cause.hint === undefined ? {} : { hint: cause.hint }) };
  }
  if (cause instanceof SetupError) {
    const { code, message, hint, details, isRetryable } = cause;
    return {
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(Object.keys(details).length > 0 ? { details } : {}),
      ...(isRetryable ? { isRetryable } : {}),
    };
  }
  if (AtelierError.isInstance(cause)) {
    const { details, ...error } = cause.toJSON();
    const { overlay, ...rest } = details ?? {};
    const told: JsonError = {
      ...error,
      ...(Object.keys(rest).length > 0 ? { details: rest } : {}),
      ...(typeof overlay === 'string' ? { overlay } : {}),
    };
    const question = questionOf(cause);
    if (!question) return withServer(language === 'ko' ? inKorean(told) : withOptions(told), error.hint, words);
    // The SDK's hint speaks of a choice; on a command line that is an option.
    const hint = words.chooseAmong(question.reason, question.candidates.length);
    return { ...told, message: questionText(question, words), hint };
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  const error = { code: 'unexpected', message, hint: 'This is a fault in atelier; ATELIER_DEBUG=1 shows where.' };
  return language === 'ko' ? inKorean(error) : error;
}

/** On a command line a hint speaks of its options, not of those of the API. */
function withOptions(error: JsonError): JsonError {
  const hint = runHint(error) ?? serverHint(error.code, error.hint);
  return hint === undefined ? error : { ...error, hint };
}

/** The SDK names the backends that could do it; on a command line the one to be had by an option is a server. */
function withServer(error: JsonError, sdkHint: string | undefined, words: Words): JsonError {
  if (!sdkHint?.includes('triton()')) return error;
  return { ...error, hint: [error.hint, words.tryServer].filter(Boolean).join(' ') };
}

function causes(error: Error): string[] {
  const stacks: string[] = [];
  for (let at: unknown = error; at instanceof Error && stacks.length < 5; at = at.cause)
    stacks.push(at.stack ?? at.message);
  return stacks;
}
