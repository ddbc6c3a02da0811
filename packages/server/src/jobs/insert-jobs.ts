import { AtelierError } from '@atelier/sdk/errors';
import type { Database } from '../database/database.ts';
import { storableJson } from '../database/storable-json.ts';
import { controlChannel, eventsChannel } from './channels.ts';
import type { WireEvent } from './events.ts';
import type { JobRow } from './job-row.ts';
import type { NewJob } from './job-service.ts';

/** A job that is to be stored. */
export interface JobToInsert extends NewJob {
  readonly id: string;
  readonly tenant: string;
  readonly retryOf: string | null;
}

/** Most jobs in one statement. */
const mostAtOnce = 100;

interface Waiting {
  readonly job: JobToInsert;
  readonly resolve: (row: JobRow | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Stores new jobs. What comes while a statement is at work goes into the next one together, so that many requests at once cost
 * little more than one.
 */
export class JobInserter {
  readonly #database: Database;
  readonly #queuedPerTenant: number;
  #waiting: Waiting[] = [];
  #working = false;

  constructor(database: Database, queuedPerTenant: number) {
    this.#database = database;
    this.#queuedPerTenant = queuedPerTenant;
  }

  /** The stored job; undefined where it was not stored: its key has made one, or too many of its tenant wait. */
  insert(job: JobToInsert): Promise<JobRow | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, resolve, reject });
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, mostAtOnce);
      await this.#insert(batch);
    }
    this.#working = false;
  }

  async #insert(batch: readonly Waiting[]): Promise<void> {
    try {
      const jobs = batch.map(({ job }) => job);
      const rows = new Map((await insertJobs(this.#database, this.#queuedPerTenant, jobs)).map((row) => [row.id, row]));
      for (const { job, resolve } of batch) resolve(rows.get(job.id));
    } catch (error) {
      // One that Postgres does not take must not fail its neighbours.
      if (batch.length > 1 && !isAway(error)) for (const one of batch) await this.#insert([one]);
      else for (const { reject } of batch) reject(error);
    }
  }
}

const isAway = (error: unknown): boolean => AtelierError.isInstance(error) && error.code === 'server-unavailable';

const queuedMessage = { en: 'Waiting for its turn...', ko: '차례를 기다리는 중...' } as const;

/** The jobs, their first events and the word to workers, in one statement. Returns those that were made. */
function insertJobs(database: Database, queuedPerTenant: number, jobs: readonly JobToInsert[]): Promise<JobRow[]> {
  const places = new Map<string, number>();
  const asked = jobs.map(({ id, tenant, request, idempotencyKey, requestHash, retryOf }) => {
    const place = places.get(tenant) ?? 0;
    places.set(tenant, place + 1);
    const message = queuedMessage[request.language];
    const at = new Date().toISOString();
    const event: WireEvent = { seq: 1, at, stage: 'plan', progress: 0, message, status: 'queued' };
    return {
      id,
      tenant,
      place,
      session: request.session,
      request,
      key: idempotencyKey ?? null,
      hash: requestHash,
      retry_of: retryOf,
      deadline: request.deadlineSeconds,
      message,
      event,
    };
  });
  return database.query<JobRow>(
    `WITH asked AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS asked (id text, tenant text, place int, session text, request jsonb,
         key text, hash text, retry_of text, deadline float8, message text, event jsonb)
     ),
     before AS (
       SELECT tenant, count(*) AS queued FROM atelier.jobs
       WHERE state = 'queued' AND tenant IN (SELECT tenant FROM asked) GROUP BY tenant
     ),
     job AS (
       INSERT INTO atelier.jobs
         (id, tenant, session, state, request, idempotency_key, request_hash, retry_of, deadline_at, last_seq, message)
       SELECT id, tenant, session, 'queued', request, key, hash, retry_of,
         clock_timestamp() + make_interval(secs => deadline), 1, message
       FROM asked LEFT JOIN before USING (tenant) WHERE coalesce(queued, 0) + place < $2
       ON CONFLICT (tenant, idempotency_key) DO NOTHING
       RETURNING *
     ),
     first AS (SELECT job.id, asked.event FROM job JOIN asked USING (id)),
     stored AS (INSERT INTO atelier.events (job, seq, event) SELECT id, 1, event FROM first),
     -- A clean-up that is at it waits, and then sees that the session is in use.
     used AS (
       UPDATE atelier.sessions session SET updated_at = now() FROM job
       WHERE session.tenant = job.tenant AND session.id = job.session
     ),
     told AS (SELECT count(pg_notify('${eventsChannel}', id || ' ' || event::text)) AS events FROM first),
     woken AS (SELECT count(pg_notify('${controlChannel}', 'queued')) AS words FROM told WHERE events > 0)
     SELECT job.* FROM job, told, woken`,
    [storableJson(asked), queuedPerTenant],
  );
}
