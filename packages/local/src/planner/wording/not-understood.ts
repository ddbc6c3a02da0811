import type { Language } from '../grammar/language.ts';

const examples: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'remove the cup on the left',
    'replace the cup with a cat',
    'make the cup blue',
    'blur the background',
    'how many cups are there?',
    'undo that',
  ],
  ko: [
    '왼쪽 컵을 지워줘',
    '컵을 고양이로 바꿔줘',
    '컵을 파랗게 바꿔줘',
    '배경을 흐리게 해줘',
    '컵이 몇 개 있어?',
    '되돌려줘',
  ],
};

/** What is quoted back of a text that made no sense. Characters. */
const longestQuote = 80;

/** Says that the request made no sense, and what would. */
export function notUnderstood(words: string, language: Language): string {
  const flat = words.replace(/\s+/g, ' ').trim();
  const quote = flat.length > longestQuote ? `${[...flat.slice(0, longestQuote)].slice(0, -1).join('')}…` : flat;
  const list = examples[language].map((example) => `- ${example}`).join('\n');
  if (language === 'ko') {
    return `${quote === '' ? '요청을 이해하지 못했습니다.' : `“${quote}” 요청을 이해하지 못했습니다.`} 이런 요청을 할 수 있습니다:\n${list}`;
  }
  return `${quote === '' ? 'I did not understand the request.' : `I did not understand “${quote}”.`} I understand requests like these:\n${list}`;
}
