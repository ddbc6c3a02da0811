import type { Database } from '../database/database.ts';

/** Held while jobs are released, so that limits over all workers hold. */
const lock = 7_283_460_194;

export interface ReleaseLimits {
  /** Jobs at work at once over all workers. */
  readonly atOnce: number;
  /** Jobs of one tenant at work at once. */
  readonly perTenant: number;
}

/**
 * Lets queued jobs go to the workers, as many as they have room for: of each tenant the oldest, tenants with fewer jobs at work
 * first, and of each session one after the other. Jobs that wait for a person take no room. Returns the released ids, in order.
 */
export function releaseJobs(database: Database, { atOnce, perTenant }: ReleaseLimits): Promise<readonly string[]> {
  return database.transaction(async (client) => {
    const { rows: held } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS got', [lock]);
    // Somebody else is at it.
    if (!held[0]?.got) return [];
    const { rows } = await client.query<{ id: string }>(
      `WITH active AS (
         SELECT tenant, count(*) AS jobs FROM atelier.jobs
         WHERE state IN ('queued', 'running') AND released_at IS NOT NULL GROUP BY tenant
       ),
       room AS (
         SELECT LEAST($1, (SELECT coalesce(sum(slots), 0) FROM atelier.workers))
           - (SELECT coalesce(sum(jobs), 0) FROM active) AS jobs
       ),
       next AS (
         SELECT job.id, job.created_at,
           coalesce(active.jobs, 0) + row_number() OVER (PARTITION BY job.tenant ORDER BY job.created_at, job.id) AS place
         FROM atelier.jobs job LEFT JOIN active ON active.tenant = job.tenant
         WHERE job.state = 'queued' AND job.released_at IS NULL AND job.deadline_at > clock_timestamp()
           AND NOT EXISTS (
             SELECT FROM atelier.jobs earlier
             WHERE earlier.tenant = job.tenant AND earlier.session = job.session
               AND earlier.state IN ('queued', 'running', 'waiting')
               AND (earlier.created_at, earlier.id) < (job.created_at, job.id)
           )
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
      [atOnce, perTenant],
    );
    return rows.map(({ id }) => id);
  });
}

/** Jobs that were released by a process that died before it had put them into the queue of DBOS. */
export async function releasedButNotQueued(database: Database): Promise<readonly string[]> {
  const rows = await database.query<{ id: string }>(
    `SELECT id FROM atelier.jobs job
     WHERE state = 'queued' AND released_at < clock_timestamp() - interval '3 seconds'
       AND NOT EXISTS (SELECT FROM dbos.workflow_status flow WHERE flow.workflow_uuid = job.id)`,
  );
  return rows.map(({ id }) => id);
}

/** Jobs that ended for DBOS without an end of their own: their process could not even say so. */
export async function endlessJobs(database: Database): Promise<readonly string[]> {
  const rows = await database.query<{ id: string }>(
    `SELECT job.id FROM atelier.jobs job JOIN dbos.workflow_status flow ON flow.workflow_uuid = job.id
     WHERE job.state IN ('queued', 'running', 'waiting') AND flow.status NOT IN ('ENQUEUED', 'PENDING', 'DELAYED')
       AND flow.updated_at < (extract(epoch FROM clock_timestamp()) - 10) * 1000`,
  );
  return rows.map(({ id }) => id);
}

/** Jobs whose deadline came before a worker did. */
export async function overdueJobs(database: Database): Promise<readonly { id: string; deadlineSeconds: number }[]> {
  return database.query<{ id: string; deadlineSeconds: number }>(
    `SELECT id, (request->>'deadlineSeconds')::float8 AS "deadlineSeconds" FROM atelier.jobs
     WHERE state = 'queued' AND released_at IS NULL AND deadline_at <= clock_timestamp()`,
  );
}
