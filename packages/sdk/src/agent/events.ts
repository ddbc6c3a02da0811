import type { z } from 'zod';
import type { candidateSchema } from '../capabilities/target/target.ts';
import type { AtelierErrorJson } from '../errors/atelier-error.ts';
import type { EditNode } from '../history/session-record.ts';

/** Where a run is. */
export type Stage =
  | 'plan'
  | 'ask'
  | 'detect'
  | 'segment'
  | 'remove'
  | 'inpaint'
  | 'generate'
  | 'adjust'
  | 'verify'
  | 'answer';

/** One step of the written plan. */
export interface PlannedStep {
  readonly id: string;
  readonly tool: string;
  readonly target?: string | undefined;
  /** True where it depends on what is found: "if there is a dog". */
  readonly conditional?: boolean | undefined;
  /** In the caller's language. */
  readonly message: string;
}

/** Something only a person can say. */
export type Question = ChoiceQuestion | ApprovalQuestion;

/** "May I?": a tool call that waits for a person's yes. */
export interface ApprovalQuestion {
  readonly id: string;
  readonly kind: 'approval';
  readonly tool: string;
  /** The call as the brain made it. */
  readonly input: Readonly<Record<string, unknown>>;
  /** `asked`: the run's settings ask before such calls. `not-planned`: the person's request did not lead to this call. */
  readonly reason: 'asked' | 'not-planned';
  /** The picture it would change, as it is now: an image id; null where there is none. */
  readonly image: string | null;
  /** ISO 8601; null while nobody set a deadline. */
  readonly expiresAt: string | null;
}

/** "Which one?": several things fit, or none does and these were seen instead. */
export interface ChoiceQuestion {
  readonly id: string;
  readonly kind: 'choice';
  readonly reason: 'ambiguous' | 'no-match';
  readonly phrase: string;
  /** Numbered in the overlay. */
  readonly candidates: readonly z.infer<typeof candidateSchema>[];
  /** Image id. */
  readonly overlay: string;
  /** ISO 8601; null while nobody set a deadline. */
  readonly expiresAt: string | null;
}

/** What became of the session's picture, also where the run did not end well: edits that were made stay made. */
export interface RunTraces {
  /** The current picture, where it is another one than before the run; else null. */
  readonly outputImage: string | null;
  /** The edits of this run that the current picture rests on, first one first. */
  readonly edits: readonly EditNode[];
}

/** Of a run that never reached the session's picture. */
export const noTraces: RunTraces = { outputImage: null, edits: [] };

/** The part all events share. */
export interface EventHead {
  /** ISO 8601. */
  readonly at: string;
  readonly stage: Stage;
  /** 0..100, never falling. */
  readonly progress: number;
  /** For the person, in the caller's language. */
  readonly message: string;
}

/** The part that differs, by `status`. */
export type EventBody =
  | { readonly status: 'queued' }
  | { readonly status: 'plan'; readonly steps: readonly PlannedStep[] }
  | {
      readonly status: 'progress';
      /** The plan's step, or the tool call's id where the plan did not name it. */
      readonly step: string;
      readonly state: 'started' | 'finished';
      /** Milliseconds, once finished. */
      readonly durationMs?: number;
      /** Image id of what there is to look at. */
      readonly preview?: string;
    }
  | ({ readonly status: 'question' } & Question)
  | ({
      readonly status: 'success';
      readonly answer: string;
      readonly verified: boolean;
      /** Edits that were planned, whatever is found, and not made. */
      readonly notDone: readonly PlannedStep[];
    } & RunTraces)
  | ({ readonly status: 'failure'; readonly error: AtelierErrorJson; readonly step: string | null } & RunTraces)
  | ({ readonly status: 'cancelled' } & RunTraces);

/** A stored event: counts from 0 without gaps, and replays from any `seq`. */
export type StoredEvent = EventHead & EventBody & { readonly seq: number };

/** Live only: no seq of its own, never stored, may be lost; `after` is the latest stored event when it was sent. */
export type LiveEvent =
  /** A piece of text as the brain writes it; the finished text is in the `success` event. */
  | { readonly status: 'token'; readonly text: string; readonly after: number }
  /** A tool at work, or looking again (stage `verify`). */
  | (EventHead & {
      readonly status: 'progress';
      readonly state: 'running';
      readonly step: string;
      readonly after: number;
    });

export type RunEvent = StoredEvent | LiveEvent;

/** Whether an event has a `seq` and is kept. */
export const isStored = (event: RunEvent): event is StoredEvent => 'seq' in event;
