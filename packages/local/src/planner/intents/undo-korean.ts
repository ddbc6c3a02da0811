import type { Clause } from '../grammar/clause.ts';
import { koreanVerb, requestForms } from '../grammar/korean-verbs.ts';
import { namedEdit, thingMatches } from './undo-names.ts';
import type { UndoWish } from './undo-wishes.ts';

const verbs = [
  '되돌리/되돌려',
  '되돌려놓/되돌려놔',
  '되돌려놓/되돌려놓아',
  '되돌아가/되돌아가',
  '취소하',
  '돌려놓/돌려놔',
  '돌리/돌려',
  '돌아가/돌아가',
  '복구하',
  '복원하',
  '원상복구하',
  '원상 복구하',
  '원래대로 하/원래대로 해',
  '실행취소하',
  '실행 취소하',
  '되살리/되살려',
  '살리/살려',
  '살려놓/살려놔',
  '무르/물러',
  '물리/물려',
  '철회하',
  '롤백하',
  '리셋하',
  '초기화하',
  '돌려주/돌려줘',
].map(koreanVerb);
const forms = `(?:${requestForms(verbs)}|없던 (?:걸|일)로(?: (?:해|하|할|합|치)[가-힣]*)?(?: [가-힣]+)?)`;
const redo =
  '(?:다시 |도로 |그냥 |모두 |전부 |다 |싹 |원래대로 |원래 상태로 |이전으로 |이전 상태로 |전으로 |뒤로 |아까로 |아까처럼 |처음처럼 |좀 |얼른 |빨리 |원래 색으로 |원래 모습으로 |전 상태로 |예전으로 )*';
const recent =
  '(?:방금|마지막|마지막에|이전|아까|바로 전|바로 전에|한|전|직전|제일 최근|최근|지금|금방|조금 전|조금 전에|좀 전에|좀전에|방금 전|방금 전에|맨 마지막|맨 마지막에|가장 최근)';
const deed =
  '(?:그거|그것|그건|이거|이건|그걸|이걸|거|것|걸|건|한 거|한 것|한거|한 걸|한 건|했던 거|했던 것|작업|편집|단계|변경|상태|수정|부분|보정|효과|처리)';
const particle = '(?:을|를|으로|로|은|는|만|도|까지)?';

const latest: readonly RegExp[] = [
  new RegExp(
    `^(?:${recent}(?:에)? ?)*(?:${deed})?${particle} ?(?:한 단계(?:만)? |한 번(?:만)? |한번(?:만)? |한 스텝(?:만)? |하나만 )?${redo}${forms}$`,
  ),
  /^(?:원래대로|이전으로|전으로|아까로|실행 ?취소|취소|되돌리기|복구)(?:요)?$/,
  /^(?:아까|전|이전|원래|방금)(?:이|가|께|거가|게|것이)? (?:더 )?(?:나았|낫|좋았|괜찮았|예뻤|나은)[^ ]*$/,
];
const numbers: readonly (readonly [string, number])[] = [
  ['한', 1],
  ['하나', 1],
  ['두', 2],
  ['둘', 2],
  ['세', 3],
  ['셋', 3],
  ['네', 4],
  ['넷', 4],
  ['다섯', 5],
];
const number = `(?<count>${numbers.map(([word]) => word).join('|')}|\\d)`;
const several: readonly RegExp[] = [
  new RegExp(
    `^(?:.*?(?:마지막|최근|방금|아까|뒤에서|앞에|직전|지금까지|위에)[^ ]* )?(?:${deed} ?|한 )?${number} ?(?:단계|번|개|가지|스텝|칸|차례|군데)?(?:의)? ?(?:다 )?(?:전|이전|앞|뒤)?(?:${deed})?(?:으로|로|을|를|만|은|는)? ?(?:다 |모두 |전부 |뒤로 )*${redo}${forms}$`,
  ),
  new RegExp(`^둘 ?다${particle} ?${redo}${forms}$`),
];
const all =
  '(?:전부|모두|다|싹|몽땅|지금까지(?: 한)?(?: 거| 것)?|여태(?:껏)?(?: 한)?(?: 거| 것)?|모든 (?:편집|작업|변경|수정|것|보정)|편집(?:한)?(?: 거| 것)?|죄다|한 거|한 것|했던 거|바꾼 거|고친 거|싹 다)(?:을|를|은|는|만|까지)?';
