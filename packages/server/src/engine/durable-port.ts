import { createHash } from 'node:crypto';
import { isStored, type QuestionAnswer, type RunEvent, type RunPort } from '@atelier/sdk';
import { AtelierError, type AtelierErrorJson } from '@atelier/sdk/errors';
import { DBOS } from '@dbos-inc/dbos-sdk';
import type { Database } from '../database/database.ts';
import { storeEvent, storeFinalEvent } from '../jobs/event-store.ts';
import { isFinalEvent } from '../jobs/events.ts';
import type { FinalEvent, JobRecord } from '../jobs/job.ts';
import type { Answers } from './answers.ts';
import { LiveEvents } from './live-events.ts';
import { isWorthAnotherTry, waitBeforeRetry } from './retry-policy.ts';

/** What is recorded of a step. A step that was given up when its process stopped is tried again under its next name. */
type Recorded<Value> =
  | { readonly value: Value }
  | { readonly error: AtelierErrorJson }
  | { readonly interrupted: true };

export interface DurablePortParts {
  readonly job: JobRecord;
  readonly database: Database;
  readonly answers: Answers;
  /** Ends what is at work: the job's cancellation or deadline, or the end of this process. */
  readonly signal: AbortSignal;
  /** Whether the signal fired because this process stops: then nothing that follows from it is kept. */
  readonly isLeaving: () => boolean;
  /** The last event, where the job's end is another one than the run's: a deadline is a failure, not a cancellation. */
  readonly finalEvent: (event: FinalEvent) => FinalEvent;
  /** Milliseconds a person has to answer. */
  readonly answerTime: number;
}

/**
 * The port of a run on DBOS: steps are recorded in Postgres, events are stored under numbers that a replay cannot double, and
 * questions wait in a table. Once the run does not belong to this process any more, nothing of it is stored.
 */
export class DurablePort implements RunPort {
  readonly #parts: DurablePortParts;
  readonly #live: LiveEvents;
  readonly #recording = new Set<Promise<unknown>>();
  #ids = 0;
  /** Why the run does not belong to this process any more. */
  #lost: unknown;

  constructor(parts: DurablePortParts) {
    this.#parts = parts;
    this.#live = new LiveEvents(parts.database, parts.job.id);
  }

  /** What DBOS said when another process went on with the job; undefined while it is ours. */
  get lost(): unknown {
    return this.#lost ?? (this.#parts.isLeaving() ? 'leaving' : undefined);
  }

  /** Waits until what is at work is recorded: a run that was stopped does not wait for it, but whoever takes over must. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#recording);
    await this.#live.flush();
  }

  async step<Value>(id: string, work: () => Promise<Value>): Promise<Value> {
    for (let round = 1; ; round++) {
      const name = round === 1 ? id : `${id}#${round}`;
      const recorded = await this.#record(name, () => this.#attempt(work));
      if ('value' in recorded) return recorded.value;
      if ('error' in recorded) throw AtelierError.fromJSON(recorded.error);
      this.#parts.signal.throwIfAborted();
    }
  }

  async emit(event: RunEvent): Promise<void> {
    if (this.lost !== undefined) return;
    if (!isStored(event)) {
      this.#live.send({ ...event, after: event.after + 1 });
      return;
    }
    await this.#live.flush();
    const { database, job, signal } = this.#parts;
    // The run counts from 0, watchers from 1: "after 0" is everything.
    const numbered = { ...event, seq: event.seq + 1 };
    if (isFinalEvent(numbered)) await storeFinalEvent(database, job.id, this.#parts.finalEvent(numbered));
    else if (numbered.seq > job.lastSeq) {
      await storeEvent(database, job.id, this.#withDeadline(numbered), { signal });
    }
  }

  async ask(question: { readonly id: string }, signal: AbortSignal | undefined): Promise<QuestionAnswer | undefined> {
    const { answers, job } = this.#parts;
    const wait = () => answers.wait(job.id, question.id, signal ?? this.#parts.signal);
    return (await this.step(`ask:${question.id}`, wait)) ?? undefined;
  }

  async retry(error: AtelierError, attempt: number, signal: AbortSignal): Promise<boolean> {
    if (!isWorthAnotherTry(error, attempt)) return false;
    await waitBeforeRetry(attempt, signal);
    return true;
  }

  /** Only dates events, and the first telling of an event is the one that is kept. */
  now(): number {
    return Date.now();
  }

  /** The same ids in every replay, without recording them. */
  newId(prefix: string): string {
    const hash = createHash('sha256').update(`${this.#parts.job.id}/${prefix}/${this.#ids++}`);
    return `${prefix}_${hash.digest('hex').slice(0, 32)}`;
  }

  async #record<Value>(name: string, work: () => Promise<Recorded<Value>>): Promise<Recorded<Value>> {
    if (this.lost !== undefined) throw leaving();
    const recording = DBOS.runStep(work, { name });
    this.#recording.add(recording);
    try {
      return await recording;
    } catch (error) {
      // `work` does not reject: this is DBOS itself. Another process has the job, or its steps are not ours.
      this.#lost = error;
      throw leaving();
    } finally {
      this.#recording.delete(recording);
    }
  }

  /** Never rejects: DBOS would record the rejection, and a replay would repeat it. */
  async #attempt<Value>(work: () => Promise<Value>): Promise<Recorded<Value>> {
    const { signal, isLeaving } = this.#parts;
    for (let attempt = 1; ; attempt++) {
      try {
        return { value: await work() };
      } catch (cause) {
        if (isLeaving()) return { interrupted: true };
        const error = AtelierError.isInstance(cause) ? cause : unexpected(cause);
        if (signal.aborted || !isWorthAnotherTry(error, attempt)) return { error: error.toJSON() };
        await waitBeforeRetry(attempt, signal).catch(() => {});
      }
    }
  }

  #withDeadline<Event extends Exclude<RunEvent, { after: number }>>(event: Event): Event {
    if (event.status !== 'question') return event;
    return { ...event, expiresAt: new Date(Date.now() + this.#parts.answerTime).toISOString() };
  }
}

const leaving = (): AtelierError =>
  new AtelierError({ code: 'cancelled', message: 'Another process goes on with this job.' });

const unexpected = (cause: unknown): AtelierError =>
  new AtelierError({
    code: 'backend-failed',
    message: `A step failed: ${cause instanceof Error ? cause.message : String(cause)}`,
    cause,
  });
