import { type Condition, seen } from '../grammar/condition.ts';
import { englishExistence } from '../grammar/english/conditions.ts';
import { koreanAskedCondition } from '../grammar/korean/conditions.ts';
import { languageOf } from '../grammar/language.ts';

/** The condition that a question like "is there a dog?" asks about; undefined for all other questions. */
export function existenceAsked(question: string): Condition | undefined {
  if (languageOf(question) === 'ko') return koreanAskedCondition(question);
  const thing = englishExistence(question);
  return thing === undefined ? undefined : seen(thing);
}
