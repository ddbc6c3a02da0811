import type { Language } from '../capabilities/ask/contract.ts';
import type { EditNode } from '../history/session-record.ts';
import type { Image } from '../image/image.ts';
import type { PlannedStep, Question, RunEvent } from './events.ts';
import type { QuestionAnswer, RunPort } from './run-port.ts';

/** A tool call that is about to be made. */
export interface ProposedCall {
  /** A tool's name: `remove_object`. */
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** True for tools that change nothing. */
  readonly readOnly: boolean;
  /** False where the person's words did not lead to it: then `allow` means `ask`. */
  readonly planned: boolean;
}

/**
 * Which tool calls wait for a person's yes: `edits`, all that change or paint a picture; `never`, none; or a function
 * that says for each call `ask` (a person), `allow` or `deny`.
 * @example approve: ({ tool }) => (tool === 'remove_object' ? 'ask' : 'allow')
 */
export type ApprovalMode =
  | 'edits'
  | 'never'
  | ((call: ProposedCall) => 'ask' | 'allow' | 'deny' | Promise<'ask' | 'allow' | 'deny'>);

export interface RunOptions {
  /** Stops the run within moments; `result` rejects with `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Language of messages and answers. Default: Korean where the prompt holds Hangul, else English. */
  readonly language?: Language | undefined;
  /**
   * Answers "which one?" (`kind: 'choice'`) and "may I?" (`kind: 'approval'`). Default: nobody can; then a choice fails the
   * run with `choice-needed`, the candidates in its details, and what was to be approved is not done.
   * @example answer: (question) => (question.kind === 'choice' ? { choice: 1 } : { approved: true })
   */
  readonly answer?:
    | ((question: Question) => QuestionAnswer | undefined | Promise<QuestionAnswer | undefined>)
    | undefined;
  /** Which tool calls wait for a person's yes. Default: the studio's, which is `never`. */
  readonly approve?: ApprovalMode | undefined;
  /** Most calls of the brain; the run then fails with `budget-exceeded`. Default 40. */
  readonly maxSteps?: number | undefined;
  /** Most time, in seconds, waiting for people left out; the run then fails with `budget-exceeded`. Default 900. */
  readonly maxSeconds?: number | undefined;
  /** Most time of one step (a tool, a call of the brain), in seconds; it then fails with `timed-out`, which may pass. Default: no limit but `maxSeconds`. */
  readonly maxStepSeconds?: number | undefined;
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
  /** True when every edit that was planned was made and passed its second look. */
  readonly verified: boolean;
  /** Edits that were planned, whatever is found, and not made, although the brain came to an end. */
  readonly notDone: readonly PlannedStep[];
}

/** One prompt at work. */
export interface Run {
  /** Can be read any number of times, each time from the first: queued, plan, progress, ..., and one of success, failure, cancelled. */
  readonly events: AsyncIterable<RunEvent>;
  /** Rejects with an `AtelierError`: never with half a result. */
  readonly result: Promise<RunResult>;
}
