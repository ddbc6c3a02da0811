import type { Library } from '../assets/library.ts';
import { AtelierError } from '../errors/atelier-error.ts';
import type { HistoryStore } from '../history/history-store.ts';
import { type EditNode, editId, type KnownImage, type SessionRecord } from '../history/session-record.ts';
import type { Workspace } from '../tools/tool-context.ts';

/** The images, edits and messages of one session, saved after every change. */
export class SessionState implements Workspace {
  #record: SessionRecord;
  readonly #store: HistoryStore;
  readonly #scope: string;
  readonly library: Library;

  private constructor(record: SessionRecord, store: HistoryStore, scope: string, library: Library) {
    this.#record = record;
    this.#store = store;
    this.#scope = scope;
    this.library = library;
  }

  /** Goes on with a stored session or begins one under this id. */
  static async open(store: HistoryStore, scope: string, id: string, library: Library): Promise<SessionState> {
    const empty: SessionRecord = {
      format: 1,
      id,
      revision: 0,
      images: [],
      current: null,
      edits: [],
      head: null,
      messages: [],
    };
    return new SessionState((await store.load(scope, id)) ?? empty, store, scope, library);
  }

  get record(): SessionRecord {
    return this.#record;
  }

  editOf(image: string): string | null {
    return this.#record.edits.findLast((edit) => edit.receipt.after === image)?.id ?? null;
  }

  async addImage(image: KnownImage): Promise<void> {
    const known = this.#record.images.some(({ id }) => id === image.id);
    if (known && this.#record.current === image.id) return;
    const images = known ? this.#record.images : [...this.#record.images, image];
    await this.#change({ images, current: image.id, head: this.editOf(image.id) });
  }

  async addEdit(edit: Omit<EditNode, 'id' | 'parent'>): Promise<string> {
    const parent = this.editOf(edit.receipt.before);
    const node = { ...edit, parent };
    const id = editId(node);
    const edits = this.#record.edits.some((known) => known.id === id)
      ? this.#record.edits
      : [...this.#record.edits, { ...node, id }];
    await this.#change({ edits, current: edit.receipt.after, head: id });
    return id;
  }

  async undo(edit?: string): Promise<{ readonly image: string; readonly undone: string }> {
    const wanted = edit ?? this.#record.head;
    const node = this.path().find(({ id }) => id === wanted);
    if (!node) {
      throw new AtelierError({
        code: 'not-found',
        message:
          wanted === null
            ? 'There is no edit to undo.'
            : `There is no edit ${wanted} on the way to the current picture.`,
      });
    }
    await this.#change({ current: node.receipt.before, head: node.parent });
    return { image: node.receipt.before, undone: node.id };
  }

  /** The edits that led to the current picture, first one first. */
  path(): EditNode[] {
    const byId = new Map(this.#record.edits.map((edit) => [edit.id, edit]));
    const path: EditNode[] = [];
    for (let id = this.#record.head; id !== null; ) {
      const node = byId.get(id);
      // A picture can come back (blur, undo, blur): the loop is cut where it closes.
      if (!node || path.includes(node)) break;
      path.unshift(node);
      id = node.parent;
    }
    return path;
  }

  async addMessages(messages: readonly unknown[]): Promise<void> {
    await this.#change({ messages: [...this.#record.messages, ...messages] });
  }

  async #change(change: Partial<SessionRecord>): Promise<void> {
    const next = { ...this.#record, ...change, revision: this.#record.revision + 1 };
    await this.#store.save(this.#scope, next);
    this.#record = next;
  }
}
