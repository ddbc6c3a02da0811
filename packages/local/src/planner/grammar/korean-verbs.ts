/** A Korean verb by the two forms that all others are made from: 지우(다), 지워. */
export interface KoreanVerb {
  /** What -고, -기, -세요 follow: 지우, 찾, 제거하. */
  readonly stem: string;
  /** What -줘, -서, -라 follow: 지워, 찾아, 제거해. */
  readonly infinitive: string;
}

/** "지우/지워" as a verb; "제거하" alone takes 제거해. */
export const koreanVerb = (forms: string): KoreanVerb => {
  const [stem = forms, infinitive = `${stem.slice(0, -1)}해`] = forms.split('/');
  return { stem, infinitive };
};

const wishes =
  '줘|줘라|줘요|주라|주세요|주십시오|주실래요|주시겠어요|줄래|줄래요|줄 수 있어|줄 수 있어요|줄 수 있니|줄 수 있나|줄 수 있냐|줄 수 있음|줄 수 있습니까|줄 수 없나|줄 수 없나요|줄 수 없을까|줄 수 없을까요|줄 수 있나요|줄 수 있을까|줄 수 있을까요|줄 수 있겠니|봐|봐줘|봐요|보세요|버려|버려줘|놔|놔줘|달라|달라고|다오|야 해|야 해요|주실 수 있어요|주실 수 있나요|주실 수 있을까요|주실 수 있을까|주실 수 있으세요|주셨으면 좋겠어요|줬으면 좋겠어|줬으면 좋겠어요|주면 좋겠어|주면 좋겠어요|주면 돼|주면 고맙겠어';

/** Source of a pattern for every way of asking for one of these verbs: 지워, 지워 줘, 지워줄래요, 지우세요, 삭제. */
export function requestForms(verbs: readonly KoreanVerb[]): string {
  return verbs
    .map(({ stem, infinitive }) => {
      const bare = stem.endsWith('하') && stem.length > 1 ? `|${stem.slice(0, -1)}|${stem.slice(0, -1)} 좀` : '';
      const spaced =
        stem.length > 2 && stem.endsWith('하')
          ? `|${stem.slice(0, -1)} (?:좀 )?${infinitive.at(-1)}(?: ?(?:${wishes}))?`
          : '';
      const hoped = `${withFinal(infinitive, 20, '')}으면 (?:해|해요|좋겠어|좋겠어요|좋겠습니다|합니다)`;
      const able = `${withFinal(stem, 8, '을')} 수 (?:있어|있어요|있니|있나|있냐|있나요|있을까|있을까요|있을지|있음|있는지|있습니까|있으세요|없나|없나요|없을까|없을까요)`;
      return `${infinitive}(?: ?(?:${wishes})|라|요)?|${stem}(?:으)?(?:세요|십시오|시오|자|기|렴|고 싶어|고 싶어요)|${able}|${hoped}${bare}${spaced}`;
    })
    .join('|');
}

/** Source of a pattern for the forms that join two requests: 지우고, 지운 다음에, 지우고 나서, 찾아서. */
export function joiningForms({ stem, infinitive }: KoreanVerb): string {
  const done = withFinal(stem, 4, '은');
  return `${stem}고(?: 나서)?|${done} (?:다음|뒤|후)(?:에)?|${infinitive}서`;
}

/** The stem with a final consonant (지우 + ㄴ: 지운), or with the syllable that takes its place (찾은). */
function withFinal(stem: string, final: number, syllable: string): string {
  const code = stem.charCodeAt(stem.length - 1);
  const last = (code - 0xac00) % 28;
  if (last === 0) return stem.slice(0, -1) + String.fromCharCode(code + final);
  // A final ㄹ gives way: 만들다, 만든.
  return last === 8 ? stem.slice(0, -1) + String.fromCharCode(code - 8 + final) : stem + syllable;
}

/** Verbs that clauses end in, whatever they ask for. Not 그리/그려 (그리고 is "and"), nor 빼/빼 (빼고 is "except"). */
export const clauseVerbs: readonly KoreanVerb[] =
  '지우/지워 지워버리/지워버려 없애/없애 없애버리/없애버려 치우/치워 날리/날려 빼내/빼내 바꾸/바꿔 만들/만들어 칠하/칠해 자르/잘라 잘라내/잘라내 오리/오려 오려내/오려내 따/따 고르/골라 찾/찾아 찾아내/찾아내 열/열어 불러오/불러와 되돌리/되돌려 높이/높여 낮추/낮춰 올리/올려 내리/내려 줄이/줄여 늘리/늘려 키우/키워 돌리/돌려 뒤집/뒤집어 채우/채워 가리/가려 밝히/밝혀 물들이/물들여 입히/입혀 넣/넣어 빼/빼 그리/그려 하/해'
    .split(' ')
    .map(koreanVerb);

const joining = clauseVerbs
  .filter(({ stem }) => stem !== '빼' && stem !== '그리' && stem !== '하')
  .map((verb) => [verb, new RegExp(`${joiningForms(verb)}$`)] as const);
const joiningDo = new RegExp(`(?:${joiningForms(koreanVerb('하/해'))})$`);

/** "컵을 지우고" as the request it stands for: "컵을 지워". Undefined where the words end in no such form. */
export function asRequest(words: string): string | undefined {
  if (!/(?:고|고 나서|(?:다음|뒤|후)에?|서)$/.test(words)) return undefined;
  for (const [{ infinitive }, pattern] of joining) {
    const match = pattern.exec(words);
    if (match) return words.slice(0, match.index) + infinitive;
  }
  const match = joiningDo.exec(words);
  // 하고 after a noun may be "with" (컵하고 접시): it joins requests after 제거 and its like, or after 흐리게.
  return match && doingBefore.test(words.slice(0, match.index)) ? `${words.slice(0, match.index)}해` : undefined;
}

const doingBefore =
  /(?:게 ?|게끔 ?|제거 ?|삭제 ?|선택 ?|교체 ?|변경 ?|대체 ?|처리 ?|생성 ?|제작 ?|추출 ?|분리 ?|탐지 ?|감지 ?|검출 ?|표시 ?|취소 ?|적용 ?|염색 ?|색칠 ?|채색 ?|회전 ?|강조 ?|로드 ?|투명화 ?|흑백화 ?|으로 |로 )$/;

const wishEnding = new RegExp(`(?:${wishes})$`);
const anyRequest = new RegExp(`(?:${requestForms(clauseVerbs)})$`);

/** Whether the words end in a plea, whatever the verb: 줘, 주세요, 줄래. */
export const endsInPlea = (words: string): boolean => wishEnding.test(words);

/** Whether the words end like something to be done: 지워줄래, 바꿔 주세요, 지울 수 있어, 지워. */
export const endsInWish = (words: string): boolean => endsInPlea(words) || anyRequest.test(words);

/** The verb that a request ends in, as its stem, and what comes before it. */
export function endingVerb(words: string): { readonly before: string; readonly stem: string } | undefined {
  for (const [stem, pattern] of endings) {
    const match = pattern.exec(words);
    if (match) return { before: words.slice(0, match.index), stem };
  }
  return undefined;
}

/** Longer forms first: 만들어 before 들어. */
const endings = [...clauseVerbs]
  .sort((one, other) => other.infinitive.length - one.infinitive.length)
  .map((verb) => [verb.stem, new RegExp(`(?:${requestForms([verb])})$`)] as const);
