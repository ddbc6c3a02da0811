import type { SentError } from './sent-error.ts';

/** What the pool posts to a thread. A thread has one job at a time, so messages carry no job id. */
export interface JobMessage {
  readonly task: string;
  readonly input: unknown;
}

/** What a thread posts back: any number of `progress`, then one of the others. */
export type ThreadMessage =
  | { readonly type: 'progress'; readonly fraction: number }
  | { readonly type: 'done'; readonly output: unknown }
  | { readonly type: 'failed'; readonly error: SentError };
