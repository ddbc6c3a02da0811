import { AtelierError } from '../../errors/atelier-error.ts';
import { type NewEdit, type Place, placeEdit } from '../../history/edit-graph.ts';
import { withProtections } from '../../history/protections.ts';
import type { EditNode, KnownImage, ProtectionRecord } from '../../history/session-record.ts';
import type { Workspace } from '../tool-context.ts';

/**
 * Takes edits as a session would, without touching the session: they become its own all at once (`Workspace.settle`), so
 * that a replay which is stopped or killed half-way has changed nothing.
 */
export class Draft implements Workspace {
  readonly nodes: EditNode[] = [];
  readonly images: KnownImage[] = [];
  /** By image id. */
  readonly protections: Record<string, ProtectionRecord> = {};
  readonly #session: Workspace;
  readonly #base: Place;
  #replayed: EditNode | undefined;

  /** @param base where the first edit will rest. */
  constructor(session: Workspace, base: Place) {
    this.#session = session;
    this.#base = base;
  }

  get head(): string | null {
    return this.nodes.at(-1)?.id ?? this.#base.head;
  }

  get edits(): readonly EditNode[] {
    return [...this.#session.edits, ...this.nodes];
  }

  get current(): string | null {
    return this.nodes.at(-1)?.receipt.after ?? this.#base.current;
  }

  get protect() {
    return this.#session.protect;
  }

  /** What is recorded next repeats this edit. */
  repeat(edit: EditNode): void {
    this.#replayed = edit;
  }

  async addEdit(edit: NewEdit, image: KnownImage): Promise<string> {
    const replays = this.#replayed && { replays: this.#replayed.id };
    const node = placeEdit({ ...edit, ...replays }, this.head);
    this.nodes.push(node);
    this.images.push(image);
    return node.id;
  }

  protectionOf(image: string): ProtectionRecord | undefined {
    return Object.hasOwn(this.protections, image) ? this.protections[image] : this.#session.protectionOf(image);
  }

  async keepProtection(image: string, found: ProtectionRecord): Promise<void> {
    const known = this.protectionOf(image);
    const before = known ? { [image]: known } : {};
    const after = withProtections({ protect: [...this.protect], protections: before }, { [image]: found });
    Object.assign(this.protections, after);
  }

  showImage(): Promise<void> {
    throw unexpected();
  }

  undo(): never {
    throw unexpected();
  }

  settle(): never {
    throw unexpected();
  }
}

const unexpected = (): AtelierError =>
  new AtelierError({ code: 'invalid-input', message: 'Only edits can be repeated on another base.' });
