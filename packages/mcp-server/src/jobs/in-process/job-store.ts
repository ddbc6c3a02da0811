import type { JobOwner, JobRecord, Settled } from './job-record.ts';

/** Where one tenant's jobs are kept, seen by every process that shares it. */
export interface JobStore {
  /** The whole record; only its owner calls this. */
  write(record: JobRecord): Promise<void>;
  /** Undefined for what is not there, or not written by this release. */
  read(id: string): Promise<JobRecord | undefined>;
  /** Newest first. */
  ids(): Promise<readonly string[]>;
  /** Settles a question, once: whoever comes first is heard. Returns what counts. */
  settle(job: string, question: string, settled: Settled): Promise<Settled>;
  /** Undefined while nobody has settled it. */
  settled(job: string, question: string): Promise<Settled | undefined>;
  /** Asks the owner to stop. */
  markCancelled(job: string): Promise<void>;
  isMarkedCancelled(job: string): Promise<boolean>;
  remove(job: string): Promise<void>;
  /** A job, whose record is stored, waits for or works in a session from now on. */
  enter(session: string, job: string): Promise<void>;
  leave(session: string, job: string): Promise<void>;
  /** The jobs that have entered a session and not left it; those of owners that are gone never leave. */
  inSession(session: string): Promise<readonly string[]>;
  /** Says that this owner lives. */
  beat(owner: JobOwner): Promise<void>;
  /** Nothing of this owner is at work any more. */
  rest(owner: JobOwner): Promise<void>;
  /** Whether an owner, perhaps in another process, is there to go on with its jobs. */
  isAlive(owner: JobOwner): Promise<boolean>;
  /** Forgets what owners left behind that have been silent since. Milliseconds since 1970. */
  forgetOwners(before: number): Promise<void>;
}
