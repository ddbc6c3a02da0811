import type { Language } from '../capabilities/ask/contract.ts';
import type { EditNode } from '../history/session-record.ts';
import type { Image } from '../image/image.ts';
import type { Question, RunEvent } from './events.ts';
import type { QuestionAnswer, RunPort } from './run-port.ts';

export interface RunOptions {
  /** Stops the run within moments; `result` rejects with `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Language of messages and answers. Default: Korean where the prompt holds Hangul, else English. */
  readonly language?: Language | undefined;
  /**
   * Answers "which one?". Default: nobody can, and the run fails with `choice-needed`, the candidates in its details.
   * @example answer: ({ candidates }) => ({ choice: candidates[0].number })
   */
  readonly answer?:
    | ((question: Question) => QuestionAnswer | undefined | Promise<QuestionAnswer | undefined>)
    | undefined;
  /** Most calls of the brain. Default 40. */
  readonly maxSteps?: number | undefined;
  /** An engine that records steps. Default: in memory, nothing recorded. */
  readonly port?: ((emit: (event: RunEvent) => void) => RunPort) | undefined;
}

export interface RunResult {
  /** What the brain says about it. */
  readonly answer: string;
  /** The picture as it is now: edited, or as it was where nothing was edited. Null only in a session without pictures. */
  readonly image: Image | null;
  /** True when the session's current picture is another one than before the run. */
  readonly changed: boolean;
  /** The edits of this run that the picture rests on, first one first. */
  readonly edits: readonly EditNode[];
  /** True when every edit passed its second look. */
  readonly verified: boolean;
}

/** One prompt at work. */
export interface Run {
  /** Can be read any number of times, each time from the first: queued, plan, progress, ..., and one of success, failure, cancelled. */
  readonly events: AsyncIterable<RunEvent>;
  /** Rejects with an `AtelierError`: never with half a result. */
  readonly result: Promise<RunResult>;
}
