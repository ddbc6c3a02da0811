import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { QuestionAnswer, Studio } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { isImageId } from '@atelier/sdk/image';
import { languageOf, safeName } from '@atelier/sdk/tools';
import type { FollowOptions, JobBoard, JobRequest, JobView } from '../job-board.ts';
import { answerJob } from './answer-job.ts';
import { fileJobStore } from './file-job-store.ts';
import { defaultTiming, type InProcessJobsOptions, type JobTiming, mostUnfinished } from './in-process-options.ts';
import { behindQuestion, closing, noPrompt, notWritable, promptTooLong, tooManyJobs } from './job-errors.ts';
import { newJobId } from './job-id.ts';
import { type JobRecord, viewOf } from './job-record.ts';
import { JobRunner } from './job-runner.ts';
import type { JobStore } from './job-store.ts';
import { JobViews } from './job-views.ts';
import { memoryJobStore } from './memory-job-store.ts';
import { unfinishedIn } from './session-at-work.ts';
import { sweepJobs } from './sweep-jobs.ts';

export type { InProcessJobsOptions } from './in-process-options.ts';

/** Jobs that this process works on and, over a shared folder, those of other processes. */
export interface InProcessJobs extends JobBoard {
  /** Whether no job of this process is unfinished. */
  readonly isIdle: boolean;
  /** The id of a job of this session, also of another process over the same folder, that waits, works or asks. */
  unfinishedIn(session: string): Promise<string | undefined>;
  /** Ends what is at work: those jobs fail with `worker-lost`, and what they made stays made. */
  close(): Promise<void>;
}

/** A run of the agent for each job, in this process. Few work at once; what waits for a person does not count. */
export const inProcessJobs = (options: InProcessJobsOptions): InProcessJobs => new Board(options);

/** Characters. */
const longestPrompt = 10_000;

/** How long a call waits for a job to take note of a cancellation, in milliseconds. */
const cancelMs = 5000;

const sweepEveryMs = 3_600_000;

class Board implements InProcessJobs {
  readonly #options: InProcessJobsOptions;
  readonly #timing: JobTiming;
  readonly #now: () => number;
  readonly #store: JobStore;
  readonly #owner = { id: randomUUID(), host: hostname(), pid: process.pid };
  readonly #runner: JobRunner;
  readonly #views: JobViews;
  #sweptAt = Number.NEGATIVE_INFINITY;
  #starting = 0;

  constructor(options: InProcessJobsOptions) {
    this.#options = options;
    const { folder, now = Date.now } = options;
    const timing = { ...defaultTiming, ...options.timing };
    const store =
      folder === undefined ? memoryJobStore() : fileJobStore(join(folder, 'jobs'), timing.beatMs, timing.silenceMs);
    this.#timing = timing;
    this.#now = now;
    this.#store = store;
    this.#runner = new JobRunner({ ...options, store, owner: this.#owner, timing, now });
    this.#views = new JobViews({ runner: this.#runner, store, timing, now });
  }

  get isIdle(): boolean {
    return this.#runner.size === 0;
  }

  unfinishedIn(session: string): Promise<string | undefined> {
    return unfinishedIn(this.#runner, this.#store, session);
  }

  async start(request: JobRequest): Promise<JobView> {
    const prompt = checkPrompt(request.prompt);
    if (this.#runner.isClosed) throw closing();
    // Many may come at once, and each is only there when it is written down.
    if (this.#runner.size + this.#starting >= mostUnfinished) throw tooManyJobs(mostUnfinished);
    this.#starting += 1;
    try {
      return await this.#begin(request, prompt);
    } finally {
      this.#starting -= 1;
    }
  }

  async #begin(request: JobRequest, prompt: string): Promise<JobView> {
    const { image, approve = this.#options.approve } = request;
    if (image !== undefined) await checkImage(image, await this.#options.studio());
    const session = request.session ?? (await this.#options.sessionOf(image)) ?? newSession();
    await this.#refuseBehindQuestion(session);
    const record: JobRecord = {
      ...blank,
      id: newJobId(this.#now()),
      owner: this.#owner,
      language: request.language ?? languageOf(prompt),
      createdAt: this.#now(),
      session: safeName('session id', session),
      prompt,
    };
    const queued = { ...record, message: queuedMessage[record.language] };
    const job = await this.#runner.begin(queued, { image, approve }).catch((error: unknown) => {
      throw AtelierError.isInstance(error) ? error : notWritable(error);
    });
    this.#sweep();
    return viewOf(job.record);
  }

  /** What stands behind a question would wait for as long as nobody answers, and say nothing but that it waits. */
  async #refuseBehindQuestion(session: string): Promise<void> {
    const earlier = await this.unfinishedIn(session);
    if (earlier === undefined) return;
    const { state, question } = await this.get(earlier);
    if (state === 'waiting') throw behindQuestion(earlier, question?.id);
  }

  get(id: string): Promise<JobView> {
    return this.#views.get(id);
  }

  follow(id: string, options: FollowOptions = {}): Promise<JobView> {
    return this.#views.follow(id, options, ({ state }) => state === 'waiting');
  }

  answer(id: string, question: string, answer: QuestionAnswer): Promise<JobView> {
    const options = { runner: this.#runner, views: this.#views, store: this.#store, now: this.#now };
    return answerJob(options, { job: id, question, answer });
  }

  async cancel(id: string): Promise<JobView> {
    const job = this.#runner.job(id);
    if (job) job.stop('cancelled');
    else if (await this.#views.isUnfinished(id)) {
      await this.#store.markCancelled(id).catch((error: unknown) => {
        throw notWritable(error);
      });
    }
    return this.#views.follow(id, { timeoutMs: cancelMs }, () => false);
  }

  async recent(limit = 20): Promise<readonly string[]> {
    return (await this.#store.ids()).slice(0, limit);
  }

  close(): Promise<void> {
    return this.#runner.close();
  }

  /** Forgets old jobs, now and then. */
  #sweep(): void {
    const now = this.#now();
    if (now - this.#sweptAt < sweepEveryMs) return;
    this.#sweptAt = now;
    // What is left is swept the next time.
    sweepJobs(this.#store, now - this.#timing.keepMs).catch(() => {});
  }
}

const newSession = (): string => `session_${randomUUID().replaceAll('-', '')}`;

const queuedMessage = { en: 'Waiting to start...', ko: '대기 중...' } as const;

const blank = {
  format: 1,
  endedAt: null,
  answers: {},
  state: 'queued',
  progress: 0,
  message: '',
  question: null,
  answer: null,
  image: null,
  verified: null,
  edits: [],
  notDone: [],
  error: null,
} as const satisfies Partial<JobRecord>;

function checkPrompt(given: string): string {
  const prompt = given.trim();
  if (prompt === '') throw noPrompt();
  if (prompt.length > longestPrompt) throw promptTooLong(prompt.length, longestPrompt);
  return prompt;
}

/** Whoever names a picture that is not there shall hear of it at once. */
async function checkImage(image: string, studio: Studio): Promise<void> {
  if (isImageId(image)) {
    const session = studio.session();
    // What is there is decoded when its turn has come.
    if (!(await session.hasImage(image))) await session.loadImage(image);
  } else {
    throw new AtelierError({
      code: 'invalid-input',
      message: `"${image.slice(0, 60)}" is not the id of a picture.`,
      hint: 'Image ids are img_ and 32 hex digits.',
    });
  }
}
