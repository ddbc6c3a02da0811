import type { Box } from './guards.ts';

/** A thing in the picture, numbered as the overlays of the tools number it. */
export interface Thing {
  readonly number: number;
  readonly label: string;
  /** 0..1. */
  readonly score: number;
  readonly box: Box;
}

/** An edit as the viewer tells of it. */
export interface ShownEdit {
  readonly id: string;
  readonly mask: string | undefined;
  readonly tool: string | undefined;
  readonly label: string | undefined;
  /** Pixels. */
  readonly changedOutside: number | undefined;
  readonly verified: { readonly ok: boolean; readonly reason: string } | undefined;
}

/** A job, and which of its questions. */
export interface WaitingJob {
  readonly job: string;
  readonly question: string;
}

export interface ShownChoice {
  readonly kind: 'choice';
  readonly reason: 'ambiguous' | 'no-match';
  readonly phrase: string;
  readonly things: readonly Thing[];
  /** The job that waits for the answer; undefined where the tool itself asks. */
  readonly job: WaitingJob | undefined;
}

export interface ShownApproval {
  readonly kind: 'approval';
  readonly message: string;
  /** Stands for this call: sent back with the same input. */
  readonly approval: string | undefined;
  readonly job: WaitingJob | undefined;
}

export interface ShownEdits {
  readonly kind: 'edits';
  /** The picture after them. */
  readonly image: string;
  readonly edits: readonly ShownEdit[];
  /** What the agent says about it. */
  readonly answer: string | undefined;
  /** Edits that were planned and not made, in words. */
  readonly notDone: readonly string[];
}

export interface ShownCutOut {
  readonly kind: 'cut-out';
  readonly mask: string;
  /** Pixels. */
  readonly area: number | undefined;
  readonly box: Box | undefined;
  readonly things: readonly Thing[];
}

export interface ShownUndo {
  readonly kind: 'undone';
  readonly image: string;
  readonly replayed: number;
  /** Why a later edit is no longer in the picture. */
  readonly stopped: string | undefined;
}

export interface ShownWork {
  readonly kind: 'working';
  readonly job: string;
  readonly message: string | undefined;
  /** 0..100. */
  readonly progress: number | undefined;
}

/** What a tool's result shows. */
export type Shown =
  | ShownChoice
  | ShownApproval
  | ShownEdits
  | ShownCutOut
  | ShownUndo
  | ShownWork
  | { readonly kind: 'detections'; readonly things: readonly Thing[] }
  | { readonly kind: 'text'; readonly text: string; readonly isError: boolean };
