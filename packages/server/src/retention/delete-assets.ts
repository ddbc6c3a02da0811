import type { AssetStore } from '@atelier/sdk';
import type { PoolClient } from 'pg';
import type { Database } from '../database/database.ts';

/** Small: whoever puts one of these meanwhile waits until the batch is done. */
const batch = 20;
/** Uses are noted once an hour; twice that is on the safe side. */
const noted = 2 * 60 * 60 * 1000;

interface AssetRow {
  readonly tenant: string;
  readonly id: string;
  /** Exact to the microsecond, as text: a `Date` would lose the last three digits and repeat rows. */
  readonly used: string;
}

/**
 * Deletes pictures and masks last used before the given time that no session and no job names. Each batch of rows stays
 * locked while the store deletes: a put of the same id waits for it, and then writes again. A row goes only after its asset.
 * Throws what the store throws, after the rows of the batch's other assets are gone.
 */
export async function deleteAssets(
  database: Database,
  store: AssetStore,
  before: Date,
  signal: AbortSignal,
): Promise<number> {
  let deleted = 0;
  let after: AssetRow = { tenant: '', id: '', used: '-infinity' };
  while (!signal.aborted) {
    const done = await database.transaction(async (client) => {
      const locked = await client.query<AssetRow>(lockAssets, [before, batch, after.used, after.tenant, after.id]);
      const last = locked.rows.at(-1);
      return last && { last, ...(await deleteBatch(client, store, before, locked.rows)) };
    });
    if (!done) break;
    after = done.last;
    deleted += done.deleted;
    if (done.failure) throw done.failure.reason;
  }
  return deleted;
}

async function deleteBatch(
  client: PoolClient,
  store: AssetStore,
  before: Date,
  rows: readonly AssetRow[],
): Promise<{ deleted: number; failure: PromiseRejectedResult | undefined }> {
  const columns = (assets: readonly AssetRow[]) => [assets.map(({ tenant }) => tenant), assets.map(({ id }) => id)];
  const maybeNewer = new Date(before.getTime() + noted);
  // A statement of its own, after the lock: what was saved until the rows were locked is seen.
  const free = await client.query<AssetRow>(unnamed, [...columns(rows), maybeNewer]);
  const ends = await Promise.allSettled(free.rows.map(({ tenant, id }) => store.delete(tenant, id)));
  const gone = free.rows.filter((_, index) => ends[index]?.status === 'fulfilled');
  await client.query(deleteRows, columns(gone));
  return { deleted: gone.length, failure: ends.find((end) => end.status === 'rejected') };
}

const lockAssets = `
  SELECT tenant, id, used_at::text AS used FROM atelier.assets
  WHERE used_at < $1 AND (used_at, tenant, id) > ($3::timestamptz, $4, $5)
  ORDER BY used_at, tenant, id LIMIT $2 FOR UPDATE SKIP LOCKED`;

/**
 * Those of the assets that nothing names. A session marks all it names as used when it is saved or loaded, and a job uses
 * what it names, so that only those that began before the time given can name an asset this old: sessions that an active job
 * kept, jobs that waited long for a person. They are few, which is why they can be read whole. A job that is still active
 * after so long keeps all its tenant has: what its steps made and nothing names yet is known to the engine alone.
 */
const unnamed = `
  SELECT asset.tenant, asset.id FROM unnest($1::text[], $2::text[]) AS asset (tenant, id)
  WHERE NOT EXISTS (
    SELECT FROM atelier.sessions s
    WHERE s.tenant = asset.tenant AND s.updated_at < $3 AND position(asset.id IN s.record::text) > 0
  ) AND NOT EXISTS (
    SELECT FROM atelier.jobs j
    WHERE j.tenant = asset.tenant AND j.created_at < $3 AND (
      j.state IN ('queued', 'running', 'waiting')
      OR position(asset.id IN concat_ws(' ', j.request, j.question, j.final)) > 0
      OR EXISTS (SELECT FROM atelier.events e WHERE e.job = j.id AND position(asset.id IN e.event::text) > 0)))`;

const deleteRows = `
  DELETE FROM atelier.assets a USING unnest($1::text[], $2::text[]) AS gone (tenant, id)
  WHERE a.tenant = gone.tenant AND a.id = gone.id`;
