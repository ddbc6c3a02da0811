import { type Database, workerPatience } from '../database/database.ts';
import { storableJson, storableText } from '../database/storable-json.ts';
import { eventsChannel, largestPayload } from './channels.ts';
import type { WireEvent } from './events.ts';
import type { FinalEvent, JobState } from './job.ts';

const stateOf = { success: 'succeeded', failure: 'failed', cancelled: 'cancelled' } as const satisfies Record<
  FinalEvent['status'],
  JobState
>;

/** Tells watchers: the event itself where it fits into a message, else its number. */
const notify = `pg_notify('${eventsChannel}', id || ' ' || CASE WHEN octet_length(event::text) < ${largestPayload} THEN event::text ELSE last_seq::text END)`;

/**
 * Stores an event that is not the last one, and what it says about its job, unless it is there already. The job's row counts
 * them, so that no number is left out or given twice, whoever sends what how often. Returns whether it was new.
 */
export async function storeEvent(
  database: Database,
  job: string,
  event: WireEvent,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<boolean> {
  const isQuestion = event.status === 'question';
  const rows = await database.query<{ stored: boolean; last_seq: number }>(
    `WITH before AS (SELECT id, last_seq FROM atelier.jobs WHERE id = $1),
     job AS (
       UPDATE atelier.jobs SET last_seq = $2, progress = GREATEST(progress, $4), message = $5, state = $6,
         question = CASE WHEN $7 THEN $3::jsonb END
       WHERE id = $1 AND last_seq = $2 - 1 AND state NOT IN ('succeeded', 'failed', 'cancelled')
       RETURNING id, last_seq, $3::jsonb AS event
     ),
     stored AS (INSERT INTO atelier.events (job, seq, event) SELECT id, last_seq, event FROM job),
     asked AS (
       INSERT INTO atelier.questions (job, id, expires_at)
       SELECT id, event->>'id', (event->>'expiresAt')::timestamptz FROM job WHERE $7
     ),
     told AS (SELECT ${notify} FROM job)
     SELECT (SELECT count(*) FROM told) = 1 AS stored, last_seq FROM before`,
    [
      job,
      event.seq,
      storableJson(event),
      event.progress,
      storableText(event.message),
      isQuestion ? 'waiting' : 'running',
      isQuestion,
    ],
    { patience: workerPatience, signal },
  );
  const [row] = rows;
  if (row && !row.stored && row.last_seq < event.seq - 1) {
    throw new Error(`Event ${event.seq} of ${job} came after event ${row.last_seq}.`);
  }
  return row?.stored ?? false;
}

/**
 * Ends a job: its last event, numbered after whatever is stored, and its final state, together and once. `when` holds it back
 * where the job is in another state by now. Returns the event; undefined where the job had ended before.
 */
export async function storeFinalEvent(
  database: Database,
  job: string,
  event: FinalEvent,
  { patience = workerPatience, onlyQueued = false }: { readonly patience?: number; readonly onlyQueued?: boolean } = {},
): Promise<FinalEvent | undefined> {
  const [row] = await database.query<{ event: FinalEvent }>(
    `WITH job AS (
       UPDATE atelier.jobs SET last_seq = last_seq + 1, state = $3, finished_at = clock_timestamp(), question = NULL,
         message = $4, progress = CASE WHEN $3 = 'succeeded' THEN 100 ELSE GREATEST(progress, $5) END,
         final = $2::jsonb || jsonb_build_object('seq', last_seq + 1, 'progress',
           CASE WHEN $3 = 'succeeded' THEN 100 ELSE GREATEST(progress, $5) END)
       WHERE id = $1 AND state NOT IN ('succeeded', 'failed', 'cancelled')
         AND (NOT $6 OR (state = 'queued' AND released_at IS NULL))
       RETURNING id, last_seq, final AS event
     ),
     stored AS (INSERT INTO atelier.events (job, seq, event) SELECT id, last_seq, event FROM job),
     told AS (SELECT ${notify} FROM job)
     SELECT event FROM job, told`,
    [job, storableJson(event), stateOf[event.status], storableText(event.message), event.progress, onlyQueued],
    { patience },
  );
  return row?.event;
}

/** Stored events with numbers above `after`, in order; at most `limit`. */
export async function readEvents(
  database: Database,
  job: string,
  after: number,
  { limit = 500, signal }: { readonly limit?: number; readonly signal?: AbortSignal | undefined } = {},
): Promise<readonly WireEvent[]> {
  const rows = await database.query<{ event: WireEvent }>(
    'SELECT event FROM atelier.events WHERE job = $1 AND seq > $2 ORDER BY seq LIMIT $3',
    [job, after, limit],
    { patience: workerPatience, signal },
  );
  return rows.map(({ event }) => event);
}
