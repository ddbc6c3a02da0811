import type { Database } from '../database/database.ts';

const batch = 200;

/**
 * Deletes jobs that ended before the given time, oldest first; their events and questions go with them, and so does what the
 * durable engine recorded under the job's id and for workflows that such a one started.
 */
export async function deleteJobs(
  database: Database,
  before: Date,
  signal: AbortSignal,
): Promise<{ jobs: number; steps: number }> {
  const counts = { jobs: 0, steps: 0 };
  // Processes that only accept jobs never made the engine's tables.
  const [engine] = await database.query<{ there: boolean }>(
    `SELECT to_regclass('dbos.workflow_status') IS NOT NULL AS there`,
  );
  while (!signal.aborted) {
    const done = await database.transaction(async (client) => {
      const { rows } = await client.query<{ id: string }>(takeJobs, [before, batch]);
      const ids = rows.map(({ id }) => id);
      if (ids.length === 0 || !engine?.there) return { jobs: ids.length, steps: 0 };
      const steps = await client.query<{ count: number }>(countSteps, [ids]);
      await client.query(deleteWorkflows, [ids]);
      return { jobs: ids.length, steps: steps.rows[0]?.count ?? 0 };
    });
    counts.jobs += done.jobs;
    counts.steps += done.steps;
    if (done.jobs < batch) break;
  }
  return counts;
}

/** `finished_at` is set with the final state, in one statement. */
const takeJobs = `
  DELETE FROM atelier.jobs WHERE id IN (
    SELECT id FROM atelier.jobs
    WHERE finished_at < $1 AND state IN ('succeeded', 'failed', 'cancelled')
    ORDER BY finished_at LIMIT $2 FOR UPDATE SKIP LOCKED)
  RETURNING id`;

const family = `
  WITH RECURSIVE family (id) AS (
    SELECT unnest($1::text[])
    UNION
    SELECT workflow_uuid FROM dbos.workflow_status JOIN family ON parent_workflow_id = family.id)`;

const countSteps = `${family}
  SELECT count(*)::int AS count FROM dbos.operation_outputs WHERE workflow_uuid IN (SELECT id FROM family)`;

/** Steps, events, streams and messages of a workflow go with it (foreign keys). */
const deleteWorkflows = `${family}
  DELETE FROM dbos.workflow_status WHERE workflow_uuid IN (SELECT id FROM family)`;
