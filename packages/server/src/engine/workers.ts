import type { Database } from '../database/database.ts';

export interface WorkerInfo {
  readonly id: string;
  /** Jobs it takes at once. */
  readonly slots: number;
  /** Of the steps it makes. */
  readonly version: string;
}

/**
 * Says that this worker lives and how many jobs it takes. False where it was not on the list: new, or thought dead, and then its
 * jobs are somebody else's by now.
 */
export async function beat(database: Database, { id, slots, version }: WorkerInfo): Promise<boolean> {
  const [row] = await database.query<{ known: boolean }>(
    `INSERT INTO atelier.workers (id, slots, version) VALUES ($1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET seen_at = clock_timestamp(), slots = $2
     RETURNING xmax <> 0 AS known`,
    [id, slots, version],
  );
  return row?.known ?? false;
}

export async function leave(database: Database, worker: string): Promise<void> {
  await database.query('DELETE FROM atelier.workers WHERE id = $1', [worker]);
}

/** Strikes out workers without a sign of life, and returns the jobs of all that are not there any more. */
export async function orphanedJobs(database: Database, takeoverSeconds: number): Promise<readonly string[]> {
  await database.query('DELETE FROM atelier.workers WHERE seen_at < clock_timestamp() - make_interval(secs => $1)', [
    takeoverSeconds,
  ]);
  const rows = await database.query<{ id: string }>(
    `SELECT workflow_uuid AS id FROM dbos.workflow_status flow
     WHERE status = 'PENDING' AND queue_name = 'atelier'
       AND NOT EXISTS (SELECT FROM atelier.workers WHERE id = flow.executor_id)`,
  );
  return rows.map(({ id }) => id);
}
