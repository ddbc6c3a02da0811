import { AtelierError } from '@atelier/sdk/errors';
import pg from 'pg';
import { databaseAway, isPassing } from './connection-errors.ts';

export interface OnlyOneOptions {
  /** An advisory lock of Postgres. */
  readonly lock: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs `work` unless another process, or another call, is at it: then the answer is undefined. The lock is held by a
 * connection of its own; should that break, others may begin, and the signal given to `work` tells it to stop.
 * Throws `server-unavailable` while Postgres is away.
 */
export async function onlyOne<Value>(
  url: string,
  { lock, signal }: OnlyOneOptions,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value | undefined> {
  const client = new pg.Client({
    connectionString: url,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    application_name: 'atelier-only-one',
  });
  const lost = new AbortController();
  client.on('error', (cause) => lost.abort(databaseAway(cause)));
  try {
    await client.connect();
    const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [lock]);
    if (!rows[0]?.free) return undefined;
    const value = await work(signal ? AbortSignal.any([signal, lost.signal]) : lost.signal);
    lost.signal.throwIfAborted();
    return value;
  } catch (error) {
    if (AtelierError.isInstance(error) || !isPassing(error)) throw error;
    throw databaseAway(error);
  } finally {
    // Ending the connection gives the lock free.
    await client.end().catch(() => {});
  }
}
