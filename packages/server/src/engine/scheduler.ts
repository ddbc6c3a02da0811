import type { Database } from '../database/database.ts';
import { locks } from '../database/locks.ts';

export interface ReleaseLimits {
  /** Jobs at work at once over all workers. */
  readonly atOnce: number;
  /** Jobs of one tenant at work at once. */
  readonly perTenant: number;
  /** Jobs of one tenant that wait for a person: with as many, no other of it begins. */
  readonly waitingPerTenant: number;
}

/**
 * Lets queued jobs go to the workers, as many as they have room for: of each tenant the oldest, tenants with fewer jobs at work
 * first, and of each session one after the other. Jobs that wait for a person take no room. Returns the released ids, in order.
 */
export function releaseJobs(
  database: Database,
  { atOnce, perTenant, waitingPerTenant }: ReleaseLimits,
): Promise<readonly string[]> {
  return database.transaction(async (client) => {
    const { rows: held } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS got', [
      locks.release,
    ]);
    // Somebody else is at it.
    if (!held[0]?.got) return [];
    // Never in the way of others for long; the next try may find better statistics.
    await client.query(`SET LOCAL statement_timeout = '10s'`);
    const { rows } = await client.query<{ id: string }>(
      `WITH unfinished AS (
         SELECT id, tenant, state, released_at, deadline_at, created_at,
           row_number() OVER (PARTITION BY tenant, session ORDER BY created_at, id) AS turn
         FROM atelier.jobs WHERE state IN ('queued', 'running', 'waiting')
       ),
       load AS (
         SELECT tenant, count(*) FILTER (WHERE state <> 'waiting' AND released_at IS NOT NULL) AS jobs,
           count(*) FILTER (WHERE state = 'waiting') AS waiting
         FROM unfinished GROUP BY tenant
       ),
       room AS (
         SELECT LEAST($1, (SELECT coalesce(sum(slots), 0) FROM atelier.workers))
           - (SELECT coalesce(sum(jobs), 0) FROM load) AS jobs
       ),
       next AS (
         SELECT job.id, job.created_at,
           load.jobs + row_number() OVER (PARTITION BY job.tenant ORDER BY job.created_at, job.id) AS place
         FROM unfinished job JOIN load ON load.tenant = job.tenant
         WHERE job.turn = 1 AND job.state = 'queued' AND job.released_at IS NULL
           AND job.deadline_at > clock_timestamp() AND load.waiting < $3
       ),
       chosen AS (
         SELECT id, place, created_at FROM next WHERE place <= $2
         ORDER BY place, created_at LIMIT GREATEST(0, (SELECT jobs FROM room))
       ),
       released AS (
         UPDATE atelier.jobs job SET released_at = clock_timestamp()
         FROM chosen WHERE job.id = chosen.id AND job.state = 'queued' RETURNING job.id, chosen.place, chosen.created_at
       )
       SELECT id FROM released ORDER BY place, created_at`,
      [atOnce, perTenant, waitingPerTenant],
    );
    return rows.map(({ id }) => id);
  });
}
