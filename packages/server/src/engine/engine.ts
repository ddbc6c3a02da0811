import { AsyncLocalStorage } from 'node:async_hooks';
import type { Studio } from '@atelier/sdk';
import type { Logger } from 'pino';
import { type Database, workerPatience } from '../database/database.ts';
import { storeFinalEvent } from '../jobs/event-store.ts';
import { failureEvent } from '../jobs/final-events.ts';
import { isFinal, type JobRecord } from '../jobs/job.ts';
import { deadlineExceeded, endedWithoutWord, otherRelease, workerLost } from '../jobs/job-errors.ts';
import { type JobRow, toJob } from '../jobs/job-row.ts';
import type { Settings } from '../services.ts';
import { Answers } from './answers.ts';
import { Control } from './control.ts';
import { type DurableQueue, openDurableQueue, stepsVersion } from './durable-queue.ts';
import { Repeating } from './repeating.ts';
import { RunningJob } from './running-job.ts';
import { releaseJobs } from './scheduler.ts';
import {
  cancelledJobs,
  endlessJobs,
  isNobodys,
  overdueJobs,
  releasedButNotQueued,
  strandedJobs,
} from './stray-jobs.ts';
import { beat, leave, orphanedJobs } from './workers.ts';

export interface EngineParts {
  readonly database: Database;
  readonly settings: Settings['jobs'];
  readonly studioOf: (tenant: string) => Studio;
  readonly logger: Logger;
}

/** Milliseconds between looks for queued jobs, should a word be lost. */
const releaseEvery = 1000;
/** Milliseconds in which new jobs are released together. */
const burst = 200;
/** Milliseconds after which a job that two processes ran is gone on with. */
const afterConflict = 2000;

/** Works on jobs in this process, and sees to it that jobs of dead processes go on. */
export class Engine {
  readonly #parts: EngineParts;
  readonly #control: Control;
  readonly #answers: Answers;
  readonly #running = new Map<string, RunningJob>();
  readonly #releasing: Repeating;
  readonly #beating: Repeating;
  readonly #caring: Repeating;
  /** Where DBOS's own calls are made from: not from inside a job. */
  readonly #outside = AsyncLocalStorage.snapshot();
  #queue: DurableQueue | undefined;
  #soon: NodeJS.Timeout | undefined;
  #waiting = 0;
  #isTaking = true;
  #isLeaving = false;

