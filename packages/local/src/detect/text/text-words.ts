const words = new Set([
  'text',
  'word',
  'letter',
  'lettering',
  'writing',
  'caption',
  'inscription',
  'typography',
  'handwriting',
  'number',
  'digit',
  'character',
  'subtitle',
  'watermark',
  'title',
  'label text',
  'sign text',
  '글자',
  '글씨',
  '글',
  '텍스트',
  '문구',
  '문자',
  '글귀',
  '자막',
  '숫자',
  '낙서',
  '워터마크',
  '간판글씨',
]);
/** Where the text stands is said, and cannot be told by its looks: "text on the sign", "간판 글씨". */
const place = / (?:on|in|at|from|written on|printed on) .+$/;
const koreanPlace = /^.+\s(?=\S+$)/;

/** Whether a singular noun asks for text. */
export const isText = (noun: string): boolean => words.has(noun);

/** Whether a noun asks for the text in some place. Adjectives must be taken off first. */
export function isTextSomewhere(noun: string): boolean {
  const [, first = ''] = /^(\S+)\s/.exec(noun) ?? [];
  const english = noun.replace(place, '') !== noun && (words.has(first) || words.has(first.replace(/s$/, '')));
  return english || (/[가-힣]/.test(noun) && words.has(noun.replace(koreanPlace, '')));
}
