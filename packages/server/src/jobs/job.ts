import type { Box, Language, RleMask } from '@atelier/sdk';
import type { WireEvent } from './events.ts';

/** `waiting`: a person is asked. The last three are final: a job has exactly one of them, once. */
export type JobState = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled';

export const isFinal = (state: JobState): boolean =>
  state === 'succeeded' || state === 'failed' || state === 'cancelled';

/** What no edit may change, as JSON. */
export type ProtectRequest = 'faces' | 'text' | { readonly phrase: string } | Box | RleMask;

/** What a job is to do, checked and complete. */
export interface JobRequest {
  readonly prompt: string;
  /** The session it belongs to; always an id by now. */
  readonly session: string;
  /** Id of a picture that was stored for this tenant; null: the session's current one. */
  readonly image: string | null;
  readonly language: Language;
  /** Which tool calls wait for a person's yes. */
  readonly approve: 'edits' | 'never';
  /** What no edit may change; undefined: what the session protects. */
  readonly protect?: readonly ProtectRequest[] | undefined;
  /** Most calls of the brain. Default 40. */
  readonly maxSteps?: number | undefined;
  /** Seconds from acceptance until the job fails with `deadline-exceeded`, waits for people included. */
  readonly deadlineSeconds: number;
}

export type FinalEvent = Extract<WireEvent, { status: 'success' | 'failure' | 'cancelled' }>;
export type QuestionEvent = Extract<WireEvent, { status: 'question' }>;

/** A job as it is stored. */
export interface JobRecord {
  readonly id: string;
  readonly tenant: string;
  readonly session: string;
  readonly state: JobState;
  readonly request: JobRequest;
  readonly retryOf: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly deadlineAt: Date;
  /** How often a worker began or took over. */
  readonly attempts: number;
  readonly cancelRequested: boolean;
  /** Of the latest stored event, from 1. */
  readonly lastSeq: number;
  /** 0..100 and for the person: those of the latest stored event. */
  readonly progress: number;
  readonly message: string;
  /** What a person is asked at the moment. */
  readonly question: QuestionEvent | null;
  /** The last event. */
  readonly final: FinalEvent | null;
}
