import { koreanName, lookUp } from '../../detect/vocabulary.ts';
import type { Language } from '../grammar/language.ts';
import { plural } from './plural.ts';

/** The phrase that tools understand as "whatever this picture is of". */
export const subjectPhrase = 'the subject';

/**
 * A target as it is shown to the person. Words in another language than the answer's, remembered from an earlier message,
 * are told by the name of the thing, or quoted where it has none here.
 */
export function shownTarget(phrase: string, language: Language): string {
  if (phrase === subjectPhrase) return language === 'ko' ? '피사체' : phrase;
  return (language === 'ko' ? inKorean(phrase) : inEnglish(phrase)) ?? phrase;
}

function inEnglish(phrase: string): string | undefined {
  if (!/[가-힣]/.test(phrase)) return undefined;
  // In Korean the noun comes last: 빨간 컵.
  const known = lookUp(phrase) ?? lookUp(phrase.slice(phrase.lastIndexOf(' ') + 1));
  if (!known) return `“${phrase}”`;
  return `the ${meansSeveral(phrase) ? plural(known.label) : known.label}`;
}

/** The bare name alone: of "the cup on the left", the place would be lost. */
function inKorean(phrase: string): string | undefined {
  if (/[가-힣]/.test(phrase)) return undefined;
  const name = phrase.toLowerCase().replace(/^(?:the|an?|my|this|that) /, '');
  const known = lookUp(name);
  return known?.label === name ? koreanName(name) : undefined;
}

/** True for phrases that mean more than one thing: "all cups", "the two dogs", "모든 컵". */
export const meansSeveral = (phrase: string): boolean =>
  /^(?:all|both|these|those|every|(?:the )?(?:two|three|four|five|six))\b|^(?:모든|전부|모두)|들$/i.test(phrase.trim());
