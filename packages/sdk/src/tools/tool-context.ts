import type { Library } from '../assets/library.ts';
import type { Language } from '../capabilities/ask/contract.ts';
import type { VisionContext } from '../capabilities/vision-context.ts';
import type { Move, NewEdit } from '../history/edit-graph.ts';
import type { EditNode, KnownImage, ProtectionRecord, ProtectRule } from '../history/session-record.ts';
import type { Image } from '../image/image.ts';
import type { ReadPolicy } from '../image/image-input.ts';

/** Where tools leave what they did: a session, as tools see it. */
export interface Workspace {
  /** The edit that the current picture shows; null for a picture as it came. */
  readonly head: string | null;
  /** Id of the current picture. */
  readonly current: string | null;
  /** Every edit that was made, also those that were undone. */
  readonly edits: readonly EditNode[];
  /** Adds a picture and makes it the current one. */
  showImage(image: KnownImage): Promise<void>;
  /** Records an edit and shows its picture; the same edit recorded twice is one node. Returns its id. */
  addEdit(edit: NewEdit, image: KnownImage): Promise<string>;
  /** What no edit may change, as the session was asked; empty where it protects nothing. */
  readonly protect: readonly ProtectRule[];
  /** What was found to protect in a picture, and by which rules; undefined where nobody looked yet. */
  protectionOf(image: string): ProtectionRecord | undefined;
  /** Keeps what was found in a picture, or what an edit carried into it. For one picture, what covers more rules counts. */
  keepProtection(image: string, found: ProtectionRecord): Promise<void>;
  /** Goes back to before an edit; later edits on top of it go too. Undone twice, it stays undone. */
  undo(edit: string): Promise<{ readonly image: string; readonly undone: string }>;
  /** Takes over finished edits and moves to them, all at once. Throws `conflict` where the session is no longer where it began. */
  settle(move: Move): Promise<void>;
}

/** What a tool's handler works with. */
export interface ToolContext {
  readonly vision: VisionContext;
  readonly library: Library;
  readonly workspace: Workspace;
  /** Which files and URLs `load_image` may read: none unless roots are given. */
  readonly policy: ReadPolicy;
  readonly language: Language;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((fraction: number) => void) | undefined;
  readonly onVerify?: (() => void) | undefined;
}

/** Keeps a picture, makes it the current one, and returns what tools say about it. */
export async function showImage(context: ToolContext, image: Image): Promise<KnownImage> {
  await context.library.putImage(image);
  const known = describeImage(image);
  await context.workspace.showImage(known);
  return known;
}

export const describeImage = ({ id, width, height }: Image): KnownImage => ({ id, width, height });
