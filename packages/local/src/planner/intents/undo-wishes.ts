import type { Clause } from '../grammar/clause.ts';
import type { StandingEdit } from '../grammar/context.ts';
import { englishUndo } from './undo-english.ts';
import { koreanUndo } from './undo-korean.ts';

/** What a clause wants taken back. */
export type UndoWish =
  | { readonly kind: 'latest'; readonly count: number }
  | { readonly kind: 'everything' }
  | {
      readonly kind: 'named';
      /** Whether an edit is the one that was named. */
      means(edit: StandingEdit): boolean;
      readonly later?: 'drop';
    };

/** Reads "undo that", "take the blur back off", "put the fence back", "흐리게 한 것만 되돌려줘". */
export const undoWish = (clause: Clause): UndoWish | undefined =>
  clause.language === 'ko' ? koreanUndo(clause) : englishUndo(clause);
