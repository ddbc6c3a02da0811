import { randomBytes } from 'node:crypto';
import type { Database } from '../database/database.ts';
import { invalidInput } from './access-errors.ts';

const shortest = 32;

/** What signatures are made with, the same in all processes: the one given, else the one in the database, made at first use. */
export async function sharedSecret(database: Database, given: string | undefined): Promise<string> {
  if (given !== undefined) {
    if (given.length >= shortest) return given;
    throw invalidInput(
      `The secret is shorter than ${shortest} characters.`,
      'Make one with: openssl rand -base64 32. Give all processes the same, or none: then one is kept in the database.',
    );
  }
  const fresh = randomBytes(32).toString('base64url');
  await database.query(
    `INSERT INTO atelier.settings (name, value) VALUES ('secret', $1) ON CONFLICT (name) DO NOTHING`,
    [fresh],
  );
  const [row] = await database.query<{ value: string }>(`SELECT value FROM atelier.settings WHERE name = 'secret'`);
  if (row && row.value.length >= shortest) return row.value;
  throw invalidInput(
    'The secret in the database cannot be used.',
    'Delete it, and a new one is made: signed URLs end.',
  );
}
