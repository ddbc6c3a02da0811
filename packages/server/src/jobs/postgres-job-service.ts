import { randomBytes } from 'node:crypto';
import type { QuestionAnswer } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import type { Database } from '../database/database.ts';
import type { JobOptions } from '../options.ts';
import { answerQuestion } from './answers.ts';
import { controlChannel } from './channels.ts';
import { EventFeed } from './event-feed.ts';
import { storeFinalEvent } from './event-store.ts';
import type { JobEvent } from './events.ts';
import { cancelledEvent } from './final-events.ts';
import { JobInserter } from './insert-jobs.ts';
import { isFinal, type JobRecord } from './job.ts';
import { keyUsedOtherwise, noSuchJob, tooManyQueued } from './job-errors.ts';
import { type JobRow, toJob } from './job-row.ts';
import type { JobService, ListJobs, NewJob } from './job-service.ts';
import { readCursor, writeCursor } from './list-cursor.ts';

/** Jobs in Postgres, as API processes see them. Workers are elsewhere: see engine/. */
export function createJobService(
  database: Database,
  { queuedPerTenant = 1000 }: Pick<JobOptions, 'queuedPerTenant'> = {},
): JobService & { close(): void } {
  const feed = new EventFeed(database);
  const inserter = new JobInserter(database, queuedPerTenant);
  const find = async (tenant: string, id: string): Promise<JobRow> => {
    const [row] = await database.query<JobRow>('SELECT * FROM atelier.jobs WHERE id = $1 AND tenant = $2', [
      id,
      tenant,
    ]);
    if (!row) throw noSuchJob(id);
    return row;
  };
  const create = async (tenant: string, job: NewJob, retryOf: string | null = null) => {
    const id = `job_${randomBytes(16).toString('hex')}`;
    const row = await inserter.insert({ ...job, id, tenant, retryOf });
    if (row) return { job: toJob(row), created: true };
    const known = job.idempotencyKey === undefined ? undefined : await findByKey(database, tenant, job.idempotencyKey);
    if (!known) throw tooManyQueued(queuedPerTenant);
    if (known.request_hash !== job.requestHash) throw keyUsedOtherwise();
    return { job: toJob(known), created: false };
  };
  return {
    create: (tenant, job) => create(tenant, job),
    get: async (tenant, id) => toJob(await find(tenant, id)),
    list: (tenant, query) => list(database, tenant, query),
    async cancel(tenant, id) {
      const job = toJob(await find(tenant, id));
      if (isFinal(job.state)) return job;
      const event = cancelledEvent(job.request.language);
      await storeFinalEvent(database, id, event, { patience: 0, onlyQueued: true });
      await database.query(
        `WITH job AS (
           UPDATE atelier.jobs SET cancel_requested = true
           WHERE id = $1 AND state NOT IN ('succeeded', 'failed', 'cancelled') RETURNING id
         )
         SELECT pg_notify('${controlChannel}', 'cancel ' || id) FROM job`,
        [id],
      );
      return toJob(await find(tenant, id));
    },
    async answer(tenant: string, id: string, question: string, answer: QuestionAnswer) {
      const { state } = await find(tenant, id);
      await answerQuestion(database, { id, state }, question, answer);
      return toJob(await find(tenant, id));
    },
    async retry(tenant, id, idempotencyKey) {
      const row = await find(tenant, id);
      if (row.state !== 'failed' && row.state !== 'cancelled') throw notToBeRetried(row);
      const last = idempotencyKey === undefined ? await lastRetry(database, row) : undefined;
      if (last && !isFinal(last.state)) return toJob(last);
      const { job } = await create(
        tenant,
        {
          request: row.request,
          // A key of a retry is none of an invocation, nor of the retry of another job.
          requestHash: `retry of ${id}`,
          // Of two that ask at one moment and find nothing, the key that both make up lets one make the job.
          idempotencyKey: idempotencyKey ?? `retry-${id}-after-${last?.id ?? 'none'}`,
        },
        id,
      );
      return job;
    },
    events: (tenant, id, { after = 0, signal }) => watch(() => find(tenant, id), feed, id, after, signal),
    close: () => feed.close(),
  };
}

async function* watch(
  find: () => Promise<JobRow>,
  feed: EventFeed,
  id: string,
  after: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<JobEvent, void, void> {
  const { state, last_seq: last } = await find();
  // What comes after the last event, or after a seq that was never given, would be waited for in vain.
  if (isFinal(state) && after >= last) return;
  yield* feed.read(id, Math.min(after, last), signal);
}

async function findByKey(database: Database, tenant: string, key: string): Promise<JobRow | undefined> {
  const [row] = await database.query<JobRow>('SELECT * FROM atelier.jobs WHERE tenant = $1 AND idempotency_key = $2', [
    tenant,
    key,
  ]);
  return row;
}

/** Retries are in the session of what they retry: there is an index for it. */
async function lastRetry(database: Database, { id, tenant, session }: JobRow): Promise<JobRow | undefined> {
  const [row] = await database.query<JobRow>(
    `SELECT * FROM atelier.jobs WHERE tenant = $1 AND session = $2 AND retry_of = $3
     ORDER BY created_at DESC, id DESC LIMIT 1`,
    [tenant, session, id],
  );
  return row;
}

async function list(database: Database, tenant: string, { limit, cursor, state, session }: ListJobs) {
  const [before, beforeId] = cursor === undefined ? [null, null] : readCursor(cursor);
  const rows = await database.query<JobRow & { position: string }>(
    `SELECT *, created_at::text AS position FROM atelier.jobs
     WHERE tenant = $1 AND ($2::text IS NULL OR state = $2) AND ($3::text IS NULL OR session = $3)
       AND ($4::timestamptz IS NULL OR (created_at, id) < ($4::timestamptz, $5::text))
     ORDER BY created_at DESC, id DESC LIMIT $6`,
    [tenant, state ?? null, session ?? null, before, beforeId, limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? writeCursor(last.position, last.id) : null;
  return { jobs: page.map(toJob), next };
}

const notToBeRetried = ({ id, state }: Pick<JobRecord, 'id' | 'state'>): AtelierError =>
  new AtelierError({
    code: 'conflict',
    message: `Job ${id} is ${state}: only jobs that failed or were cancelled are tried again.`,
    hint: isFinal(state)
      ? 'Send the request again to have it done once more.'
      : 'Cancel it first, or wait for its end.',
  });
