import type { QuestionAnswer } from '@atelier/sdk';
import type { JobEvent } from './events.ts';
import type { JobRecord, JobRequest, JobState } from './job.ts';

export interface NewJob {
  readonly request: JobRequest;
  /** The caller's `Idempotency-Key`: of several creations with one key, one makes a job. */
  readonly idempotencyKey?: string | undefined;
  /** A hash of everything the caller sent: the same key with other contents is a `conflict`. */
  readonly requestHash: string;
}

export interface ListJobs {
  /** 1..100. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly cursor?: string | undefined;
  readonly state?: JobState | undefined;
  readonly session?: string | undefined;
}

/** Jobs, from the outside: what routes call. Every method takes the tenant first; another tenant's job is `not-found`. */
export interface JobService {
  /** Accepts a job. `created: false`: this key made one before, and here it is. Throws `conflict` (same key, other contents), `rate-limited` (too many waiting). */
  create(tenant: string, job: NewJob): Promise<{ readonly job: JobRecord; readonly created: boolean }>;
  get(tenant: string, id: string): Promise<JobRecord>;
  /** Newest first. */
  list(tenant: string, query: ListJobs): Promise<{ readonly jobs: readonly JobRecord[]; readonly next: string | null }>;
  /** Asks a job to stop; one that has ended stays as it is. */
  cancel(tenant: string, id: string): Promise<JobRecord>;
  /** Throws `not-found` (no such question), `conflict` (answered otherwise, expired, or the job has ended), `invalid-input` (an answer of another kind, or no such candidate). The same answer twice is one answer. */
  answer(tenant: string, id: string, question: string, answer: QuestionAnswer): Promise<JobRecord>;
  /**
   * A new job with the same request, for one that failed or was cancelled. Throws `conflict` for others. Asking twice makes one
   * job: with a key the one that it made; without, the latest one as long as that has not ended.
   */
  retry(tenant: string, id: string, idempotencyKey?: string): Promise<JobRecord>;
  /**
   * Stored events with `seq > after` (0: all), then what happens, until the final event or the signal. Stored events come
   * gapless, in order, each once; live ones come only while they happen. Throws `not-found`.
   */
  events(
    tenant: string,
    id: string,
    options: { readonly after?: number | undefined; readonly signal?: AbortSignal | undefined },
  ): AsyncIterable<JobEvent>;
}
