import { setTimeout as delay } from 'node:timers/promises';
import type { AtelierErrorCode } from '@atelier/sdk';
import type { AtelierError } from '@atelier/sdk/errors';

/** What passes by itself when a server comes back: tried again until the job's deadline. */
const outages: ReadonlySet<AtelierErrorCode> = new Set([
  'server-unreachable',
  'server-unavailable',
  'connection-lost',
  'model-not-ready',
]);

/** Tries of everything else that may pass. */
const mostTries = 3;
/** Milliseconds. */
const firstWait = 500;
const longestWait = 10_000;

/** Whether a failed attempt is worth another one: never for what would fail again. */
export const isWorthAnotherTry = (error: AtelierError, attempt: number): boolean =>
  outages.has(error.code) || (error.isRetryable && error.code !== 'conflict' && attempt < mostTries);

/** Exponential, with jitter so that jobs which failed together do not come back together. Rejects when the signal fires. */
export function waitBeforeRetry(attempt: number, signal: AbortSignal): Promise<void> {
  const wait = Math.min(firstWait * 2 ** (attempt - 1), longestWait);
  return delay(wait * (0.5 + Math.random() / 2), undefined, { signal });
}
