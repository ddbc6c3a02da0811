import type { QuestionAnswer } from '@atelier/sdk';
import { AgentError } from './agent-error.ts';
import type { Connection, Outgoing } from './connection.ts';
import { newKey } from './invoke.ts';
import { isFinalEvent, isFinalState, type WatchOptions, type WatchSettings, watchJob } from './watch-job.ts';
import type { Job, JobEvent } from './wire.ts';

export interface CallOptions {
  /** Ends the call with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A job that did what it was asked: nothing in it is open any more. */
export type JobResult = Job & { readonly answer: string; readonly verified: boolean };

export interface JobTicket {
  readonly ticket: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  /** The job's WebSocket and its Server-Sent Events, with the ticket in them; add `&after=SEQ` to go on from there. */
  readonly webSocket: string;
  readonly events: string;
}

/** One job: what it is, what happens, what it asks and what came of it. Holds no connection of its own. */
export interface JobHandle {
  readonly jobId: string;
  /** As it is now. */
  get(options?: CallOptions): Promise<Job>;
  /**
   * What happened and what happens, until the final event: stored events gapless, in order and each once, whatever becomes of
   * connections; live ones (`token`, `state: 'running'`) as they come. Ends where the loop is left or the signal fires.
   * @example for await (const event of job.events()) console.log(event.status);
   */
  events(options?: WatchOptions): AsyncIterable<JobEvent>;
  /**
   * Waits for the end. Throws an `AgentError` with the job where it failed (with the failure's code) or was cancelled
   * (`cancelled`). A job that asks a question waits for `answer`.
   */
  result(options?: CallOptions): Promise<JobResult>;
  /**
   * Answers what the job asks: the question, or its id, and the number of a candidate or a yes or no. The same answer twice is
   * one. Throws `conflict` where it was answered otherwise or is over.
   * @example await job.answer(event, { choice: 2 }) @example await job.answer(event, { approved: true })
   */
  answer(question: string | { readonly id: string }, answer: QuestionAnswer, options?: CallOptions): Promise<Job>;
  /** Stops it; one that has ended stays as it is. */
  cancel(options?: CallOptions): Promise<Job>;
  /** For `EventSource` and `WebSocket` of pages, which send no headers: addresses that open this job's events within a minute. */
  ticket(options?: CallOptions): Promise<JobTicket>;
  /** A new job with the same request, for one that failed or was cancelled. Throws `conflict` for others. */
  retry(options?: CallOptions): Promise<InvokedJob>;
}

/** A job that was just accepted. */
export interface InvokedJob extends JobHandle {
  /** The session that it belongs to: give it to the next `invoke` to go on. */
  readonly session: string;
}

export function jobHandle(connection: Connection, jobId: string, settings: WatchSettings): JobHandle {
  const path = `/jobs/${encodeURIComponent(jobId)}`;
  const get = ({ signal }: CallOptions = {}) => connection.json<Job>(path, { signal });
  const events = (options: WatchOptions = {}) => watchJob(connection, jobId, options, settings);
  const post = <Value>(
    action: string,
    { signal }: CallOptions,
    more: Pick<Outgoing, 'json' | 'headers'> = {},
  ): Promise<Value> =>
    connection.json<Value>(`${path}/${action}`, { method: 'POST', signal, repeatable: true, ...more });
  return {
    jobId,
    get,
    events,
    async result({ signal } = {}) {
      const { lastSeq, state } = await get({ signal });
      if (!isFinalState(state))
        for await (const event of events({ after: lastSeq, signal })) if (isFinalEvent(event)) break;
      return resultOf(await get({ signal }));
    },
    answer: (question, answer, options = {}) =>
      post<Job>('answer', options, {
        json: { question: typeof question === 'string' ? question : question.id, ...answer },
      }),
    cancel: (options = {}) => post<Job>('cancel', options),
    ticket: (options = {}) => post<JobTicket>('ticket', options),
    async retry(options = {}) {
      // Each call makes one job, however often it must be sent.
      const headers = { 'idempotency-key': newKey() };
      const accepted = await post<{ job_id: string; session: string }>('retry', options, { headers });
      return invokedJob(connection, accepted, settings);
    },
  };
}

export const invokedJob = (
  connection: Connection,
  { job_id, session }: { readonly job_id: string; readonly session: string },
  settings: WatchSettings,
): InvokedJob => ({ ...jobHandle(connection, job_id, settings), session });

function resultOf(job: Job): JobResult {
  const { answer, verified, error } = job;
  if (job.state === 'succeeded' && answer !== null && verified !== null) return { ...job, answer, verified };
  if (job.state === 'cancelled') throw new AgentError({ code: 'cancelled', message: job.message, job });
  if (error) {
    const { message, hint, details } = error;
    // Codes on the wire are AtelierError's.
    throw new AgentError({ code: error.code as AgentError['code'], message, hint, details, job });
  }
  throw new AgentError({ code: 'response-invalid', message: `The job's state is ${job.state} after its end.`, job });
}
