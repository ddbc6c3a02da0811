import { AtelierError, type AtelierErrorCode, type AtelierErrorJson } from '@atelier/sdk/errors';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { requestIssues } from './request-issues.ts';
import { withoutAddresses, withoutPaths } from './scrub.ts';
import { missingHint, serverWords } from './server-words.ts';

/** What a caller may know of an error. */
export type PublicError = Pick<AtelierErrorJson, 'code' | 'message' | 'hint' | 'details'>;

const statusByCode: Partial<Record<AtelierErrorCode, number>> = {
  'invalid-input': 400,
  'image-invalid': 400,
  'mask-invalid': 400,
  'phrase-unknown': 400,
  'access-denied': 401,
  'not-allowed': 403,
  'not-found': 404,
  conflict: 409,
  'request-too-large': 413,
  'image-too-large': 413,
  'no-match': 422,
  'choice-needed': 422,
  protected: 422,
  'not-approved': 422,
  'request-not-understood': 422,
  'budget-exceeded': 422,
  'rate-limited': 429,
  // The caller went away: nobody reads it, but logs and metrics should not call it a failure of the server.
  cancelled: 499,
  'worker-lost': 500,
  'output-not-writable': 500,
  'capability-unavailable': 501,
  'server-unavailable': 503,
  'model-not-ready': 503,
  'timed-out': 504,
  'deadline-exceeded': 504,
};

const statuses = new WeakMap<AtelierError, number>();

/** The same error, to be answered with another status than its code has in general. */
export function withStatus(error: AtelierError, status: number): AtelierError {
  statuses.set(error, status);
  return error;
}

/** The HTTP status that an error is answered with. What models and their servers did is 502. */
export const statusOf = (error: AtelierError): number => statuses.get(error) ?? statusByCode[error.code] ?? 502;

/** `invalid-input` for what a schema refused; `details.issues` has the paths, from `body`, `query`, `param` or `header`. */
export function errorOfIssues(error: z.core.$ZodError, target?: string): AtelierError {
  const where = target === 'json' || target === 'form' ? 'body' : target;
  const issues = requestIssues(error.issues, where);
  const [first] = issues;
  return new AtelierError({
    code: 'invalid-input',
    message: `The request does not fit its schema${first ? `: ${first.path || 'body'}: ${first.message}` : ''}.`,
    hint: 'The schemas of all requests are at /openapi.json, and readable at /docs.',
    details: { issues },
  });
}

/**
 * What is answered for anything that was thrown: `unexpected` where it is not an error that this package means to show, which
 * is then for the log alone. Once the caller is authenticated, `access-denied` is what a model's server said to this one.
 */
export function problemOf(
  thrown: unknown,
  { authenticated = false }: { readonly authenticated?: boolean } = {},
): { status: number; error: PublicError; unexpected: boolean } {
  if (AtelierError.isInstance(thrown)) {
    const status = statusOf(thrown);
    const isBehind = status === 401 && authenticated;
    return { status: isBehind ? 502 : status, error: publicError(thrown, { isBehind }), unexpected: false };
  }
  if (thrown instanceof z.core.$ZodError) {
    const error = errorOfIssues(thrown);
    return { status: 400, error: publicError(error), unexpected: false };
  }
  if (thrown instanceof HTTPException && thrown.status < 500) {
    const error = { code: 'invalid-input', message: sentences.get(thrown.status) ?? 'The request is wrong.' } as const;
    return { status: thrown.status, error, unexpected: false };
  }
  return {
    status: 500,
    error: { code: 'backend-failed', message: 'Something went wrong here.' },
    unexpected: true,
  };
}

/** For what the framework itself refuses. */
const sentences: ReadonlyMap<number, string> = new Map([
  [400, 'The body is not JSON.'],
  [415, 'The body has a type that this route does not take.'],
]);

export interface Reader {
  /** The error came from a server behind this one, whatever its code says. */
  readonly isBehind?: boolean | undefined;
  /** The caller's own words, which may be shown to them again. */
  readonly said?: string | undefined;
}

/** An error as callers may see it: no path of this machine, and no address of a server behind it. */
export function publicError(error: AtelierError | AtelierErrorJson, reader: Reader = {}): PublicError {
  const clean = cleanerOf(error, reader);
  const hint = error.hint ?? missingHint(error.message);
  return {
    code: error.code,
    message: clean(error.message),
    ...(hint === undefined ? {} : { hint: clean(hint) }),
    ...(error.details === undefined ? {} : { details: cleanDetails(error.details, clean) }),
  };
}

/** The same for what a person is told in place of the error's own message. */
export const publicMessage = (error: AtelierErrorJson, message: string, reader: Reader = {}): string =>
  cleanerOf(error, reader)(message);

function cleanerOf({ code }: Pick<AtelierErrorJson, 'code'>, { isBehind = false, said }: Reader) {
  const behind = isBehind || (statusByCode[code] ?? 502) >= 500;
  // What comes from behind quotes nobody: a caller must not find out by guesses where things are.
  return (text: string): string => {
    const words = serverWords(text);
    return behind ? withoutAddresses(withoutPaths(words)) : withoutPaths(words, said);
  };
}

/** Facts about where something ran or lies are the operator's. */
const privateDetails: ReadonlySet<string> = new Set(['path', 'file', 'folder', 'stack', 'url', 'server', 'address']);

const cleanDetails = (
  details: Readonly<Record<string, unknown>>,
  clean: (text: string) => string,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(details)
      // `path` inside of `issues` is a place in the request, and stays.
      .filter(([name]) => !privateDetails.has(name))
      .map(([name, value]) => [name, name === 'issues' ? value : cleanValue(value, clean)]),
  );

function cleanValue(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((inner) => cleanValue(inner, clean));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !privateDetails.has(name))
      .map(([name, inner]) => [name, cleanValue(inner, clean)]),
  );
}
