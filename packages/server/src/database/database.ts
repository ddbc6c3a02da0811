import { setTimeout as delay } from 'node:timers/promises';
import type { PoolClient, QueryResultRow } from 'pg';
import pg from 'pg';
import type { Logger } from 'pino';
import { databaseAway, isPassing, openingError, withoutData } from './connection-errors.ts';
import { Listener } from './listener.ts';
import { migrate } from './migrate.ts';

export interface DatabaseOptions {
  readonly logger?: Logger | undefined;
  /** Most connections of this process. Default 10; one more listens. */
  readonly poolSize?: number | undefined;
}

export interface QueryOptions {
  /** How long a statement is tried again while Postgres is away, in milliseconds. Default 0: it fails with `server-unavailable` at once. */
  readonly patience?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds. A worker does not give a job up because Postgres is restarted. */
export const workerPatience: number = 10 * 60_000;

/** Postgres, as this package uses it. */
export interface Database {
  readonly url: string;
  /** Runs one statement. Throws `server-unavailable` while Postgres is away. */
  query<Row extends QueryResultRow>(sql: string, values?: readonly unknown[], options?: QueryOptions): Promise<Row[]>;
  /** Runs `work` between BEGIN and COMMIT; what it throws rolls back. With patience the whole of it may run several times. */
  transaction<Value>(work: (client: PoolClient) => Promise<Value>, options?: QueryOptions): Promise<Value>;
  /**
   * Calls back for every NOTIFY on the channel, and `onGap` after each time that messages may have been lost. Returns the way
   * to stop. Channels are names of this package, never input.
   */
  listen(channel: string, onMessage: (payload: string) => void, onGap: () => void): () => void;
  /** Frees the connections. */
  close(): Promise<void>;
}

/**
 * Connects, and brings the tables up to date. Throws `server-unavailable` where nothing answers, `access-denied` for a wrong user,
 * password or database, `conflict` where a newer release has used it. The first two name the database, never its password.
 */
export async function openDatabase(url: string, { logger, poolSize = 10 }: DatabaseOptions = {}): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    application_name: 'atelier',
  });
  // An idle connection that breaks is replaced by the next query; without a listener it would end the process.
  pool.on('error', (error) => logger?.warn({ err: error }, 'a connection to the database broke'));
  // The same for one that is in use and between two statements: its next statement fails, which is enough.
  pool.on('connect', (client) => client.on('error', () => {}));
  const listener = new Listener(url, logger);
  try {
    await migrate(pool);
  } catch (cause) {
    await pool.end();
    throw openingError(cause, url) ?? cause;
  }
  return {
    url,
    query: (sql, values = [], options) =>
      patiently(async () => (await pool.query(sql, [...values])).rows, options, logger),
    transaction: (work, options) => patiently(() => inTransaction(pool, work), options, logger),
    listen: (channel, onMessage, onGap) => listener.listen(channel, onMessage, onGap),
    async close() {
      await listener.close();
      await pool.end();
    },
  };
}

async function inTransaction<Value>(pool: pg.Pool, work: (client: PoolClient) => Promise<Value>): Promise<Value> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const value = await work(client);
    await client.query('COMMIT');
    return value;
  } catch (error) {
    await client.query('ROLLBACK').catch((cause: unknown) => {
      broken = cause instanceof Error ? cause : new Error(String(cause));
    });
    throw error;
  } finally {
    // A connection that could not even roll back is not given to the next caller.
    client.release(broken);
  }
}

async function patiently<Value>(
  work: () => Promise<Value>,
  { patience = 0, signal }: QueryOptions = {},
  logger: Logger | undefined,
): Promise<Value> {
  const end = performance.now() + patience;
  for (let wait = 50; ; wait = Math.min(wait * 2, 2000)) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw withoutData(error);
      if (performance.now() + wait >= end || signal?.aborted) throw databaseAway(error);
      logger?.warn({ err: error, wait }, 'the database does not answer; trying again');
      await delay(wait, undefined, signal ? { signal } : {});
    }
  }
}
