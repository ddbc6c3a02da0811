import type { Language } from '../grammar/language.ts';

/** The phrase that tools understand as "whatever this picture is of". */
export const subjectPhrase = 'the subject';

/** A target as it is shown to the person. */
export const shownTarget = (phrase: string, language: Language): string =>
  language === 'ko' && phrase === subjectPhrase ? '피사체' : phrase;

/** True for phrases that mean more than one thing: "all cups", "the two dogs", "모든 컵". */
export const meansSeveral = (phrase: string): boolean =>
  /^(?:all|both|these|those|every|(?:the )?(?:two|three|four|five|six))\b|^(?:모든|전부|모두)|들$/i.test(phrase.trim());
