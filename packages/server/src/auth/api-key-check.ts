import { timingSafeEqual } from 'node:crypto';
import type { Database } from '../database/database.ts';
import { accessDenied, makeKeyHint } from './access-errors.ts';
import { hashOf, parseApiKey } from './api-keys.ts';
import type { Principal } from './principal.ts';

interface StoredKey {
  readonly tenant: string;
  readonly hash: Buffer;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
}

interface Lookup {
  readonly at: number;
  readonly key: Promise<StoredKey | undefined>;
}

/** Milliseconds for which a looked-up key is believed: the longest that a revoked one still works. */
export const keyLifeMs = 2000;
const mostLookups = 10_000;
/** Compared with where there is no such key, so that both take as long. */
const nobody = hashOf('');

/** Checks API keys against the database. Lookups are shared and kept for `keyLifeMs`. */
export class ApiKeyCheck {
  readonly #database: Database;
  /** Oldest first. */
  readonly #lookups = new Map<string, Lookup>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Whose key it is. Throws `access-denied`. */
  async principalOf(text: string): Promise<Principal> {
    const parts = parseApiKey(text);
    if (!parts) throw accessDenied('This is not an API key.', makeKeyHint);
    const stored = await this.#find(parts.id);
    const fits = timingSafeEqual(hashOf(parts.secret), stored?.hash ?? nobody);
    if (!stored || !fits) throw accessDenied('The API key is not valid.', makeKeyHint);
    if (stored.revoked_at) throw accessDenied('The API key was revoked.', makeKeyHint);
    if (stored.expires_at && stored.expires_at.getTime() <= Date.now())
      throw accessDenied('The API key has expired.', makeKeyHint);
    return { tenant: stored.tenant, kind: 'key', id: parts.id };
  }

  #find(id: string): Promise<StoredKey | undefined> {
    const now = performance.now();
    const known = this.#lookups.get(id);
    if (known && now - known.at < keyLifeMs) return known.key;
    this.#lookups.delete(id);
    for (const [oldest, { at }] of this.#lookups) {
      if (now - at < keyLifeMs && this.#lookups.size < mostLookups) break;
      this.#lookups.delete(oldest);
    }
    const lookup = { at: now, key: this.#read(id) };
    this.#lookups.set(id, lookup);
    // Nothing is kept of a database that was away, nor of ids that strangers made up.
    const forget = () => this.#lookups.get(id) === lookup && this.#lookups.delete(id);
    lookup.key.then((key) => key ?? forget(), forget);
    return lookup.key;
  }

  async #read(id: string): Promise<StoredKey | undefined> {
    const [key] = await this.#database.query<StoredKey>(
      'SELECT tenant, hash, expires_at, revoked_at FROM atelier.api_keys WHERE id = $1',
      [id],
    );
    return key;
  }
}
