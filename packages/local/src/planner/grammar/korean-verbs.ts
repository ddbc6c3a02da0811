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
  '줘|줘라|줘요|주라|주세요|주십시오|주실래요|주시겠어요|줄래|줄래요|줄 수 있어|줄 수 있어요|줄 수 있니|줄 수 있나요|줄 수 있을까|줄 수 있을까요|줄 수 있겠니|봐|봐줘|봐요|보세요|버려|버려줘|놔|놔줘|달라|달라고|다오|야 해|야 해요|주면 좋겠어|주면 좋겠어요|주면 돼|주면 고맙겠어';

/** Source of a pattern for every way of asking for one of these verbs: 지워, 지워 줘, 지워줄래요, 지우세요, 삭제. */
export function requestForms(verbs: readonly KoreanVerb[]): string {
  return verbs
    .map(({ stem, infinitive }) => {
      const bare = stem.endsWith('하') && stem.length > 1 ? `|${stem.slice(0, -1)}|${stem.slice(0, -1)} 좀` : '';
      const spaced =
        stem.length > 2 && stem.endsWith('하')
          ? `|${stem.slice(0, -1)} (?:좀 )?${infinitive.at(-1)}(?: ?(?:${wishes}))?`
          : '';
      const able = `${withFinal(stem, 8, '을')} 수 (?:있어|있어요|있니|있나요|있을까|있을까요)`;
      return `${infinitive}(?: ?(?:${wishes})|라|요)?|${stem}(?:으)?(?:세요|십시오|시오|자|기|렴|고 싶어|고 싶어요)|${able}${bare}${spaced}`;
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
