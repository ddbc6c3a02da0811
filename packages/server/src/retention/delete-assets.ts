import type { AssetStore } from '@atelier/sdk';
import type { PoolClient } from 'pg';
import type { Database } from '../database/database.ts';
import { namedAssets } from './named-assets.ts';

/** Small: whoever puts one of these meanwhile waits until the batch is done. */
const batch = 20;

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
  const named = await namedAssets(database, before);
  let deleted = 0;
  let after: AssetRow = { tenant: '', id: '', used: '-infinity' };
  while (!signal.aborted) {
    const done = await database.transaction(async (client) => {
      const place = [after.used, after.tenant, after.id];
      const locked = await client.query<AssetRow>(lockAssets, [before, batch, ...place, named.tenants]);
      const last = locked.rows.at(-1);
      const free = locked.rows.filter(({ tenant, id }) => !named.has(tenant, id));
      return last && { last, ...(await deleteBatch(client, store, free)) };
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
  rows: readonly AssetRow[],
): Promise<{ deleted: number; failure: PromiseRejectedResult | undefined }> {
  const ends = await Promise.allSettled(rows.map(({ tenant, id }) => store.delete(tenant, id)));
  const gone = rows.filter((_, index) => ends[index]?.status === 'fulfilled');
  await client.query(deleteRows, [gone.map(({ tenant }) => tenant), gone.map(({ id }) => id)]);
  return { deleted: gone.length, failure: ends.find((end) => end.status === 'rejected') };
}

const lockAssets = `
  SELECT tenant, id, used_at::text AS used FROM atelier.assets
  WHERE used_at < $1 AND (used_at, tenant, id) > ($3::timestamptz, $4, $5) AND tenant <> ALL($6::text[])
  ORDER BY used_at, tenant, id LIMIT $2 FOR UPDATE SKIP LOCKED`;

const deleteRows = `
  WITH gone AS (SELECT * FROM unnest($1::text[], $2::text[]) AS gone (tenant, id)), unlisted AS (
    DELETE FROM atelier.pictures p USING gone WHERE p.tenant = gone.tenant AND p.id = gone.id
  )
  DELETE FROM atelier.assets a USING gone WHERE a.tenant = gone.tenant AND a.id = gone.id`;
