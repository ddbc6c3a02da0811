import type { Reading, Setting } from './join-clauses.ts';
import { withoutPoliteness } from './politeness.ts';
import { readEnglish } from './read-english.ts';
import { readKorean } from './read-korean.ts';

/** What one sentence asks for, clause by clause; no intents for a mere greeting. */
export function readSentence(sentence: string, setting: Setting): Reading {
  if (withoutPoliteness(sentence, setting.language) === '') return { intents: [], context: setting.context };
  return setting.language === 'ko' ? readKorean(sentence, setting) : readEnglish(sentence, setting);
}
