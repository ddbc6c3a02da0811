import { AtelierError } from '@atelier/sdk/errors';
import type { Pool } from 'pg';
import { locks } from './locks.ts';
import { migrations } from './migrations.ts';

/** Applies the migrations that the database does not have yet. Throws `conflict` where it was written by a newer release. */
export async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [locks.migrate]);
    await client.query('CREATE SCHEMA IF NOT EXISTS atelier');
    await client.query(
      'CREATE TABLE IF NOT EXISTS atelier.migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const { rows } = await client.query<{ name: string }>('SELECT name FROM atelier.migrations');
    const applied = new Set(rows.map(({ name }) => name));
    const unknown = [...applied].find((name) => !migrations.some((migration) => migration.name === name));
    if (unknown !== undefined) throw newerDatabase(unknown);
    for (const { name, sql } of migrations) {
      if (applied.has(name)) continue;
      await client.query('BEGIN');
      await client.query(sql);
      await client.query('INSERT INTO atelier.migrations (name) VALUES ($1)', [name]);
      await client.query('COMMIT');
    }
    await client.query('SELECT pg_advisory_unlock($1)', [locks.migrate]);
    client.release();
  } catch (error) {
    // Closing the connection rolls back and gives the lock free, whatever state it is in.
    client.release(true);
    throw error;
  }
}

const newerDatabase = (name: string): AtelierError =>
  new AtelierError({
    code: 'conflict',
    message: `The database has a change (${name}) that this release does not know.`,
    hint: 'A newer release has used it. Update this one, or give it a database of its own.',
  });
