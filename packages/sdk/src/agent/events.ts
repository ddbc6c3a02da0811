import type { z } from 'zod';
import type { EditNode } from '../history/session-record.ts';
import type { candidateSchema } from '../tools/schemas.ts';

/** Where a run is. `queued` comes before the first stage. */
export const stages = [
  'plan',
  'ask',
  'detect',
  'segment',
  'remove',
  'inpaint',
  'generate',
  'adjust',
  'verify',
  'answer',
] as const;
export type Stage = (typeof stages)[number];

/** One step of the written plan. */
export interface PlannedStep {
  readonly id: string;
  readonly tool: string;
  readonly target?: string | undefined;
  readonly message: string;
}

/** What a person is asked. `candidates` are numbered in the overlay picture. */
export interface Question {
  readonly id: string;
  readonly kind: 'choice' | 'approval';
  /** In the caller's language: "Which one? ..." */
  readonly message: string;
  readonly reason: 'ambiguous' | 'no-match';
  readonly phrase: string;
  readonly candidates: readonly z.infer<typeof candidateSchema>[];
  /** Image id. */
  readonly overlay: string;
  /** ISO 8601; null while nobody set a deadline. */
  readonly expiresAt: string | null;
}

/** The part all events share. */
export interface EventHead {
  /** Counts from 0 within the run, without gaps. */
  readonly seq: number;
  /** ISO 8601. */
  readonly at: string;
  readonly stage: Stage;
  /** 0..100, never falling. */
  readonly progress: number;
  /** For the person, in the caller's language. */
  readonly message: string;
}

export interface ErrorPayload {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The part that differs, by `status`. */
export type EventBody =
  | { readonly status: 'queued' }
  | { readonly status: 'plan'; readonly steps: readonly PlannedStep[] }
  | {
      readonly status: 'progress';
      /** The plan's step, or the tool call's id where the plan did not name it. */
      readonly step: string;
      readonly state: 'started' | 'running' | 'finished';
      /** Milliseconds, once finished. */
      readonly durationMs?: number;
      /** Image id of what there is to look at. */
      readonly preview?: string;
    }
  | { readonly status: 'question'; readonly question: Question }
  | {
      readonly status: 'success';
      readonly answer: string;
      /** Image id; null where the run made no picture. */
      readonly outputImage: string | null;
      readonly edits: readonly EditNode[];
      readonly verified: boolean;
    }
  | { readonly status: 'failure'; readonly error: ErrorPayload; readonly step: string | null }
  | { readonly status: 'cancelled' };

/** A stored event: replays from any `seq`. */
export type StoredEvent = EventHead & EventBody;

/** A piece of text as the brain writes it. Live only: it has no seq of its own and is never stored; the finished text is a stored event. */
export interface TokenEvent {
  readonly status: 'token';
  readonly text: string;
  /** The latest stored event when it was sent. */
  readonly after: number;
}

export type RunEvent = StoredEvent | TokenEvent;
