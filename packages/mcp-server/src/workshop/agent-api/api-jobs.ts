import type { QuestionAnswer } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import type { AgentClient, JobHandle } from '@atelier/server/client';
import { type FollowOptions, isEnded, type JobBoard, type JobRequest, type JobView } from '../../jobs/job-board.ts';
import type { Change } from '../workshop.ts';
import { jobView } from './api-job-view.ts';
import { cancelled, notFound, withAtelierErrors } from './as-atelier-error.ts';
import { followJob } from './follow-job.ts';

export interface ApiJobsOptions {
  readonly client: AgentClient;
  readonly approve: 'edits' | 'never';
  /** The session of jobs that name none. */
  readonly sessionOf: (image: string | undefined) => Promise<string | undefined>;
  readonly changed: (change: Change) => void;
}

/** The jobs of an agent API: they go on there, whatever becomes of this process. */
export class ApiJobs implements JobBoard {
  readonly #options: ApiJobsOptions;

  constructor(options: ApiJobsOptions) {
    this.#options = options;
  }

  async start({ prompt, image, session, language, approve = this.#options.approve }: JobRequest): Promise<JobView> {
    const { client, sessionOf } = this.#options;
    return withAtelierErrors(async () => {
      const belongsTo = session ?? (await sessionOf(image));
      const job = await client.invoke({ prompt, image, session: belongsTo, language, approve });
      return this.#changed(jobView(await job.get()));
    });
  }

  get(id: string): Promise<JobView> {
    return withAtelierErrors(async () => jobView(await this.#handle(id).get()));
  }

  async follow(id: string, { signal, timeoutMs, onChange }: FollowOptions = {}): Promise<JobView> {
    if (signal?.aborted) throw cancelled(signal.reason);
    let told: JobView | undefined;
    const tell = (view: JobView): void => {
      if (told && !looksOther(told, view)) return;
      told = view;
      onChange?.(view);
      this.#changed(view);
    };
    const view = await withAtelierErrors(
      () => followJob(this.#handle(id), { signal, timeoutMs, isOver, tell }),
      signal,
    );
    if (isEnded(view)) this.#ended(view);
    return view;
  }

  async answer(id: string, question: string, answer: QuestionAnswer): Promise<JobView> {
    try {
      return this.#changed(await this.#does(id, (job) => job.answer(question, answer)));
    } catch (error) {
      if (!AtelierError.isInstance(error) || error.code !== 'not-found') throw error;
      // Throws where it is the job that is not there.
      await this.get(id);
      throw notAsked(error);
    }
  }

  async cancel(id: string): Promise<JobView> {
    await this.#does(id, (job) => job.cancel());
    // Whoever works on it takes note in a moment.
    const told = { signal: undefined, timeoutMs: heedMs, isOver: isEnded, tell: () => {} };
    const view = this.#changed(await withAtelierErrors(() => followJob(this.#handle(id), told)));
    if (isEnded(view)) this.#ended(view);
    return view;
  }

  async recent(limit = 20): Promise<readonly string[]> {
    const { jobs } = await withAtelierErrors(() =>
      this.#options.client.jobs({ limit: Math.min(Math.max(limit, 1), 100) }),
    );
    return jobs.map((job) => job.job_id);
  }

  #handle(id: string): JobHandle {
    if (!/^[A-Za-z0-9_-]{1,128}$/.test(id)) throw notFound('job', id);
    return this.#options.client.job(id);
  }

  #does(id: string, act: (job: JobHandle) => ReturnType<JobHandle['get']>): Promise<JobView> {
    return withAtelierErrors(async () => jobView(await act(this.#handle(id))));
  }

  #changed(view: JobView): JobView {
    this.#options.changed({ kind: 'job', job: view.id });
    return view;
  }

  #ended({ session, image }: JobView): void {
    if (image !== null) this.#options.changed({ kind: 'pictures' });
    this.#options.changed({ kind: 'session', session });
  }
}

/** How long a cancelled job is waited for, in milliseconds. */
const heedMs = 5000;

const isOver = (view: JobView): boolean => isEnded(view) || view.state === 'waiting';

const looksOther = (a: JobView, b: JobView): boolean =>
  a.message !== b.message || a.progress !== b.progress || a.state !== b.state;

const notAsked = (cause: AtelierError): AtelierError =>
  new AtelierError({
    code: 'conflict',
    message: 'The job does not wait for an answer to this question.',
    hint: 'See job_status for what it asks now.',
    cause,
  });
