import { AtelierError } from '@atelier/sdk/errors';
import type { SentError } from './sent-error.ts';

/** Runs in the main thread: an AtelierError as it was thrown, anything else as the cause of a `backend-failed`. */
export function unpackError(sent: SentError, task: string): AtelierError {
  if (sent.kind === 'atelier') return new AtelierError(sent.options);
  const cause = new Error(sent.message);
  cause.name = sent.name;
  if (sent.stack !== undefined) cause.stack = sent.stack;
  return new AtelierError({
    code: 'backend-failed',
    message: `The local task "${task}" failed: ${sent.message}`,
    hint: 'The cause carries the original error. Trying again with the same picture is unlikely to help.',
    details: { task },
    cause,
  });
}

/** A thread ended without an answer: a crash, an exit or a heap that ran full. */
export function crashError(task: string, cause: unknown): AtelierError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AtelierError({
    code: 'backend-failed',
    message: `The worker thread that ran "${task}" ended unexpectedly: ${reason}`,
    hint: 'A fresh thread serves the next call. If this happens again, try a smaller picture: memory may be short.',
    isRetryable: true,
    details: { task },
    cause,
  });
}
