import type { Library } from '../assets/library.ts';
import type { Language } from '../capabilities/ask/contract.ts';
import type { VisionContext } from '../capabilities/vision-context.ts';
import type { EditNode, KnownImage } from '../history/session-record.ts';
import type { Image } from '../image/image.ts';
import type { ReadPolicy } from '../image/image-input.ts';

/** Where tools leave what they did: a session, as tools see it. */
export interface Workspace {
  /** The edit that shows this picture, if an edit made it. */
  editOf(image: string): string | null;
  addImage(image: KnownImage): Promise<void>;
  /** Records an edit; the same edit recorded twice is one node. Returns its id. */
  addEdit(edit: Omit<EditNode, 'id' | 'parent'>): Promise<string>;
  /** Goes back to before an edit (default: the latest); later edits on top of it go too. */
  undo(edit?: string): Promise<{ readonly image: string; readonly undone: string }>;
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

/** Keeps a picture and returns what tools say about it. */
export async function keepImage(context: ToolContext, image: Image): Promise<KnownImage> {
  await context.library.putImage(image);
  const known = { id: image.id, width: image.width, height: image.height };
  await context.workspace.addImage(known);
  return known;
}
