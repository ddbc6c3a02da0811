import type { EditNode, SessionRecord } from '../history/session-record.ts';
import type { Image } from '../image/image.ts';

export interface UndoOptions {
  /** What becomes of the edits made after it: made again without it (`keep`, the default), or taken back with it (`drop`). */
  readonly later?: 'keep' | 'drop' | undefined;
  /** Stops the work and rejects with `cancelled`; the session is then as it was. */
  readonly signal?: AbortSignal | undefined;
}

/** What became of an undo. */
export interface UndoResult {
  /** The current picture now. */
  readonly image: Image;
  /** Id of the edit that was taken back. */
  readonly undone: string;
  /** The later edits as they were made again, in order: new nodes, whose `replays` names the edit they repeat. */
  readonly replayed: readonly EditNode[];
  /** The first later edit that no longer applies, and why: an error code and its message. It and those after it are not in the picture. */
  readonly stopped?: { readonly edit: string; readonly tool: string; readonly code: string; readonly message: string };
}

/** Every edit of a session, also those that were undone, each naming the one it rests on (`parent`). */
export interface EditGraph {
  /** In the order they were made. */
  readonly nodes: readonly EditNode[];
  /** The edit that the current picture shows; null for a picture as it came. */
  readonly head: SessionRecord['head'];
  /** Id of the current picture; null in a session without pictures. */
  readonly current: SessionRecord['current'];
}

export interface BranchOptions {
  /** The edit to go on from; null: the picture that the current path began with. Default: the head. */
  readonly at?: string | null | undefined;
  /** The new session's id. Default: a new one. */
  readonly id?: string | undefined;
}

export interface ApplyOptions {
  /** Stops the work and rejects with `cancelled`. Edits made before stay made. */
  readonly signal?: AbortSignal | undefined;
  /** Share of the work done, 0..1. */
  readonly progress?: ((fraction: number) => void) | undefined;
}

/** What a recipe did. */
export interface ApplyResult {
  /** The current picture now. */
  readonly image: Image;
  /** One edit a step, in order. */
  readonly edits: readonly EditNode[];
  /** True when every edit passed its second look. */
  readonly verified: boolean;
}
