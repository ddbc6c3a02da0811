import type { Language } from '@atelier/sdk';
import type { Database } from '../database/database.ts';

/** Jobs that nobody would see to: each kind with what put it there. */

/** A job that has to be ended, with the language of the words that its person reads. */
interface StrayJob {
  readonly id: string;
  readonly language: Language;
}

const idsOf = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id);

/** Released by a process that died before it had put them into the queue of DBOS. */
export async function releasedButNotQueued(database: Database): Promise<readonly string[]> {
  return idsOf(
    await database.query<{ id: string }>(
      `SELECT id FROM atelier.jobs job
       WHERE state = 'queued' AND released_at < clock_timestamp() - interval '3 seconds'
         AND NOT EXISTS (SELECT FROM dbos.workflow_status flow WHERE flow.workflow_uuid = job.id)`,
    ),
  );
}

/** Ended for DBOS without an end of their own: their process could not even say so. */
export async function endlessJobs(database: Database): Promise<readonly (StrayJob & { error: string | null })[]> {
  return database.query<StrayJob & { error: string | null }>(
    `SELECT job.id, job.request->>'language' AS language, flow.error FROM atelier.jobs job JOIN dbos.workflow_status flow ON flow.workflow_uuid = job.id
     WHERE job.state IN ('queued', 'running', 'waiting') AND flow.status NOT IN ('ENQUEUED', 'PENDING', 'DELAYED')
       AND flow.updated_at < (extract(epoch FROM clock_timestamp()) - 10) * 1000`,
  );
}

/** Begun under another version of the steps, of which no worker is left. */
export async function strandedJobs(database: Database): Promise<readonly StrayJob[]> {
  return database.query<StrayJob>(
    `SELECT job.id, job.request->>'language' AS language
     FROM atelier.jobs job JOIN dbos.workflow_status flow ON flow.workflow_uuid = job.id
     WHERE job.state IN ('queued', 'running', 'waiting') AND flow.status = 'ENQUEUED'
       AND flow.application_version NOT IN (SELECT version FROM atelier.workers)
       AND flow.updated_at < (extract(epoch FROM clock_timestamp()) - 10) * 1000`,
  );
}

/** Whose deadline came before a worker did. */
export async function overdueJobs(database: Database): Promise<readonly (StrayJob & { deadlineSeconds: number })[]> {
  return database.query<StrayJob & { deadlineSeconds: number }>(
    `SELECT id, request->>'language' AS language, (request->>'deadlineSeconds')::float8 AS "deadlineSeconds" FROM atelier.jobs
     WHERE state = 'queued' AND released_at IS NULL AND deadline_at <= clock_timestamp()`,
  );
}

/** Of these, the ones that somebody wants to stop: the word may have come while nobody listened. */
export async function cancelledJobs(database: Database, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  return idsOf(
    await database.query<{ id: string }>('SELECT id FROM atelier.jobs WHERE id = ANY($1) AND cancel_requested', [ids]),
  );
}

/** Whether a job that this worker let go of is nobody's: DBOS has it under this worker, or under none that lives. */
export async function isNobodys(database: Database, id: string, worker: string): Promise<boolean> {
  const rows = await database.query(
    `SELECT FROM dbos.workflow_status flow JOIN atelier.jobs job ON job.id = flow.workflow_uuid
     WHERE flow.workflow_uuid = $1 AND flow.status = 'PENDING' AND job.state IN ('queued', 'running', 'waiting')
       AND (flow.executor_id = $2 OR NOT EXISTS (SELECT FROM atelier.workers WHERE id = flow.executor_id))`,
    [id, worker],
  );
  return rows.length > 0;
}
