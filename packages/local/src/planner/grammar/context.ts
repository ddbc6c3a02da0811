import type { JSONValue } from '@ai-sdk/provider';

/** What an edit did, apart from what it did it to: enough to do the same to another thing. */
export type Deed =
  | { readonly tool: 'remove_object' }
  | { readonly tool: 'inpaint_image'; readonly prompt: string }
  | {
      readonly tool: 'adjust_image';
      readonly operation: string;
      readonly parameters: Readonly<Record<string, JSONValue>>;
    };

/** An edit that stands: what "undo the blur" is compared with. */
export interface StandingEdit {
  /** `remove`, `replace`, or the name of an adjustment: `blur`. */
  readonly kind: string;
  /** Known once the edit has been made. */
  readonly id?: string;
  /** Words for the thing it changed, where one was named. */
  readonly thing?: string;
  /** For "the other one as well". */
  readonly deed?: Deed;
}

export interface ChosenThing {
  readonly phrase: string;
  /** The id of the picture that the box is in: in any other one, the thing is somewhere else, or is not there. */
  readonly image: string;
  /** Pixels. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** What was said and done before a clause: in earlier messages of the session, and in earlier clauses of this one. */
export interface Context {
  /**
   * What "it" means: the last thing that was named or made. Undefined where that is no thing in the picture: nothing was
   * named yet, or it has been removed. "It" is then the picture, for what can be done to a whole picture ("remove the
   * cup and make it brighter"); repainting a whole picture in one colour is not such a thing, so "make it red" is asked back.
   */
  readonly it?: string;
  /** What "one" stands for in "the left one": the last thing named, gone or not. */
  readonly one?: string;
  /** Which one was meant, where several things matched a phrase. */
  readonly chosen?: ChosenThing;
  /** True where the last thing done was an undo: "one more" is another one. */
  readonly undone?: boolean;
  /** Oldest first; undefined where it is not known, so that any edit may be the last. */
  readonly edits?: readonly StandingEdit[];
}

/** What an undo takes back. */
export interface Undoing {
  /** The edit of that id; default: the latest. */
  readonly id?: string;
  /** Whether the edits after it stand; default `keep`. */
  readonly later?: 'keep' | 'drop';
  /** Ids of the edits that were made again after it, oldest first. */
  readonly replayed?: readonly string[];
}

/** What an intent changes about the context of the clauses after it. */
export interface Aftermath {
  /** New meanings of "it" and "one"; absent where both keep theirs. */
  readonly refers?: Pick<Context, 'it' | 'one'>;
  /** Which of several things was meant; null where that holds no more. */
  readonly chosen?: ChosenThing | null;
  /** The edit it makes. */
  readonly edit?: StandingEdit;
  /** The edit it takes back. */
  readonly undoes?: Undoing;
  /** True where it turns to another picture, which has no edits yet. */
  readonly otherPicture?: true;
}

/** Nothing was said before. */
export const noContext: Context = { edits: [] };

/** Everything that may refer to something does: for telling where one request ends, not what it means. */
export const anyContext: Context = { it: 'it', one: 'thing' };

/** The context after something was done. */
export function contextAfter(context: Context, { refers, chosen, edit, undoes, otherPicture }: Aftermath): Context {
  const { undone = false } = context;
  if (otherPicture) return noContext;
  // A picture of another size has its things in other places.
  const moved = undoes !== undefined || edit?.kind === 'crop' || edit?.kind === 'straighten';
  const which = moved || chosen === null ? undefined : (chosen ?? context.chosen);
  const one = refers?.one ?? context.one;
  const it = refers ? refers.it : context.it;
  const edits = context.edits && remaining(context.edits, undoes);
  return {
    ...(it === undefined ? {} : { it }),
    ...(one === undefined ? {} : { one }),
    ...(which === undefined ? {} : { chosen: which }),
    ...(edits === undefined ? {} : { edits: edit ? [...edits, edit] : edits }),
    ...(undoes || (undone && !edit && !refers) ? { undone: true } : {}),
  };
}

function remaining(edits: readonly StandingEdit[], undoes: Undoing | undefined): readonly StandingEdit[] {
  if (!undoes) return edits;
  const named = undoes.id === undefined ? -1 : edits.findIndex(({ id }) => id === undoes.id);
  const index = named === -1 ? edits.length - 1 : named;
  if (index < 0 || undoes.later === 'drop') return edits.slice(0, Math.max(0, index));
  const later = edits.slice(index + 1);
  if (!undoes.replayed) return [...edits.slice(0, index), ...later];
  // What could not be made again does not stand.
  const again = later
    .slice(0, undoes.replayed.length)
    .map((edit, place) => ({ ...edit, id: undoes.replayed?.[place] }));
  return [...edits.slice(0, index), ...again.map(({ id, ...edit }) => (id === undefined ? edit : { ...edit, id }))];
}
