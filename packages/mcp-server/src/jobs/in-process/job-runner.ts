import { isEnded } from '../job-board.ts';
import { type InProcessJobsOptions, type JobTiming, mostAtWork } from './in-process-options.ts';
import { JobAtWork } from './job-at-work.ts';
import type { JobOwner, JobRecord } from './job-record.ts';
import type { JobStore } from './job-store.ts';
import { pause } from './pause.ts';
import { runJob } from './run-job.ts';
import { Sights } from './sights.ts';
import { Slots, Turn } from './slots.ts';

export interface JobRunnerOptions extends Omit<InProcessJobsOptions, 'timing' | 'now'> {
  readonly store: JobStore;
  readonly owner: JobOwner;
  readonly timing: JobTiming;
  readonly now: () => number;
}

/** What a job begins with beside its record. */
export interface JobStart {
  readonly image: string | undefined;
  readonly approve: 'edits' | 'never';
}

/** The jobs that this process works on: in their order within a session, few at once. */
export class JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #jobs = new Map<string, JobAtWork>();
  readonly #slots = new Slots(mostAtWork);
  readonly #sights: Sights;
  /** By session: until what was begun in it has ended. */
  readonly #sessions = new Map<string, Promise<unknown>>();
  #isWatching = false;
  #isClosed = false;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
    this.#sights = new Sights(options);
  }

  get size(): number {
    return this.#jobs.size;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  job(id: string): JobAtWork | undefined {
    return this.#jobs.get(id);
  }

  /** Rejects where the job cannot be stored; then nothing begins. */
  async begin(record: JobRecord, start: JobStart): Promise<JobAtWork> {
    const { store, owner, changed } = this.#options;
    const job = new JobAtWork(record, store, () => changed({ kind: 'job', job: record.id }));
    // Others who see the job see that somebody works on it.
    await store.beat(owner);
    await job.save();
    // Others who would edit in the session see it, too.
    await store.enter(record.session, record.id).catch(async (error: unknown) => {
      await store.remove(record.id).catch(() => {});
      throw error;
    });
    this.#jobs.set(record.id, job);
    if (this.#isClosed) job.stop('closed');
    changed({ kind: 'job', job: record.id });
    this.#inTurn(record.session, (earlier) => this.#work(job, start, earlier));
    if (!this.#isWatching) void this.#watch();
    return job;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const job of this.#jobs.values()) job.stop('closed');
    await Promise.all(this.#sessions.values());
    await this.#options.store.rest(this.#options.owner);
  }

  /** Work of one session follows one another. */
  #inTurn(session: string, work: (earlier: Promise<unknown>) => Promise<void>): void {
    const earlier = this.#sessions.get(session) ?? Promise.resolve();
    const all = Promise.all([earlier, work(earlier)]).then(() => {
      if (this.#sessions.get(session) === all) this.#sessions.delete(session);
    });
    this.#sessions.set(session, all);
  }

  async #work(job: JobAtWork, start: JobStart, earlier: Promise<unknown>): Promise<void> {
    const { studio, now, timing } = this.#options;
    const turn = new Turn([this.#slots, ...(this.#options.slots ? [this.#options.slots] : [])], job.signal);
    const { questionMs } = timing;
    await runJob(job, { ...start, earlier, turn, studio, now, questionMs, sights: this.#sights });
    turn.end();
    await this.#forget(job).catch(() => {});
  }

  /** From now on the store tells about it; where it could not be stored, this process does. */
  async #forget(job: JobAtWork): Promise<void> {
    await job.save();
    this.#jobs.delete(job.record.id);
    await this.#options.store.leave(job.record.session, job.record.id);
  }

  /** While there are jobs: says that this process lives, and looks for what others left for them. */
  async #watch(): Promise<void> {
    const { store, owner, timing } = this.#options;
    this.#isWatching = true;
    let beatAt = performance.now();
    while (this.#jobs.size > 0 && !this.#isClosed) {
      await pause(timing.pollMs);
      if (performance.now() - beatAt >= timing.beatMs) {
        beatAt = performance.now();
        await store.beat(owner).catch(() => {});
      }
      // What fails now is looked at again in a moment.
      for (const job of this.#jobs.values()) await this.#look(job).catch(() => {});
    }
    this.#isWatching = false;
  }

  async #look(job: JobAtWork): Promise<void> {
    const { store, now } = this.#options;
    const { id, question } = job.record;
    if (isEnded(job.record)) return this.#forget(job);
    if (await store.isMarkedCancelled(id)) return job.stop('cancelled');
    if (!question) return;
    const isOver = question.expiresAt !== null && now() >= Date.parse(question.expiresAt);
    const settled = isOver ? await store.settle(id, question.id, null) : await store.settled(id, question.id);
    if (settled !== undefined) job.tell(question.id, settled);
  }
}
