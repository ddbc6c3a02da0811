import { AtelierError, type AtelierErrorCode } from '../../errors/atelier-error.ts';

/**
 * What the end of a call says about the server.
 * `answered`: it works, whatever it said. `broken`: it cannot be reached or the connection broke. `refused`: it has no
 * room now. `silent`: no answer in time. `nothing`: the call ended before the server had a part in it.
 */
export type Verdict = 'answered' | 'broken' | 'refused' | 'silent' | 'nothing';

/** Where a failed call may be tried again. `elsewhere`: on servers that have not said so too. */
export type Again = 'anywhere' | 'elsewhere' | 'anywhere-if-idempotent' | 'never';

interface Meaning {
  readonly verdict: Verdict;
  readonly again: Again;
}

const answered: Meaning = { verdict: 'answered', again: 'never' };
const nothing: Meaning = { verdict: 'nothing', again: 'never' };

const meanings: Partial<Record<AtelierErrorCode, Meaning>> = {
  'server-unreachable': { verdict: 'broken', again: 'anywhere' },
  'connection-lost': { verdict: 'broken', again: 'anywhere-if-idempotent' },
  // The server is of no use to later calls, but a certificate that is wrong has to be seen, not covered up by a retry.
  'certificate-invalid': { verdict: 'broken', again: 'never' },
  // The caller's time is used up, and it may still be running there.
  'timed-out': { verdict: 'silent', again: 'never' },
  'server-unavailable': { verdict: 'refused', again: 'anywhere' },
  // The server works, and waiting a moment does not load a model.
  'model-not-ready': { verdict: 'answered', again: 'elsewhere' },
  'access-denied': answered,
  'model-not-found': answered,
  'request-rejected': answered,
  'request-unsupported': answered,
  'model-failed': answered,
  'image-not-cached': answered,
};

/** By code, so that errors of another copy of the package are understood too. An unknown error says nothing. */
export function meaningOf(error: unknown): Meaning {
  return (AtelierError.isInstance(error) ? meanings[error.code] : undefined) ?? nothing;
}
