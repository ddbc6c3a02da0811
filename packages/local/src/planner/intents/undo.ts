import type { Clause } from '../grammar/clause.ts';
import { koreanVerb, requestForms } from '../grammar/korean-verbs.ts';
import { readMade } from '../wording/tool-results.ts';
import { defineIntent } from './intent.ts';
import { matchPatterns, type Patterns } from './match-target.ts';
import { editNames, kindsNamed } from './undo-names.ts';

const verbs = [
  '되돌리/되돌려',
  '되돌려놓/되돌려놔',
  '되돌아가/되돌아가',
  '취소하',
  '돌려놓/돌려놔',
  '돌아가/돌아가',
  '복구하',
  '원상복구하',
  '원래대로 하/원래대로 해',
  '실행취소하',
  '실행 취소하',
].map(koreanVerb);
const step =
  '(?:(?:the |my |your )?(?:last|latest|previous|most recent) (?:edit|change|step|thing|one|action)|the (?:edit|change))';

const patterns: Patterns = {
  en: [
    new RegExp(`^(?:undo|revert|cancel|roll back|take back|reverse)(?: (?:it|that|this|${step}))?$`, 'i'),
    /^(?:go back|roll back|step back|back|take (?:it|that) back|put (?:it|that) back|change it back)(?: (?:a step|one step|to (?:the )?(?:previous|last) (?:version|picture|one|step)|to (?:how|what|the way) it was(?: before)?))?$/i,
  ],
  ko: [
    new RegExp(
      `^(?:(?:방금|마지막|이전|아까|바로 전|한|전)(?:에)? ?)*(?:그거|그것|그걸|이거|거|것|한 거|한 것|작업|편집|단계|변경|상태|수정)?(?:을|를|으로|로|은|는)? ?(?:다시 )?(?:한 단계 )?(?:원래대로 |이전으로 |뒤로 )?(?:${requestForms(verbs)})$`,
    ),
  ],
};

const doneThing =
  '(?: ?(?:처리|효과|변경|조절|작업|편집|거|것|걸|건))?(?:을|를|은|는)? ?(?:좀 )?(?:다시 )?(?:원래대로 )?';

const named: Patterns = {
  en: [
    new RegExp(
      `^(?:undo|revert|cancel|roll back|take back|reverse) (?:the |that |my |your |last |latest )*(?:[\\w']+ ){0,3}?(?<name>${editNames('en')})(?: effect| edit| change)?(?: of .+)?$`,
      'i',
    ),
  ],
  ko: [new RegExp(`^(?:.+ )?(?<name>${editNames('ko')})${doneThing}(?:${requestForms(verbs)})$`)],
};

interface Undoing {
  /** The edit to take back, where it is known; else the latest. */
  readonly id?: string;
}

/** "undo that", "되돌려줘": takes back the latest edit; "undo the blur" only where that was one. */
export const undo = defineIntent<Undoing>({
  name: 'undo',
  parse: (clause) => {
    if (matchPatterns(patterns, clause)) return [{}];
    const kinds = kindsToUndo(clause);
    if (!kinds) return [];
    // Not known: only where a text is cut into clauses.
    if (!clause.context.edits) return [{}];
    const last = clause.context.edits.at(-1);
    if (!last || !kinds.includes(last.kind)) return [];
    return [last.id === undefined ? {} : { id: last.id }];
  },
  plan: ({ id }, language) => [
    {
      tool: 'undo_edit',
      message: language === 'ko' ? '마지막 편집 되돌리기' : 'Undo the latest edit',
      input: editInput(id),
      needs: [],
    },
  ],
  leaves: ({ id }) => ({ undoes: id === undefined ? {} : { id } }),
  report: (_meaning, [output], language) =>
    readMade(output) && (language === 'ko' ? '마지막 편집을 되돌렸습니다.' : 'I undid the latest edit.'),
});

const editInput = (id: string | undefined): Readonly<Record<string, string>> => (id === undefined ? {} : { edit: id });

/** The kinds of edits that a clause like "undo the blur" names; undefined where it is no such clause. */
export function kindsToUndo(clause: Clause): readonly string[] | undefined {
  const name = matchPatterns(named, clause)?.name;
  return name === undefined ? undefined : kindsNamed(name, clause.language);
}
