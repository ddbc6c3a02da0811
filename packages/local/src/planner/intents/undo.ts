import type { Clause } from '../grammar/clause.ts';
import type { Undoing } from '../grammar/context.ts';
import { readUndone } from '../wording/tool-results.ts';
import { tellUndo, undoTask } from '../wording/undoing.ts';
import { defineIntent } from './intent.ts';
import { undoWish } from './undo-wishes.ts';

interface Meaning extends Undoing {
  /** What is taken back, for the person. */
  readonly what: 'latest' | 'named' | 'everything';
}

/**
 * "undo that", "undo the last two", "take back the blur but keep the rest", "되돌려줘": takes back the latest edit, the
 * one that is named, wherever it stands among the others, or all of them.
 */
export const undo = defineIntent<Meaning>({
  name: 'undo',
  parse: (clause) => meanings(clause) ?? [],
  plan: ({ id, later, what }, language) => [
    {
      tool: 'undo_edit',
      message: undoTask(what, language),
      input: { ...(id === undefined ? {} : { edit: id }), ...(later === 'drop' ? { later } : {}) },
      needs: [],
    },
  ],
  leaves: ({ id, later }) => ({
    undoes: { ...(id === undefined ? {} : { id }), ...(later === undefined ? {} : { later }) },
  }),
  report: ({ what }, [output], language) => {
    const undone = readUndone(output);
    return undone && tellUndo(what, undone, language);
  },
});

/** The edits to take back; empty where an edit was named that does not stand, undefined where nothing is to be undone. */
function meanings(clause: Clause): readonly Meaning[] | undefined {
  const wish = undoWish(clause);
  if (!wish) return undefined;
  const { edits } = clause.context;
  if (wish.kind === 'latest') return Array.from({ length: wish.count }, () => ({ what: 'latest' as const }));
  if (wish.kind === 'everything') return everything(clause);
  // Not known: only where a text is cut into clauses.
  if (!edits) return [{ what: 'named' }];
  const index = edits.findLastIndex((edit) => wish.means(edit));
  if (index === -1) return [];
  const { id } = edits[index];
  const later = wish.later === 'drop' ? { later: 'drop' as const } : {};
  // An edit of this same request has no id yet: only the latest can be meant without one.
  if (id === undefined) return index === edits.length - 1 ? [{ what: 'named', ...later }] : [];
  return [{ id, what: index === edits.length - 1 ? 'latest' : 'named', ...later }];
}

function everything({ context: { edits = [] } }: Clause): readonly Meaning[] {
  const first = edits[0]?.id;
  if (edits.length > 1 && first !== undefined) return [{ id: first, later: 'drop', what: 'everything' }];
  return Array.from({ length: Math.max(1, edits.length) }, () => ({ what: 'latest' as const }));
}

/** How the edit that a clause like "undo the blur" names is told apart; undefined where it is no such clause. */
export function namesEditToUndo(clause: Clause): boolean {
  return undoWish(clause)?.kind === 'named';
}
