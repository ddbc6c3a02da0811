import { AtelierError } from '@atelier/sdk/errors';
import { type FollowOptions, isEnded, type JobView } from '../job-board.ts';
import type { JobTiming } from './in-process-options.ts';
import { noSuchJob } from './job-errors.ts';
import { isJobId } from './job-id.ts';
import { type JobRecord, lostView, viewOf } from './job-record.ts';
import type { JobRunner } from './job-runner.ts';
import type { JobStore } from './job-store.ts';
import { pause } from './pause.ts';

export interface JobViewsOptions {
  readonly runner: JobRunner;
  readonly store: JobStore;
  readonly timing: JobTiming;
  readonly now: () => number;
}

/** Jobs as they are now, of this process and of others. */
export class JobViews {
  readonly #options: JobViewsOptions;

  constructor(options: JobViewsOptions) {
    this.#options = options;
  }

  /** Throws `not-found`. */
  async record(id: string): Promise<JobRecord> {
    const { runner, store, timing, now } = this.#options;
    const record = (await runner.job(id)?.storedRecord()) ?? (isJobId(id) ? await store.read(id) : undefined);
    if (!record || (record.endedAt !== null && record.endedAt + timing.keepMs < now())) throw noSuchJob(id);
    return record;
  }

  /** Throws `not-found`. */
  async get(id: string): Promise<JobView> {
    const { runner, store } = this.#options;
    const isMine = runner.job(id) !== undefined;
    const record = await this.record(id);
    if (isMine || isEnded(record)) return viewOf(record);
    if (!(await store.isAlive(record.owner))) {
      // It may have said how it ended just before it went.
      const last = await this.record(id);
      return isEnded(last) ? viewOf(last) : lostView(last);
    }
    const { question } = record;
    if (!question || (await store.settled(id, question.id)) === undefined) return viewOf(record);
    // Its owner takes note in a moment; nobody needs to answer any more.
    return { ...viewOf(record), state: 'running', question: null };
  }

  async isUnfinished(id: string): Promise<boolean> {
    return !isEnded(await this.get(id));
  }

  /** Until it ends or `isOver`, or the time is over. Throws `not-found`, and `cancelled` when the signal fires. */
  async follow(id: string, options: FollowOptions, isOver: (job: JobView) => boolean): Promise<JobView> {
    const { signal, timeoutMs = Number.POSITIVE_INFINITY, onChange } = options;
    const until = performance.now() + timeoutMs;
    for (let told: JobView | undefined; ; ) {
      if (signal?.aborted) throw cancelled(signal.reason);
      const job = this.#options.runner.job(id);
      const version = job?.version ?? 0;
      const view = await this.get(id);
      if (!told || looksOther(told, view)) onChange?.(view);
      told = view;
      const left = until - performance.now();
      if (isEnded(view) || isOver(view) || left <= 0) return view;
      if (job) await job.changesAfter(version, left, signal);
      else await pause(Math.min(this.#options.timing.pollMs, left), signal);
    }
  }
}

const looksOther = (a: JobView, b: JobView): boolean =>
  a.message !== b.message || a.progress !== b.progress || a.state !== b.state;

const cancelled = (cause: unknown): AtelierError =>
  new AtelierError({ code: 'cancelled', message: 'The call was cancelled.', cause });