const origin =
  '(?:처음|맨 처음|원본|원래|최초|첫|맨 첫)(?:의)?(?: ?(?:사진|그림|이미지|상태|모습|원본|거|것|걸))?(?:으로|로|대로|처럼)';
const everything: readonly RegExp[] = [
  new RegExp(`^(?:(?:그냥|걍|아예|아니|다시) )*(?:${all} )*${all} ${redo}${forms}$`),
  new RegExp(
    `^(?:(?:사진|이미지|그림)(?:을|를)? )?(?:(?:그냥|걍|아예|다시|싹|${all}) )*(?:처음|맨 처음|원본|최초|첫|맨 첫|처음에 준|처음 올린)(?:의)?(?: ?(?:사진|그림|이미지|상태|모습|원본|거|것|걸))?(?:으로|로|대로|처럼)(?: ${redo}(?:${forms}|바꿔.*|해.*))?$`,
  ),
  new RegExp(`^(?:.*(?:전부|모두|다|싹|지금까지).* )${origin}(?: ${redo}(?:${forms}|해.*))?$`),
  new RegExp(`^원본 ?(?:사진|이미지)?(?:을|를)? ?(?:다시 )?(?:${forms}|보여.*|줘.*)$`),
];
const named = new RegExp(
  `^(?<name>.+?)(?:을|를|은|는|만|도)? ?(?:(?:다시|도로|그냥|좀|원래대로|원래 색으로|원래 상태로|원래 자리에|제자리에|이전으로|없던 걸로|없던 일로) )*(?:${forms}|없던 걸로 (?:해|하).*|없던 일로 (?:해|하).*|원래대로(?: (?:해|하|둬).*)?|빼.*|없애.*|지워.*|풀어.*|벗겨.*|걷어.*)$`,
);

/** Reads a Korean clause as a wish to take something back. */
export function koreanUndo(clause: Clause): UndoWish | undefined {
  const bare = clause.text.replace(
    /^(?:(?:아니|아냐|아니야|음|에이|아|어|앗|잠깐만?|근데|그냥|역시|아무래도)[, ]+)+/,
    '',
  );
  const text = asWish(bare);
  if (everything.some((pattern) => pattern.test(text))) return { kind: 'everything' };
  if (latest.some((pattern) => pattern.test(text))) return { kind: 'latest', count: 1 };
  for (const pattern of several) {
    const match = pattern.exec(text);
    if (match) return { kind: 'latest', count: countOf(match.groups?.count) };
  }
  const words = named.exec(text)?.groups?.name;
  return words === undefined ? undefined : byName(words, text, clause);
}

/** 되돌려놓고, 물러주시고: the joining forms as the wishes they are. */
const asWish = (text: string): string =>
  text
    .replace(/주(?:시)?[고구]요?$/, '줘')
    .replace(/(?<=취소|복구|되돌려|물러|원상복구)요$/, '')
    .replace(/(?<=되돌려|살려|돌려|물러)라$/, '줘')
    .replace(/놓고요?$/, '놔')
    .replace(/무르고$/, '물러')
    .replace(/돌리고$/, '돌려')
    .replace(/(?<=취소|복구|원래대로 )하고$/, '해');

const surely = new RegExp(`(?:${forms}|없던 (?:걸|일)로.*|원래대로.*)$`);

function byName(words: string, text: string, { context: { edits } }: Clause): UndoWish | undefined {
  const edit = namedEdit(words, 'ko');
  const sure = surely.test(text) && !/^(?:.* )?(?:돌려|돌리)[^ ]*$/.test(text.replace(/(?:되|취소|원래).*$/, ''));
  if (
    edit &&
    ((sure && /(?:되돌|취소|복구|원래|물러|무르|물리|없던|돌려놔|돌려놓|롤백|살려)/.test(text)) ||
      edits?.some((one) => edit(one)))
  )
    return { kind: 'named', means: edit };
  if (!sure) return undefined;
  const some = /^(?<which>.+) (?:거|것|애|놈)$/.exec(words)?.groups?.which;
  // 파란 거는 살려: which of the things that were changed.
  const returned = ({ thing }: { readonly thing?: string }): boolean =>
    thing !== undefined && (some === undefined ? thingMatches(thing, words) : thing.startsWith(`${some} `));
  if (!edits) return { kind: 'named', means: returned };
  return edits.some(returned) ? { kind: 'named', means: returned } : undefined;
}

function countOf(word: string | undefined): number {
  if (word === undefined) return 2;
  return numbers.find(([name]) => name === word)?.[1] ?? Math.max(1, Number.parseInt(word, 10));
}
