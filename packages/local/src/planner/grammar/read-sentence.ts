import type { Intent } from '../intents/intent.ts';
import type { Language } from './language.ts';
import { withoutPoliteness } from './politeness.ts';
import { readEnglish } from './read-english.ts';
import { readKorean } from './read-korean.ts';

/** What one sentence asks for, clause by clause; empty for a mere greeting, undefined where a part makes no sense. */
export function readSentence(
  sentence: string,
  language: Language,
  lastTarget: string | undefined,
): readonly Intent[] | undefined {
  if (withoutPoliteness(sentence, language) === '') return [];
  return language === 'ko' ? readKorean(sentence, lastTarget) : readEnglish(sentence, lastTarget);
}
