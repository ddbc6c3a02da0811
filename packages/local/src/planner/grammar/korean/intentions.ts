import type { Chunk } from './chunks.ts';

/** 인화할 생각이에요: a plan for later, whatever it says will be done. */
const intended = /[가-힣] (?:생각|예정|계획|작정|요량|참)(?:이|인|입|임|에|중|$)[가-힣]*[\s.!~ㅋㅎㅠ]*$/;
const later =
  /(?:^| )(?:나중에|이따가?|있다가|내일|모레|주말에|다음 ?(?:주|달|번)(?:에|엔)?|언젠가|(?:집|학교|회사|사무실|가게)에 ?가서|포토샵(?:으로|에서)|직접|제가|내가)(?: |$)/;
const promised =
  /(?:거예요|거에요|거야|거임|겁니다|건데요?|거라서?|거니까요?|게요?|려고요?|려구요?|려 해요?|려고 합니다)[\s.!~,ㅋㅎㅠ]*$/;

const future = (text: string): boolean => {
  const word = text.replace(/[\s.!~,ㅋㅎㅠ]+$/, '').replace(/ ?(?:거|건|겁|게|려).*$/, '');
  const final = (word.charCodeAt(word.length - 1) - 0xac00) % 28;
  return final === 8 || /려[고구 ]|려고/.test(text);
};

/** Whether a clause only says what somebody will do at another time. */
const isPlan = (text: string): boolean =>
  intended.test(text) || (promised.test(text) && later.test(text) && future(text));

/** The clauses without plans for later, and without the clauses that go on into such a plan: 세우고 … 인화할 생각이에요. */
export function withoutPlans(chunks: readonly Chunk[]): readonly Chunk[] {
  const kept: Chunk[] = [];
  for (const chunk of chunks) {
    const first = startOf(kept);
    const whole = [...kept.slice(first), chunk].map(({ text }) => text).join(' ');
    if (!isPlan(whole) || /(?:줘|주세요|주라|줄래요?|부탁\S*)[\s.!~]*$/.test(whole)) kept.push(chunk);
    else kept.length = first;
  }
  return kept;
}

/** Where the clauses that lead up to the next one begin. */
function startOf(chunks: readonly Chunk[]): number {
  let first = chunks.length;
  while (
    first > 0 &&
    (chunks[first - 1].ending === 'joining' ||
      chunks[first - 1].ending === 'none' ||
      /서$/.test(chunks[first - 1].text))
  )
    first--;
  return first;
}