  private constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#control = new Control(parts.database);
    this.#answers = new Answers(parts.database, this.#control, (change) => this.#setWaiting(change));
    const { takeoverSeconds } = parts.settings;
    const { logger } = parts;
    this.#releasing = new Repeating('release', releaseEvery, () => this.#release(), logger);
    this.#beating = new Repeating('heartbeat', (takeoverSeconds * 1000) / 4, () => this.#beat(), logger);
    this.#caring = new Repeating('takeover', (takeoverSeconds * 1000) / 4, () => this.#care(), logger);
  }

  static async start(parts: EngineParts): Promise<Engine> {
    const engine = new Engine(parts);
    const { database, settings, logger } = parts;
    const runJob = (id: string) => engine.#run(id);
    try {
      engine.#queue = await openDurableQueue({ database, logger, slots: settings.perWorker, runJob });
      await engine.#beat();
    } catch (error) {
      await engine.#queue?.close();
      engine.#control.close();
      throw error;
    }
    engine.#control.on((word, job) => engine.#hear(word, job));
    for (const task of [engine.#releasing, engine.#beating, engine.#caring]) task.start();
    logger.info({ worker: engine.#queue.worker, slots: settings.perWorker }, 'working on jobs');
    return engine;
  }

  /** Jobs at work in this process, those that wait for people among them. */
  get atWork(): number {
    return this.#running.size;
  }

  /** Takes no more jobs, and waits until those at work have ended, or so long. */
  async drain(graceSeconds: number): Promise<void> {
    const end = performance.now() + graceSeconds * 1000;
    this.#isTaking = false;
    this.#queue?.setSlots(0);
    await Promise.all([this.#releasing.stop(), this.#caring.stop()]);
    // Others must not release jobs for this worker's places.
    await this.#beat().catch(() => {});
    // Whoever waits for a person may do so elsewhere.
    while (this.#running.size > this.#waiting && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /**
   * Takes no more jobs, gives those at work `graceSeconds` to end, and leaves the others, as far as they are recorded, to other
   * workers or the next start.
   */
  async close(graceSeconds: number): Promise<void> {
    await this.drain(graceSeconds);
    this.#isLeaving = true;
    const left = [...this.#running.keys()];
    for (const job of this.#running.values()) job.leave();
    await this.#queue?.close();
    this.#control.close();
    await this.#beating.stop();
    const { database, logger } = this.#parts;
    if (left.length > 0) logger.info({ jobs: left.length }, 'left jobs to other workers');
    // With this worker struck from the list, its jobs are orphans, which every other worker looks for.
    if (this.#queue) await leave(database, this.#queue.worker).catch(() => {});
  }

  async #run(id: string): Promise<'ended' | 'left'> {
    if (this.#isLeaving) return 'left';
    const job = await this.#begin(id);
    if (!job || isFinal(job.state)) return 'ended';
    const { database, settings, studioOf, logger } = this.#parts;
    if (job.attempts > settings.maxAttempts) {
      await storeFinalEvent(database, id, failureEvent(workerLost(job.attempts - 1), job.request.language));
      return 'ended';
    }
    const running = new RunningJob({
      job,
      studio: studioOf(job.tenant),
      database,
      answers: this.#answers,
      logger,
      answerTime: settings.answerSeconds * 1000,
      stepSeconds: settings.stepSeconds,
    });
    this.#running.set(id, running);
    try {
      // It may have come while the job began.
      if (this.#isLeaving) running.leave();
      const end = await running.run();
      if (end === 'left' && !this.#isLeaving) this.#goOnLater(id);
      return end;
    } finally {
      this.#running.delete(id);
      this.#releasing.now();
    }
  }

  /** Another process had it as well, and one of the two was stopped by the other's record: whoever is left goes on from there. */
  #goOnLater(id: string): void {
    const goOn = async () => {
      const queue = this.#queue;
      if (!queue || this.#isLeaving || !(await isNobodys(this.#parts.database, id, queue.worker))) return;
      await queue.resume([id]);
    };
    const report = (error: unknown) => this.#parts.logger.warn({ err: error, job: id }, 'not resumed');
    setTimeout(() => this.#outside(() => void goOn().catch(report)), afterConflict).unref();
  }

  async #begin(id: string): Promise<JobRecord | undefined> {
    const [row] = await this.#parts.database.query<JobRow>(
      `UPDATE atelier.jobs SET worker = $2, attempts = attempts + CASE WHEN state IN ('queued', 'running', 'waiting') THEN 1 ELSE 0 END,
         started_at = coalesce(started_at, clock_timestamp()), state = CASE WHEN state = 'queued' THEN 'running' ELSE state END
       WHERE id = $1 RETURNING *`,
      [id, this.#queue?.worker ?? ''],
      { patience: workerPatience },
    );
    return row && toJob(row);
  }

  #hear(word: string, job: string | undefined): void {
    if (word === 'queued') this.#releaseSoon();
    if (word === 'anything') this.#releasing.now();
    if (word === 'cancel' && job !== undefined) this.#running.get(job)?.cancel();
    if (word === 'anything') this.#caring.now();
  }

  /** At once for a job by itself; what comes in a burst is accepted first and worked on then. */
  #releaseSoon(): void {
    if (this.#soon) return;
    this.#releasing.now();
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      this.#releasing.now();
    }, burst);
    this.#soon.unref();
  }

  async #release(): Promise<void> {
    const { database, settings } = this.#parts;
    const ids = await releaseJobs(database, settings);
    for (const id of ids) await this.#queue?.enqueue(id);
  }

  async #beat(): Promise<void> {
    const { database, settings, logger } = this.#parts;
    const id = this.#queue?.worker;
    if (id === undefined) return;
    const wasKnown = await beat(database, {
      id,
      slots: this.#isTaking ? settings.perWorker : 0,
      version: stepsVersion,
    });
    if (wasKnown || this.#running.size === 0) return;
    logger.warn('this worker was thought dead; others have its jobs');
    for (const job of this.#running.values()) job.leave();
  }

  /** What nobody else would see to. */
  async #care(): Promise<void> {
    const { database, settings, logger } = this.#parts;
    // First, or this worker might strike itself out: after Postgres was away, nobody has been seen for a while.
    await this.#beat();
    const orphans = await orphanedJobs(database, settings.takeoverSeconds);
    if (orphans.length > 0) logger.warn({ jobs: orphans }, 'going on with jobs of workers that died');
    await this.#queue?.resume(orphans);
    for (const id of await releasedButNotQueued(database)) await this.#queue?.enqueue(id);
    for (const { id, language, deadlineSeconds } of await overdueJobs(database)) {
      const event = failureEvent(deadlineExceeded(deadlineSeconds), language);
      await storeFinalEvent(database, id, event, { onlyQueued: true });
    }
    for (const { id, language, error } of await endlessJobs(database)) {
      logger.error({ job: id, recorded: error }, 'a job ended without a word');
      await storeFinalEvent(database, id, failureEvent(endedWithoutWord(), language));
    }
    for (const { id, language } of await strandedJobs(database)) {
      await storeFinalEvent(database, id, failureEvent(otherRelease(), language));
    }
    for (const id of await cancelledJobs(database, [...this.#running.keys()])) this.#running.get(id)?.cancel();
  }

  #setWaiting(change: 1 | -1): void {
    this.#waiting += change;
    // A job that waits for a person does nothing, and takes nobody's place.
    if (this.#isTaking) this.#queue?.setSlots(this.#parts.settings.perWorker + this.#waiting);
    this.#releasing.now();
  }
}
