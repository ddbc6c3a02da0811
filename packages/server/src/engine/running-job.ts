import type { Studio } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { Error as DbosErrors } from '@dbos-inc/dbos-sdk';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { storeFinalEvent } from '../jobs/event-store.ts';
import { failureEvent } from '../jobs/final-events.ts';
import type { FinalEvent, JobRecord } from '../jobs/job.ts';
import { deadlineExceeded, otherRelease } from '../jobs/job-errors.ts';
import type { Answers } from './answers.ts';
import { DurablePort } from './durable-port.ts';

export interface RunningJobParts {
  readonly job: JobRecord;
  readonly studio: Studio;
  readonly database: Database;
  readonly answers: Answers;
  readonly logger: Logger;
  /** Milliseconds. */
  readonly answerTime: number;
  readonly stepSeconds: number;
}

/** Node's timers hold no more. Milliseconds. */
const longestTimer = 2 ** 31 - 1;

/** One job at work in this process. */
export class RunningJob {
  readonly #parts: RunningJobParts;
  readonly #stop = new AbortController();
  #why: 'cancelled' | 'deadline' | 'leaving' | undefined;

  constructor(parts: RunningJobParts) {
    this.#parts = parts;
  }

  /** A person wants it to stop. */
  cancel(): void {
    this.#abort('cancelled');
  }

  /** This process stops: the job is left as it is, for another one to go on with. */
  leave(): void {
    this.#abort('leaving');
  }

  /** Resolves when the job has ended, with `left` where it has not and another process goes on. */
  async run(): Promise<'ended' | 'left'> {
    const { job, database, logger } = this.#parts;
    if (job.cancelRequested) this.cancel();
    const timer = setTimeout(
      () => this.#abort('deadline'),
      Math.min(longestTimer, job.deadlineAt.getTime() - Date.now()),
    );
    const port = this.#port();
    let failure: unknown;
    try {
      await this.#work(port);
    } catch (error) {
      failure = error;
    } finally {
      clearTimeout(timer);
      await port.settled();
    }
    if (port.lost instanceof DbosErrors.DBOSUnexpectedStepError) {
      await storeFinalEvent(database, job.id, failureEvent(otherRelease(port.lost), job.request.language));
      return 'ended';
    }
    if (port.lost !== undefined) {
      logger.info({ job: job.id, why: this.#why ?? 'taken over' }, 'job left to another process');
      return 'left';
    }
    // The run tells its end itself; this is for what went wrong before it began, and does nothing otherwise.
    if (failure !== undefined) {
      const event = failureEvent(toError(failure), job.request.language);
      await storeFinalEvent(database, job.id, this.#final(event));
    }
    return 'ended';
  }

  async #work(port: DurablePort): Promise<void> {
    const { job, studio, stepSeconds } = this.#parts;
    const { request } = job;
    const { image, protect } = request;
    // Recorded: a process that takes over in the middle must not put the first picture back.
    await port.step('open', async () => {
      const session = studio.session({ id: request.session, ...(protect ? { protect } : {}) });
      if (image !== null) await session.addImage(image);
      else await session.history();
      return null;
    });
    const run = studio.session({ id: request.session }).run(request.prompt, {
      port: () => port,
      signal: this.#stop.signal,
      language: request.language,
      approve: request.approve,
      maxSteps: request.maxSteps,
      maxSeconds: request.deadlineSeconds,
      maxStepSeconds: stepSeconds,
    });
    await run.result;
  }

  #port(): DurablePort {
    const { job, database, answers, answerTime } = this.#parts;
    return new DurablePort({
      job,
      database,
      answers,
      answerTime,
      signal: this.#stop.signal,
      isLeaving: () => this.#why === 'leaving',
      finalEvent: (event) => this.#final(event),
    });
  }

  #final(event: FinalEvent): FinalEvent {
    if (this.#why !== 'deadline' || event.status === 'success') return event;
    const { deadlineSeconds, language } = this.#parts.job.request;
    const { seq, at, stage, progress, outputImage, edits } = event;
    const head = { seq, at, stage, progress };
    return { ...failureEvent(deadlineExceeded(deadlineSeconds), language), ...head, outputImage, edits };
  }

  #abort(why: 'cancelled' | 'deadline' | 'leaving'): void {
    // Leaving goes before everything: whoever takes over sees the rest for itself.
    if (this.#why === undefined || why === 'leaving') this.#why = why;
    this.#stop.abort();
  }
}

const toError = (cause: unknown): AtelierError =>
  AtelierError.isInstance(cause)
    ? cause
    : new AtelierError({ code: 'backend-failed', message: 'The job could not be begun.', cause });
