import { AtelierError } from '@atelier/sdk/errors';
import pg from 'pg';

/** SQLSTATE classes and codes that mean "not now": connection exceptions, shutdown, start-up, too many connections, serialization. */
const passing = /^(08...|57P0[123]|53300|40001|40P01)$/;
const sockets: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOENT',
]);

/** Whether Postgres was away, or asked to try again: the same statement may succeed later. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && (passing.test(code) || sockets.has(code))) return true;
  return /connection terminated|connection timeout|timeout exceeded when trying to connect|not queryable|client has encountered a connection error/i.test(
    error.message,
  );
}

/** The error without what Postgres quotes of a row or a statement: errors are logged, prompts are not. */
export function withoutData(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  for (const name of ['detail', 'where', 'internalQuery'] as const) error[name] = undefined;
  return error;
}

/** What callers outside are told while Postgres is away: no address, no statement. */
export const databaseAway = (cause: unknown): AtelierError =>
  new AtelierError({
    code: 'server-unavailable',
    message: 'The database does not answer at the moment.',
    hint: 'Nothing was lost. Try again in a few seconds.',
    isRetryable: true,
    cause,
  });

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/**
 * What went wrong in opening a database, for the operator: which one, and what to do; undefined where it was no trouble of the
 * connection. The database is named as a URL, without its password: that is what answers to callers leave out.
 */
export function openingError(cause: unknown, url: string): AtelierError | undefined {
  const code = codeOf(cause);
  if (typeof code === 'string' && /^(28|3D)/.test(code)) return refused(cause, code.startsWith('3D'), url);
  if (!isPassing(cause)) return undefined;
  const trouble = troubleOf(code, cause);
  if (!trouble) return databaseAway(cause);
  const { problem, words, hint } = trouble;
  const { shown } = placeOf(url);
  const details = { problem, database: shown };
  return new AtelierError({
    code: 'server-unavailable',
    message: `${words} ${shown}.`,
    ...{ hint, details, isRetryable: true, cause },
  });
}

/** Wrong user, password or database name: trying again does not help. */
function refused(cause: unknown, isMissing: boolean, url: string): AtelierError {
  const { shown, database, create } = placeOf(url);
  return new AtelierError({
    code: 'access-denied',
    message: isMissing
      ? `There is no database ${database} at ${shown}.`
      : `Postgres refuses the user or password of ${shown}.`,
    hint: isMissing ? `Make it (${create}), or check DATABASE_URL.` : 'Check user and password in DATABASE_URL.',
    details: { problem: isMissing ? 'database-missing' : 'refused', database: shown, ...(isMissing ? { create } : {}) },
    cause,
  });
}

const startHint = 'Start Postgres there, or check host and port in DATABASE_URL.';

interface Trouble {
  readonly problem: 'host-unknown' | 'not-listening' | 'silent';
  /** What stands before the database. */
  readonly words: string;
  readonly hint: string;
}

function troubleOf(code: unknown, cause: unknown): Trouble | undefined {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return { problem: 'host-unknown', words: 'No such host is known:', hint: 'Check the host in DATABASE_URL.' };
  }
  if (code === 'ECONNREFUSED' || code === 'ENOENT') {
    return { problem: 'not-listening', words: 'No Postgres listens at', hint: startHint };
  }
  const isSilent = cause instanceof Error && /timeout/i.test(cause.message);
  if (!isSilent && code !== 'ETIMEDOUT' && code !== 'EHOSTUNREACH') return undefined;
  return { problem: 'silent', words: 'No Postgres answers at', hint: startHint };
}

/** Where a URL leads, with what it leaves to the environment (`PGHOST` and so on). */
function placeOf(url: string): { readonly shown: string; readonly database: string; readonly create: string } {
  const { host, port, database = '', user = '' } = new pg.Client({ connectionString: url });
  // A socket's host is a folder.
  const named = host.includes(':') ? `[${host}]` : host.startsWith('/') ? encodeURIComponent(host) : host;
  return {
    shown: `postgres://${encodeURIComponent(user)}@${named}:${port}/${encodeURIComponent(database)}`,
    database: JSON.stringify(database),
    create: `createdb -h ${host} -p ${port} -U ${user} ${database}`,
  };
}
