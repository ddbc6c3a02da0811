import type { FinalEvent, JobRecord, JobRequest, JobState, QuestionEvent } from './job.ts';

/** A row of atelier.jobs, as pg returns it. */
export interface JobRow {
  readonly id: string;
  readonly tenant: string;
  readonly session: string;
  readonly state: JobState;
  readonly request: JobRequest;
  readonly request_hash: string;
  readonly retry_of: string | null;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly deadline_at: Date;
  readonly attempts: number;
  readonly cancel_requested: boolean;
  readonly last_seq: number;
  readonly progress: number;
  readonly message: string;
  readonly question: QuestionEvent | null;
  readonly final: FinalEvent | null;
}

export const toJob = (row: JobRow): JobRecord => ({
  id: row.id,
  tenant: row.tenant,
  session: row.session,
  state: row.state,
  request: row.request,
  retryOf: row.retry_of,
  createdAt: row.created_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  deadlineAt: row.deadline_at,
  attempts: row.attempts,
  cancelRequested: row.cancel_requested,
  lastSeq: row.last_seq,
  progress: row.progress,
  message: row.message,
  question: row.question,
  final: row.final,
});
