import type { Library } from '../assets/library.ts';
import { AtelierError } from '../errors/atelier-error.ts';
import {
  applyMove,
  branchRecord,
  findEdit,
  type Move,
  type NewEdit,
  pathTo,
  placeEdit,
  placeOf,
  withEdits,
  withImages,
} from '../history/edit-graph.ts';
import type { HistoryStore } from '../history/history-store.ts';
import { changeRules, ruleKey, rulesFor, withProtections } from '../history/protections.ts';
import type { EditNode, KnownImage, ProtectionRecord, ProtectRule, SessionRecord } from '../history/session-record.ts';
import { safeName } from '../storage/safe-name.ts';
import type { Workspace } from '../tools/tool-context.ts';

/** How often a change is tried again on top of what somebody else changed meanwhile. */
const mostTries = 5;

/** The images, edits and messages of one session, saved with every change. */
export class SessionState implements Workspace {
  #record: SessionRecord;
  #saving: Promise<unknown> = Promise.resolve();
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
    // What one store takes, every store takes.
    safeName('session id', id);
    return new SessionState((await store.load(scope, id)) ?? emptyRecord(id), store, scope, library);
  }

  get record(): SessionRecord {
    return this.#record;
  }

  get head(): string | null {
    return this.#record.head;
  }

  get current(): string | null {
    return this.#record.current;
  }

  get edits(): readonly EditNode[] {
    return this.#record.edits;
  }

  /** Takes over what other processes and sessions of the same id have changed. */
  async refresh(): Promise<void> {
    await this.#saving;
    this.#record = (await this.#store.load(this.#scope, this.#record.id)) ?? this.#record;
  }

  /** Adds a picture; a new one becomes the current one, a known one changes nothing. */
  async offerImage(image: KnownImage): Promise<void> {
    if (this.#record.images.some(({ id }) => id === image.id)) return;
    await this.showImage(image);
  }

  /** Adds a picture; it becomes the current one only where there is none. */
  async keepImage(image: KnownImage): Promise<void> {
    await this.#change((record) => {
      if (record.current === null) return shown(record, image);
      const images = withImages(record.images, [image]);
      return images.length === record.images.length ? undefined : { images };
    });
  }

  async showImage(image: KnownImage): Promise<void> {
    await this.#change((record) => shown(record, image));
  }

  async addEdit(edit: NewEdit, image: KnownImage): Promise<string> {
    let id = '';
    await this.#change((record) => {
      const { before, after } = edit.receipt;
      // On top of what is shown; an edit of another picture goes on from the edit that made that one.
      const made = record.edits.findLast((node) => node.receipt.after === before)?.id ?? null;
      const parent = record.current === before ? record.head : made;
      const node = placeEdit(edit, parent);
      id = node.id;
      const [edits, images] = [withEdits(record.edits, [node]), withImages(record.images, [image])];
      return { edits, images, current: after, head: id };
    });
    return id;
  }

  async undo(edit: string): Promise<{ readonly image: string; readonly undone: string }> {
    const node = findEdit(this.#record.edits, edit);
    await this.#change((record) => {
      if (pathTo(record.edits, record.head).some(({ id }) => id === edit)) {
        return { current: node.receipt.before, head: node.parent };
      }
      if (record.head === node.parent && record.current === node.receipt.before) return undefined;
      throw new AtelierError({
        code: 'not-found',
        message: `The current picture does not rest on edit ${edit}: there is nothing to undo.`,
      });
    });
    return { image: node.receipt.before, undone: edit };
  }

  /** Moves to any edit of the graph; null: to the picture that the current path began with. Throws `not-found`. */
  async goTo(edit: string | null): Promise<void> {
    await this.#change((record) => {
      const place = placeOf(record, edit);
      return place.head === record.head && place.current === record.current ? undefined : place;
    });
  }

  /** Stores a session that goes on from an edit by itself. Throws `conflict` where there is one of that id. */
  async branch(id: string, edit: string | null): Promise<SessionState> {
    const record = branchRecord(this.#record, id, edit);
    await this.#store.save(this.#scope, record).catch((cause: unknown) => {
      throw AtelierError.isInstance(cause) && cause.code === 'conflict' ? taken(id, cause) : cause;
    });
    return new SessionState(record, this.#store, this.#scope, this.library);
  }

  async settle(move: Move): Promise<void> {
    await this.#change((record) => applyMove(record, move));
  }

  get protect(): readonly ProtectRule[] {
    return this.#record.protect;
  }

  /**
   * Protects this, and nothing else, from now on. Rules that were in force stay with what was found for them, wherever edits
   * have carried it; where one of them goes, all are looked for anew in whatever picture is edited next. Boxes are of the
   * current picture, unless they were given before.
   */
  async setProtect(rules: readonly ProtectRule[]): Promise<void> {
    await this.#change((record) => changeRules(record, rules));
  }

  /** Protects this as well. */
  async addProtect(rules: readonly ProtectRule[]): Promise<void> {
    await this.#change((record) => {
      const known = new Set(record.protect.map(ruleKey));
      return changeRules(record, [...record.protect, ...rules.filter((rule) => !known.has(ruleKey(rule)))]);
    });
  }

  protectionOf(image: string): ProtectionRecord | undefined {
    return Object.hasOwn(this.#record.protections, image) ? this.#record.protections[image] : undefined;
  }

  async keepProtection(image: string, found: ProtectionRecord): Promise<void> {
    await this.#change((record) => {
      const protections = withProtections(record, { [image]: found });
      return protections && { protections };
    });
  }

  /** The edits that led to the current picture, first one first. */
  path(): EditNode[] {
    return pathTo(this.#record.edits, this.#record.head);
  }

  /** Keeps the messages of a run, once. */
  async addMessages(run: string, messages: readonly unknown[]): Promise<void> {
    await this.#change((record) =>
      record.runs.includes(run)
        ? undefined
        : { messages: [...record.messages, ...messages], runs: [...record.runs, run] },
    );
  }

  /** One change after the other; on top of foreign changes it is made again from what they left. */
  #change(change: (record: SessionRecord) => Partial<SessionRecord> | undefined): Promise<void> {
    const saved = this.#saving.then(async () => {
      for (let tries = 1; ; tries++) {
        const changed = change(this.#record);
        if (!changed) return;
        const next = { ...this.#record, ...changed, revision: this.#record.revision + 1 };
        try {
          await this.#store.save(this.#scope, next);
          this.#record = next;
          return;
        } catch (error) {
          if (!AtelierError.isInstance(error) || error.code !== 'conflict' || tries === mostTries) throw error;
          this.#record = (await this.#store.load(this.#scope, this.#record.id)) ?? this.#record;
        }
      }
    });
    this.#saving = saved.catch(() => {});
    return saved;
  }
}

/** What changes where a picture becomes the current one. */
function shown(record: SessionRecord, image: KnownImage): Partial<SessionRecord> | undefined {
  if (record.current === image.id) return undefined;
  const head = record.edits.findLast((edit) => edit.receipt.after === image.id)?.id ?? null;
  const protect = record.current === null ? rulesFor(record.protect, image) : record.protect;
  return { images: withImages(record.images, [image]), current: image.id, head, protect };
}

const emptyRecord = (id: string): SessionRecord => ({
  format: 1,
  id,
  revision: 0,
  images: [],
  current: null,
  edits: [],
  head: null,
  protect: [],
  protections: {},
  messages: [],
  runs: [],
});

const taken = (id: string, cause: unknown): AtelierError =>
  new AtelierError({
    code: 'conflict',
    message: `There is a session ${id} already.`,
    hint: 'Choose another id.',
    cause,
  });
