/** An edit that stands: what "undo the blur" is compared with. */
export interface StandingEdit {
  /** `remove`, `replace`, or the name of an adjustment: `blur`. */
  readonly kind: string;
  /** Known once the edit has been made. */
  readonly id?: string;
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
  /** Oldest first; undefined where it is not known, so that any edit may be the last. */
  readonly edits?: readonly StandingEdit[];
}

/** What an intent changes about the context of the clauses after it. */
export interface Aftermath {
  /** New meanings of "it" and "one"; absent where both keep theirs. */
  readonly refers?: Pick<Context, 'it' | 'one'>;
  /** The edit it makes. */
  readonly edit?: StandingEdit;
  /** The edit it takes back: the one of that id, or the latest. */
  readonly undoes?: { readonly id?: string };
  /** True where it turns to another picture, which has no edits yet. */
  readonly otherPicture?: true;
}

/** Nothing was said before. */
export const noContext: Context = { edits: [] };

/** Everything that may refer to something does: for telling where one request ends, not what it means. */
export const anyContext: Context = { it: 'it', one: 'thing' };

/** The context after something was done. */
export function contextAfter(context: Context, { refers, edit, undoes, otherPicture }: Aftermath): Context {
  if (otherPicture) return noContext;
  const one = refers?.one ?? context.one;
  const it = refers ? refers.it : context.it;
  const edits = context.edits && remaining(context.edits, undoes);
  return {
    ...(it === undefined ? {} : { it }),
    ...(one === undefined ? {} : { one }),
    ...(edits === undefined ? {} : { edits: edit ? [...edits, edit] : edits }),
  };
}

function remaining(edits: readonly StandingEdit[], undoes: Aftermath['undoes']): readonly StandingEdit[] {
  if (!undoes) return edits;
  const named = undoes.id === undefined ? -1 : edits.findIndex(({ id }) => id === undoes.id);
  return named === -1 ? edits.slice(0, -1) : edits.toSpliced(named, 1);
}
