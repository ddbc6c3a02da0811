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

/** Wrong user, password or database name: trying again does not help, and the operator must know which. */
export function refusedByDatabase(error: unknown): AtelierError | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string' || !/^(28|3D)/.test(code)) return undefined;
  return new AtelierError({
    code: 'access-denied',
    message: code.startsWith('3D')
      ? 'Postgres has no database of this name.'
      : 'Postgres refuses this user or password.',
    hint: 'Look at DATABASE_URL: postgres://user:password@host:5432/database. The database must exist.',
    cause: error,
  });
}
