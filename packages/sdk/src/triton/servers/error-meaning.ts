import { AtelierError, type AtelierErrorCode } from '../../errors/atelier-error.ts';

/**
 * What the end of a call says about the server.
 * `answered`: it works, whatever it said. `broken`: it cannot be reached or the connection broke. `refused`: it has no
 * room now. `silent`: no answer in time. `nothing`: the call ended before the server had a part in it.
 */
export type Verdict = 'answered' | 'broken' | 'refused' | 'silent' | 'nothing';

/** Where a failed call may be tried again. `elsewhere`: on servers that have not said so too. */
type Place = 'anywhere' | 'elsewhere';

/** What may have run is tried again only if running it twice does no harm. */
export type Again = Place | `${Place}-if-idempotent` | 'never';

interface Meaning {
  readonly verdict: Verdict;
  readonly again: Again;
}

/** By its code alone. */
interface Kind {
  readonly verdict: Verdict;
  readonly again: Place | 'never';
}

const answered: Kind = { verdict: 'answered', again: 'never' };
const nothing: Kind = { verdict: 'nothing', again: 'never' };

const meanings: Partial<Record<AtelierErrorCode, Kind>> = {
  'server-unreachable': { verdict: 'broken', again: 'anywhere' },
  'connection-lost': { verdict: 'broken', again: 'anywhere' },
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
  const { verdict, again } = (AtelierError.isInstance(error) ? meanings[error.code] : undefined) ?? nothing;
  if (again === 'never' || isKnownNotToHaveRun(error)) return { verdict, again };
  return { verdict, again: `${again}-if-idempotent` };
}

const isKnownNotToHaveRun = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'mayHaveRun' in error && error.mayHaveRun === false;
