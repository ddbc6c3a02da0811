import type { Database } from '../database/database.ts';

/** Uses are noted once an hour; twice that is on the safe side. */
const noted = 2 * 60 * 60 * 1000;

/** What a clean-up must leave, though it has not been used since the time given. */
export interface NamedAssets {
  /** Tenants with a job that is active since before: what its steps made and nothing names yet is known to the engine alone. */
  readonly tenants: readonly string[];
  has(tenant: string, id: string): boolean;
}

/**
 * What sessions and jobs name that began before the time given. Younger ones need not be read: a session marks all it names
 * as used when it is saved or loaded, and a job uses what it names. The old ones that are left are few: sessions that an
 * active job kept, jobs that waited long for a person. For the same reason it is enough to look once, after the old jobs and
 * sessions were deleted: whatever is named later is marked as used before, which the lock on its row shows.
 */
export async function namedAssets(database: Database, before: Date): Promise<NamedAssets> {
  const maybe = [new Date(before.getTime() + noted)];
  const busy = await database.query<{ tenant: string }>(longActive, maybe);
  const rows = await database.query<{ tenant: string; id: string }>(namedIds, maybe);
  const named = new Set(rows.map(({ tenant, id }) => `${tenant}/${id}`));
  return { tenants: busy.map(({ tenant }) => tenant), has: (tenant, id) => named.has(`${tenant}/${id}`) };
}

const longActive = `
  SELECT DISTINCT tenant FROM atelier.jobs WHERE state IN ('queued', 'running', 'waiting') AND created_at < $1`;

const namedIds = `
  SELECT DISTINCT tenant, found[1] AS id FROM (
    SELECT tenant, record::text AS json FROM atelier.sessions WHERE updated_at < $1
    UNION ALL
    SELECT tenant, concat_ws(' ', request, question, final) FROM atelier.jobs WHERE created_at < $1
    UNION ALL
    SELECT tenant, event::text FROM atelier.events JOIN atelier.jobs ON job = jobs.id WHERE created_at < $1
  ) AS names, regexp_matches(json, '(?:img|mask)_[0-9a-f]{32}', 'g') AS found`;
