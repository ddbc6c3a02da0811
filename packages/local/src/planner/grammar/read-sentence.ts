import type { Intent } from '../intents/intent.ts';
import type { Language } from './language.ts';
import { withoutPoliteness } from './politeness.ts';
import { readClause } from './read-clause.ts';

/** What one sentence asks for, clause by clause; empty for a mere greeting, undefined where a part makes no sense. */
export function readSentence(
  sentence: string,
  language: Language,
  lastTarget: string | undefined,
): readonly Intent[] | undefined {
  const text = withoutPoliteness(sentence, language);
  if (text === '') return [];
  const intents = readClause({ text, verbatim: sentence, language, lastTarget });
  return intents.length === 0 ? undefined : intents;
}
