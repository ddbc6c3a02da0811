import type { SessionRecord } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { postgresHistoryStore } from '../history/postgres-history-store.ts';
import type { Services } from '../services.ts';

/** A job that has not ended. */
export interface ActiveJob {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'waiting';
}

export interface FoundSession {
  /** Undefined where its first job is accepted and has stored nothing yet. */
  readonly record: SessionRecord | undefined;
  /** The job at work, or the one that is next. */
  readonly job: ActiveJob | undefined;
}

/** Looks before the SDK would begin an empty session. Throws `not-found`, also for another tenant's. */
export async function findSession(services: Services, tenant: string, id: string): Promise<FoundSession> {
  if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/.test(id)) throw unknownSession(id);
  const [record, job] = await Promise.all([
    postgresHistoryStore(services.database).load(tenant, id),
    activeJob(services, tenant, id),
  ]);
  if (!record && !job) throw unknownSession(id);
  return { record, job };
}

async function activeJob({ database }: Services, tenant: string, session: string): Promise<ActiveJob | undefined> {
  const [job] = await database.query<ActiveJob>(
    `SELECT id, state FROM atelier.jobs WHERE tenant = $1 AND session = $2 AND state IN ('queued', 'running', 'waiting')
     ORDER BY state = 'queued', created_at LIMIT 1`,
    [tenant, session],
  );
  return job;
}

/** Throws `conflict` while a job of the session is waiting or at work. */
export async function checkIdle(services: Services, tenant: string, session: string): Promise<void> {
  const job = await activeJob(services, tenant, session);
  if (job) throw isBusy(job, 'Wait until it has ended, cancel it, or name another session.');
}

/** The record of a session with something in it. Throws `not-found`. */
export async function storedSession(services: Services, tenant: string, id: string): Promise<SessionRecord> {
  const { record } = await findSession(services, tenant, id);
  if (record) return record;
  throw unknownSession(id);
}

/** A session that may be changed now. Throws `not-found`, and `conflict` while a job of it is waiting or at work. */
export async function idleSession(services: Services, tenant: string, id: string): Promise<SessionRecord> {
  const { record, job } = await findSession(services, tenant, id);
  if (job) throw isBusy(job);
  if (record) return record;
  throw unknownSession(id);
}

const isBusy = ({ id, state }: ActiveJob, hint = 'Wait until it has ended, or cancel it.'): AtelierError =>
  new AtelierError({
    code: 'conflict',
    message: `A job of this session has not ended: it is ${state}.`,
    hint,
    isRetryable: true,
    details: { job_id: id, state },
  });

const unknownSession = (id: string): AtelierError =>
  new AtelierError({
    code: 'not-found',
    message: `There is no session ${id.slice(0, 60)}.`,
    hint: 'A session begins with its first job: POST /agent/invoke.',
  });
