import type { AtelierError } from '../errors/atelier-error.ts';
import type { Question, RunEvent } from './events.ts';

/** A person's answer to "which one?": the number of a candidate. */
export interface ChoiceAnswer {
  readonly choice: number;
}

/** A person's answer to "may I?". */
export interface ApprovalAnswer {
  readonly approved: boolean;
  /** For the brain, where it is refused. */
  readonly reason?: string | undefined;
}

export type QuestionAnswer = ChoiceAnswer | ApprovalAnswer;

/**
 * Everything a run needs from the outside world. The loop has no clock, randomness or id but through it, so that an
 * engine which records steps can run it again to the same events.
 */
export interface RunPort {
  /**
   * Runs `work` and records its result, or returns what was recorded under this id without running it.
   * Results are JSON-serialisable. A rejected step is not recorded, and may be run again.
   */
  step<Value>(id: string, work: () => Promise<Value>): Promise<Value>;
  /** Stores or shows an event; called one at a time, in order. A `seq` that was emitted before is to be ignored: replays emit again. */
  emit(event: RunEvent): void | Promise<void>;
  /** Asks a person; undefined when nobody can answer. */
  ask(question: Question, signal: AbortSignal | undefined): Promise<QuestionAnswer | undefined>;
  /**
   * A tool failed with an error that may pass (`isRetryable`): waits and returns true to have it tried again, false to let the
   * brain know. Called inside the tool's step, so nothing of it is recorded. Default: never again.
   */
  retry?(error: AtelierError, attempt: number, signal: AbortSignal): Promise<boolean>;
  /** Milliseconds since 1970. */
  now(): number | Promise<number>;
  newId(prefix: string): string | Promise<string>;
}
