import type { AssetStore } from '@atelier/sdk';
import type { Database } from '../database/database.ts';

/** How often the use of an asset is noted. */
const touchEveryMs = 60 * 60 * 1000;
/** How long a store is not asked again whether it has what it had: well within what a clean-up leaves alone. */
const presentForMs = 60 * 1000;
/** Assets whose use is remembered, so that it is not noted again. */
const mostRemembered = 50_000;
/** A store is written to in the middle of a job: Postgres may be away for a moment. */
const patience = 30_000;

/**
 * A store that notes in `atelier.assets` what it keeps and when it was used last, so that a clean-up knows what nobody needs.
 * The note comes first: a clean-up that is deleting the asset holds its row, and what is put meanwhile waits until it is gone.
 */
export function trackedAssets(store: AssetStore, database: Database): AssetStore {
  const touched = new RecentUses(touchEveryMs);
  const present = new RecentUses(presentForMs);
  const touch = async (scope: string, id: string, patience: number): Promise<void> => {
    const key = `${scope}/${id}`;
    if (touched.has(key)) return;
    const noted = await database.query(
      `UPDATE atelier.assets SET used_at = now() WHERE tenant = $1 AND id = $2 RETURNING id`,
      [scope, id],
      { patience },
    );
    if (noted.length > 0) touched.add(key);
  };
  return {
    async put(scope, id, asset) {
      await database.query(
        `INSERT INTO atelier.assets (tenant, id, media_type, bytes) VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant, id) DO UPDATE SET used_at = now()`,
        [scope, id, asset.mediaType, asset.bytes.length],
        { patience },
      );
      await store.put(scope, id, asset);
      touched.add(`${scope}/${id}`);
    },
    async get(scope, id) {
      // What can be read is read, also while Postgres is away: the next use is noted again.
      await touch(scope, id, 0).catch(() => {});
      return store.get(scope, id);
    },
    async has(scope, id) {
      // Whoever is told "yes" will not put it: it must not be deleted in the next moment.
      await touch(scope, id, patience);
      const key = `${scope}/${id}`;
      if (present.has(key)) return true;
      const isThere = await store.has(scope, id);
      if (isThere) present.add(key);
      return isThere;
    },
    async delete(scope, id) {
      for (const uses of [touched, present]) uses.delete(`${scope}/${id}`);
      await store.delete(scope, id);
      await database.query(
        `WITH unlisted AS (DELETE FROM atelier.pictures WHERE tenant = $1 AND id = $2)
         DELETE FROM atelier.assets WHERE tenant = $1 AND id = $2`,
        [scope, id],
        { patience },
      );
    },
  };
}

/** What was noted a short while ago, up to a bound; the oldest go first. */
class RecentUses {
  readonly #times = new Map<string, number>();
  readonly #milliseconds: number;

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  has(key: string): boolean {
    const time = this.#times.get(key);
    return time !== undefined && performance.now() - time < this.#milliseconds;
  }

  add(key: string): void {
    this.#times.delete(key);
    this.#times.set(key, performance.now());
    for (const oldest of this.#times.keys()) {
      if (this.#times.size <= mostRemembered) return;
      this.#times.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#times.delete(key);
  }
}
