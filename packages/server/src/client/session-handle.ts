import type { Recipe } from '@atelier/sdk';
import type { Connection, Outgoing } from './connection.ts';
import type { CallOptions } from './job-handle.ts';
import type { SessionHistory, SessionInfo, Undone } from './wire.ts';

export interface UndoRequest extends CallOptions {
  /** Id of the edit. Default: the latest of the current picture. */
  readonly edit?: string | undefined;
  /** What becomes of the edits made after it: made again without it (`keep`, the default), or taken back with it. */
  readonly later?: 'keep' | 'drop' | undefined;
}

export interface BranchRequest extends CallOptions {
  /** The edit to go on from; null: the picture that the current path began with. Default: the head. */
  readonly at?: string | null | undefined;
  /** The new session's id. Default: a new one. */
  readonly id?: string | undefined;
}

/** One session: its pictures and its graph of edits. Holds nothing itself. */
export interface SessionHandle {
  readonly id: string;
  /** Throws `not-found`. */
  get(options?: CallOptions): Promise<SessionInfo>;
  /** Every edit, also those that were undone, with receipts and pictures. */
  history(options?: CallOptions): Promise<SessionHistory>;
  /** Takes an edit back, keeping later ones where they still apply. Throws `conflict` while a job is at work. */
  undo(options?: UndoRequest): Promise<Undone>;
  /** Moves to what an edit showed, also on another branch; null: to the picture that the current path began with. */
  goTo(edit: string | null, options?: CallOptions): Promise<SessionInfo>;
  /** A new session that goes on from an edit by itself. */
  branch(options?: BranchRequest): Promise<SessionHandle & { readonly info: SessionInfo }>;
  /** The edits that led to the current picture, ready to be done to others. */
  recipe(options?: CallOptions): Promise<Recipe>;
}

export function sessionHandle(connection: Connection, id: string): SessionHandle {
  const at = (action = '') => `/sessions/${encodeURIComponent(id)}${action}`;
  const read = <Value>(action: string, { signal }: CallOptions = {}) => connection.json<Value>(at(action), { signal });
  const change = <Value>(action: string, json: unknown, signal: Outgoing['signal'], repeatable: boolean) =>
    connection.json<Value>(at(action), { method: 'POST', json, signal, repeatable });
  return {
    id,
    get: (options) => read('', options),
    history: (options) => read('/history', options),
    recipe: (options) => read('/recipe', options),
    // Undone twice, "the latest" would be two edits; a named one is undone once.
    undo: ({ signal, ...options } = {}) => change('/undo', options, signal, false),
    goTo: (edit, { signal } = {}) => change('/goto', { edit }, signal, true),
    async branch({ signal, ...options } = {}) {
      const info = await change<SessionInfo>('/branch', options, signal, false);
      return { ...sessionHandle(connection, info.id), info };
    },
  };
}
