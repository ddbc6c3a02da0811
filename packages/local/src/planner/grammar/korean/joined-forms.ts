import { clauseVerbs } from '../korean-verbs.ts';

type Rule = readonly [pattern: RegExp, replacement: string];

/** Verbs that join two requests, as stems: 지우, 바꾸, 하. Longer ones first. */
const stems = [...new Set(clauseVerbs.map(({ stem }) => stem))]
  .filter((stem) => stem !== '그리')
  .sort((one, other) => other.length - one.length)
  .join('|');
/** While, as, but, on that occasion, as soon as: one request after the other all the same. */
const joints = '(?:면서(?:도)?|며|되|고서(?:는)?|고는|고선|는 김에|는 동시에|는 것과 동시에|자마자|고 나선|고 나서는)';
const wordEnd = '(?=[^가-힣]|$)';

const joined: readonly Rule[] = [
  [new RegExp(`(?<=[가-힣 ]?(?:${stems}|주|주시))${joints}${wordEnd}`, 'g'), '고'],
  [/(?<=[가-힣])(?:고요|구요)(?= ?[가-힣])/g, '고'],
];

/** Ways to say "if" that take two words, or a word of their own. */
const times = '(?:경우(?:에는|에만|엔|에|라면|면)?|때(?:에는|에만|에|는|만)?|땐|시에?는?)';
const conditional: readonly Rule[] = [
  [new RegExp(`(있|없|많|적|같)(?:을|는) ${times}${wordEnd}(?! ?찍)`, 'g'), '$1으면'],
  [new RegExp(`보(?:일|이는) ${times}${wordEnd}(?! ?찍)`, 'g'), '보이면'],
  [new RegExp(`(?:나올|나오는) ${times}${wordEnd}(?! ?찍)`, 'g'), '나오면'],
  [new RegExp(`(나왔|찍혔|보였|들어갔|남았|잡혔)을 ${times}${wordEnd}`, 'g'), '$1으면'],
  [new RegExp(`(?<=[가-힣]{2})일 ${times}${wordEnd}`, 'g'), '이면'],
  [new RegExp(`않(?:은|을|는) ${times}${wordEnd}`, 'g'), '않으면'],
  [/ (?:거|것)(?:이면|면|라면|일 때는?)(?=[^가-힣]|$)/g, '색이면'],
  [/넘게 (?:있|나오|보이)(?:으면|면)/g, '넘으면'],
  [new RegExp(`아닐 ${times}${wordEnd}`, 'g'), '아니면'],
  [/(있|없)(?:는 것 같으면|는 거면|다 싶으면|기만 하면|기라도 하면|걸랑|으믄|으면은|다고 하면|다 하면)/g, '$1으면'],
];

/** 흐리게 말고 모자이크로: how it shall not be done. */
const rejected =
  /(?<=^|[ ,])(?:(?:더|좀|너무|그냥) )*(?!가로 |세로 |도로 )[가-힣]+(?:게|으로|로)(?:는)? ?말고(?:는|요)?,? (?=\S)/g;

/** A Korean sentence with its clauses joined in the plainest way: 지우면서, 지우는 김에 as 지우고; 있을 경우엔 as 있으면. */
export function withPlainJoints(text: string): string {
  return [...joined, ...conditional]
    .reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text)
    .replace(rejected, '');
}

/** Nouns that end like a condition. */
const nouns = /^(?:화면|라면|장면|벽면|정면|측면|바닥면|가면|수면|표면|단면|옆면|앞면|뒷면|냉면|짜장면|컵라면|면)$/;
/** Whether words hold a condition: where nobody took it up, what follows may not be done. */
export const holdsCondition = (words: string): boolean =>
  words
    .split(' ')
    .map((word) => word.replace(/[,.!?~]+$/, ''))
    .some(
      (word) =>
        /(?:으면|이면|라면|다면|리면|지면|하면|되면|거든|경우(?:엔|에|에는)?)$|^때만$/.test(word) && !nouns.test(word),
    );
