import { createHash, randomBytes } from 'node:crypto';
import { AtelierError } from '@atelier/sdk/errors';
import type { Database } from '../database/database.ts';
import { invalidInput } from './access-errors.ts';
import { isTenant } from './tenant.ts';

/** An API key without what lets one in. */
export interface ApiKeyInfo {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface NewApiKey {
  /** Whose jobs, pictures and sessions it opens. */
  readonly tenant: string;
  /** For people, in lists. At most 100 characters. */
  readonly name: string;
  /** Default: never. */
  readonly expiresAt?: Date | undefined;
}

const pattern = /^atl_([a-z2-7]{12})_([A-Za-z0-9_-]{43})$/;
const letters = 'abcdefghijklmnopqrstuvwxyz234567';

/** The two parts of a key's text; undefined where it cannot be one. */
export function parseApiKey(text: string): { readonly id: string; readonly secret: string } | undefined {
  const [, id, secret] = pattern.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** Of 256 random bits, so that a slow hash would add nothing. Of the text, so that only one spelling fits. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Makes a key. Its text is returned here and never again: only a hash is kept. Throws `invalid-input`, `conflict`. */
export async function createApiKey(database: Database, input: NewApiKey): Promise<{ id: string; key: string }> {
  check(input);
  const { tenant, name, expiresAt } = input;
  const id = Array.from(randomBytes(12), (byte) => letters[byte & 31]).join('');
  const secret = randomBytes(32).toString('base64url');
  const made = await database.query(
    `INSERT INTO atelier.api_keys (id, tenant, name, hash, expires_at)
     SELECT $1, $2, $3, $4, $5::timestamptz
     WHERE NOT EXISTS (SELECT FROM atelier.api_keys WHERE lower(tenant) = lower($2) AND tenant <> $2)
     RETURNING id`,
    [id, tenant, name, hashOf(secret), expiresAt ?? null],
  );
  if (made.length === 0) throw sameButForCase(tenant);
  return { id, key: `atl_${id}_${secret}` };
}

/** All keys, oldest first, also those that expired or were revoked. Never the hashes. */
export function listApiKeys(database: Database): Promise<readonly ApiKeyInfo[]> {
  return database.query(
    `SELECT id, tenant, name, created_at AS "createdAt", expires_at AS "expiresAt", revoked_at AS "revokedAt"
     FROM atelier.api_keys ORDER BY created_at, id`,
  );
}

/** Ends a key for good; processes notice within seconds. False where there is no such key; true also where it was revoked before. */
export async function revokeApiKey(database: Database, id: string): Promise<boolean> {
  const rows = await database.query(
    'UPDATE atelier.api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1 RETURNING id',
    [id],
  );
  return rows.length > 0;
}

function check({ tenant, name, expiresAt }: NewApiKey): void {
  if (!isTenant(tenant))
    throw invalidInput(
      `"${tenant.slice(0, 80)}" cannot be a tenant.`,
      'Use 1 to 64 letters, digits, dots, dashes and underscores, beginning with a letter or digit.',
    );
  if (!/^[^\p{Cc}]{1,100}$/u.test(name))
    throw invalidInput('This cannot be the name of a key.', 'Use 1 to 100 characters on one line.');
  // Also refuses what is no date at all.
  if (expiresAt && !(expiresAt.getTime() > Date.now()))
    throw invalidInput('The key would have expired already.', 'Give a time in the future, or none.');
}

const sameButForCase = (tenant: string): AtelierError =>
  new AtelierError({
    code: 'conflict',
    message: `There is a tenant that differs from "${tenant}" only in capital letters.`,
    hint: 'Spell it as in: atelier keys list. Stores on some file systems could not tell the two apart.',
  });
