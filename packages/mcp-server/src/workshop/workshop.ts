import type { Language, RleMask, ToolName } from '@atelier/sdk';
import type { JobBoard } from '../jobs/job-board.ts';

/** A picture as tools name it. Width and height in pixels of the upright picture. */
export interface PictureInfo {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** A picture that came in from outside. */
export interface TakenPicture extends PictureInfo {
  /** Whether it is the current one of the session now: not where it was only offered, or a job is at work there. */
  readonly isCurrent: boolean;
}

export interface TakeOptions {
  /** Default: the workshop's own; else a new one. */
  readonly session?: string | undefined;
  /** False: it becomes the current one only where the session has none. Default true. */
  readonly makeCurrent?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A stored file, as it is. */
export interface StoredFile {
  readonly bytes: Uint8Array;
  /** `image/png`, `image/jpeg`, ... */
  readonly mediaType: string;
}

/** A small copy for looking at. */
export interface PreviewFile {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/jpeg' | 'image/png';
}

export interface PreviewRequest {
  /** Most bytes of the file. Default 256 KiB. */
  readonly maxBytes?: number | undefined;
  /** Longest side in pixels. Default 768. */
  readonly maxSide?: number | undefined;
  /** Id of a mask to tint. */
  readonly mask?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a call of a tool goes on with. */
export interface ToolCall {
  readonly tool: ToolName;
  /** As the SDK's schema takes it: pictures by their ids. */
  readonly input: Readonly<Record<string, unknown>>;
  /**
   * The session it belongs to. Default: the one in which its picture or edit was last seen; else the workshop's own; else a
   * new one.
   */
  readonly session?: string | undefined;
  /** Language of what the tool says. */
  readonly language: Language;
  readonly signal?: AbortSignal | undefined;
  /** Share of the work done, 0..1; never falling. */
  readonly progress?: ((fraction: number) => void) | undefined;
  /** The work is done and being looked at again. */
  readonly onVerify?: (() => void) | undefined;
}

export interface ToolOutcome {
  /** As the SDK's schema has it. */
  readonly output: Readonly<Record<string, unknown>>;
  readonly session: string;
}

/** Something that resources show is different now. */
export type Change =
  /** The session's edits, or its current picture. */
  | { readonly kind: 'session'; readonly session: string }
  | { readonly kind: 'job'; readonly job: string }
  /** There are more pictures than before. */
  | { readonly kind: 'pictures' };

/** One edit of a session's graph, for people and models to read. */
export interface HistoryEdit {
  readonly id: string;
  /** The edit it was made on top of; null for an edit of a picture as it came. */
  readonly parent: string | null;
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly label?: string | undefined;
  readonly before: string;
  readonly after: string;
  readonly mask: string;
  readonly changedOutsideMask: number;
  readonly verified: { readonly ok: boolean; readonly reason: string; readonly by: string };
  /** Whether the current picture rests on it. */
  readonly isCurrent: boolean;
}

export interface SessionHistoryView {
  readonly session: string;
  /** Id of the current picture; null in a session without pictures. */
  readonly image: string | null;
  /** The edit that the current picture shows; null for a picture as it came. */
  readonly head: string | null;
  /** In the order they were made. */
  readonly edits: readonly HistoryEdit[];
}

/**
 * Where the tools work for one tenant: a studio in this process, or an agent API. Everything here is checked by the SDK or the API
 * itself and rejects with an `AtelierError`.
 */
export interface Workshop {
  /** `sdk` for a studio in this process, `api` behind an agent API. */
  readonly kind: 'sdk' | 'api';
  call(call: ToolCall): Promise<ToolOutcome>;
  /**
   * Stores a picture's bytes, and makes it the current one of the session unless a job is at work there. Throws `image-invalid`,
   * `image-too-large`.
   */
  takeBytes(bytes: Uint8Array, options?: TakeOptions): Promise<TakenPicture>;
  /** Throws `not-found`. */
  picture(id: string): Promise<PictureInfo>;
  /** The file as it is. Throws `not-found`. */
  file(id: string, options?: { readonly signal?: AbortSignal | undefined }): Promise<StoredFile>;
  /** What `file` would give, without its bytes. Throws `not-found`. */
  fileInfo(id: string): Promise<{ readonly mediaType: string; readonly size: number }>;
  /** Throws `not-found`. */
  preview(id: string, request?: PreviewRequest): Promise<PreviewFile>;
  /** COCO compressed RLE. Throws `not-found`. */
  mask(id: string): Promise<RleMask>;
  /** Pictures that were loaded or made, newest first. Default limit 50. */
  recentPictures(options?: {
    readonly limit?: number | undefined;
    readonly startsWith?: string | undefined;
  }): Promise<readonly PictureInfo[]>;
  /** Sessions that something happened in, newest first. Default limit 20. */
  recentSessions(options?: { readonly limit?: number | undefined }): Promise<readonly string[]>;
  /** Throws `not-found`. */
  history(session: string): Promise<SessionHistoryView>;
  readonly jobs: JobBoard;
  /** Told after every change. Returns what ends it. */
  onChange(listener: (change: Change) => void): () => void;
}

/** Workshops by tenant. */
export interface Workshops {
  of(principal: Principal): Workshop;
  /** Frees workers, connections and unfinished jobs. */
  close(): Promise<void>;
}

/** Who calls. */
export interface Principal {
  /** The tenant: nothing is visible across scopes. A safe name. */
  readonly scope: string;
  readonly may: { readonly look: boolean; readonly edit: boolean };
  /** The caller's own key, where it is a key of the agent API that tools work behind. */
  readonly key?: string | undefined;
  /** A name for the session of calls that name none; undefined: each picture that is loaded begins one. */
  readonly session?: string | undefined;
}
