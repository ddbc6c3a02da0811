import { AtelierError } from '../errors/atelier-error.ts';
import { withProtections } from './protections.ts';
import { type EditNode, editId, type KnownImage, type ProtectionRecord, type SessionRecord } from './session-record.ts';

/** An edit before it has its place in the graph. */
export type NewEdit = Omit<EditNode, 'id' | 'parent'>;

/** The edits from the first one to `head`, in order; none for null. */
export function pathTo(edits: readonly EditNode[], head: string | null): EditNode[] {
  const byId = new Map(edits.map((edit) => [edit.id, edit]));
  const path: EditNode[] = [];
  for (let node = byId.get(head ?? ''); node; node = byId.get(node.parent ?? '')) path.push(node);
  return path.reverse();
}

/**
 * The node by which an edit stands on the path to `head`: itself, or what an undo made it again as. The edit's own id where it
 * is not on the path.
 */
export function standingFor(edits: readonly EditNode[], head: string | null, id: string): string {
  const path = pathTo(edits, head);
  const byId = new Map(edits.map((edit) => [edit.id, edit]));
  const stands = path.find((node) => {
    for (let at: EditNode | undefined = node; at; at = byId.get(at.replays ?? '')) if (at.id === id) return true;
    return false;
  });
  return stands?.id ?? id;
}

/** The edit as a node on top of `parent`. */
export const placeEdit = (edit: NewEdit, parent: string | null): EditNode => ({
  ...edit,
  parent,
  id: editId({ ...edit, parent }),
});

/** Throws `not-found`. */
export function findEdit(edits: readonly EditNode[], id: string): EditNode {
  const node = edits.find((edit) => edit.id === id);
  if (node) return node;
  throw new AtelierError({
    code: 'not-found',
    message: `There is no edit ${id} in this session.`,
    hint: 'session.graph() lists every edit.',
  });
}

/** Adds what is not there yet; equal ids mean equal edits. */
export const withEdits = (edits: readonly EditNode[], added: readonly EditNode[]): EditNode[] => {
  const known = new Set(edits.map(({ id }) => id));
  return [...edits, ...added.filter(({ id }) => !known.has(id))];
};

export const withImages = (images: readonly KnownImage[], added: readonly KnownImage[]): KnownImage[] => {
  const known = new Set(images.map(({ id }) => id));
  return [...images, ...added.filter(({ id }) => !known.has(id))];
};

/** The current picture's id. Throws `not-found` in a session without pictures. */
export function currentOf({ current }: Pick<SessionRecord, 'current'>): string {
  if (current !== null) return current;
  throw new AtelierError({
    code: 'not-found',
    message: 'This session has no picture yet.',
    hint: 'Give it one: session.addImage(...).',
  });
}

/** A place in the graph: what is shown there, and the edit that shows it. */
export type Place = Pick<SessionRecord, 'head' | 'current'>;

/** The picture that an edit made; for null, the picture that the current path began with. Throws `not-found`. */
export function placeOf(record: SessionRecord, edit: string | null): Place {
  if (edit !== null) return { head: edit, current: findEdit(record.edits, edit).receipt.after };
  const [first] = pathTo(record.edits, record.head);
  return { head: null, current: first?.receipt.before ?? record.current };
}

/** A change of place that may bring edits along. */
export interface Move {
  /** The head it goes out from. */
  readonly from: string | null;
  readonly to: Place;
  readonly edits: readonly EditNode[];
  readonly images: readonly KnownImage[];
  /** By image id: what is protected in the pictures that the move brings along. */
  readonly protections: Readonly<Record<string, ProtectionRecord>>;
}

/** What the move changes in the record; undefined where it was made already. Throws `conflict` from any other place. */
export function applyMove(
  record: SessionRecord,
  { from, to, edits, images, protections }: Move,
): Partial<SessionRecord> | undefined {
  if (record.head === from) {
    return {
      ...to,
      edits: withEdits(record.edits, edits),
      images: withImages(record.images, images),
      protections: withProtections(record, protections) ?? record.protections,
    };
  }
  if (record.head === to.head && record.current === to.current) return undefined;
  throw new AtelierError({
    code: 'conflict',
    message: 'The session was changed by somebody else meanwhile.',
    hint: 'Look at the session again and repeat the request.',
    isRetryable: true,
  });
}

/**
 * The record of a session that goes on from `edit` by itself: the pictures and edits up to there, and what is protected.
 * At the head it takes the dialogue along; from elsewhere that would be about pictures it does not have.
 */
export function branchRecord(record: SessionRecord, id: string, edit: string | null): SessionRecord {
  const place = placeOf(record, edit);
  const path = pathTo(record.edits, place.head);
  const kept = new Set([place.current, ...path.flatMap(({ receipt }) => [receipt.before, receipt.after])]);
  const made = new Set(record.edits.map(({ receipt }) => receipt.after));
  const isHead = place.head === record.head && place.current === record.current;
  return {
    ...record,
    ...place,
    id,
    revision: 1,
    edits: path,
    images: record.images.filter((image) => kept.has(image.id) || !made.has(image.id)),
    messages: isHead ? record.messages : [],
    runs: isHead ? record.runs : [],
  };
}
