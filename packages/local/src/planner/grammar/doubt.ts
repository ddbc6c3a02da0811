import { namesEditToUndo } from '../intents/undo.ts';
import type { Beyond } from './beyond/beyond.ts';
import { englishWish } from './beyond/english.ts';
import { koreanWish } from './beyond/korean.ts';
import type { Setting } from './carry-out.ts';
import type { Clause } from './clause.ts';
import { anyContext } from './context.ts';
import { withoutTypo } from './mistyped.ts';
import { readClause } from './read-clause.ts';

/** Why a text made no sense, where that can be told. */
export type Doubt =
  /** "it" or "the left one" stands for nothing: `words` is the clause. */
  | { readonly kind: 'referent'; readonly words: string }
  /** "undo the blur" where the last edit was another one (of this kind), or there is none. */
  | { readonly kind: 'undo'; readonly last: string | undefined }
  /** A mistyped verb: `meant` is the text with it put right. */
  | { readonly kind: 'typo'; readonly meant: string }
  /** It asks for what no tool here does. */
  | { readonly kind: 'beyond'; readonly beyond: Beyond };

/** Finds out why a sentence made no sense, from the clause that failed. */
export function whyNotUnderstood(sentence: string, failed: Clause, setting: Setting): Doubt | undefined {
  if (namesEditToUndo(failed)) return { kind: 'undo', last: failed.context.edits?.at(-1)?.kind };
  const { it, one } = anyContext;
  // It would make sense if only something had been named.
  if (readClause({ ...failed, context: { ...failed.context, it, one } }).length > 0)
    return { kind: 'referent', words: failed.text };
  const meant = withoutTypo(sentence, setting);
  if (meant !== undefined) return { kind: 'typo', meant };
  const beyond = setting.language === 'ko' ? koreanWish(sentence) : englishWish(sentence);
  return beyond && { kind: 'beyond', beyond };
}
