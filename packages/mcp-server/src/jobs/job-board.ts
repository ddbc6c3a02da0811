import type { Language, PlannedStep, Question, QuestionAnswer } from '@atelier/sdk';

export interface JobRequest {
  /** What is to be done, in a person's words. */
  readonly prompt: string;
  /** Id of a picture. Default: the session's current one. */
  readonly image?: string | undefined;
  /** Default: the one in which the picture was last seen, else a new one. */
  readonly session?: string | undefined;
  /** Of what people read. Default: the prompt's own. */
  readonly language?: Language | undefined;
  /** Which tool calls wait for a person's yes. Default: what the server was started with. */
  readonly approve?: 'edits' | 'never' | undefined;
}

export type JobState = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled';

/** An edit that a job made and its picture rests on. */
export interface JobEdit {
  readonly id: string;
  readonly tool: string;
  readonly label?: string | undefined;
  readonly image: string;
  readonly mask: string;
  readonly changedOutsideMask: number;
  readonly verified: { readonly ok: boolean; readonly reason: string; readonly by: string };
}

/** A job as it is now. */
export interface JobView {
  readonly id: string;
  readonly session: string;
  readonly prompt: string;
  readonly state: JobState;
  /** 0..100, never falling. */
  readonly progress: number;
  /** What it does, for people, in their language. */
  readonly message: string;
  /** What it waits for, while `state` is `waiting`; else null. */
  readonly question: Question | null;
  /** What the brain says about it, once it has succeeded. */
  readonly answer: string | null;
  /** The session's picture where the job has changed it. */
  readonly image: string | null;
  /** True when every edit that was planned was made and passed its second look; null before the end. */
  readonly verified: boolean | null;
  readonly edits: readonly JobEdit[];
  /** Edits that were planned and not made, although it came to an end. */
  readonly notDone: readonly PlannedStep[];
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string | undefined } | null;
}

export const isEnded = ({ state }: Pick<JobView, 'state'>): boolean =>
  state === 'succeeded' || state === 'failed' || state === 'cancelled';

export interface FollowOptions {
  /** Stops following; the job goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Most time to follow, in milliseconds; then the job as it is. Default: no limit. */
  readonly timeoutMs?: number | undefined;
  /** Told whenever message, progress or state are others. */
  readonly onChange?: ((job: JobView) => void) | undefined;
}

/** Jobs of one tenant: a run of the agent each, which goes on whether or not anybody watches. Everything rejects with `AtelierError`s. */
export interface JobBoard {
  start(request: JobRequest): Promise<JobView>;
  /** Throws `not-found`. */
  get(id: string): Promise<JobView>;
  /** Until it ends or waits for a person, or the time is over. Rejects with `cancelled` when the signal fires. */
  follow(id: string, options?: FollowOptions): Promise<JobView>;
  /** Throws `conflict` where this question was answered otherwise, or is not what the job waits for; `invalid-input` for no answer to it. */
  answer(id: string, question: string, answer: QuestionAnswer): Promise<JobView>;
  /** Stops the work; one that has ended stays as it is. */
  cancel(id: string): Promise<JobView>;
  /** Newest first, for completions. Default limit 20. */
  recent(limit?: number): Promise<readonly string[]>;
}
