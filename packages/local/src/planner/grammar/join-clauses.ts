import type { Intent } from '../intents/intent.ts';
import type { Language } from './language.ts';
import { withoutPoliteness } from './politeness.ts';
import { readClause } from './read-clause.ts';

/** What "it" means after these intents. */
export const lastOf = (intents: readonly Intent[], before: string | undefined): string | undefined =>
  intents.findLast((intent) => intent.leaves !== undefined)?.leaves ?? before;

/** Reads clauses one after the other, each knowing what "it" means; undefined where one makes no sense. */
export function readInOrder(
  clauses: readonly string[],
  language: Language,
  lastTarget: string | undefined,
): readonly Intent[] | undefined {
  const intents: Intent[] = [];
  for (const clause of clauses) {
    const text = withoutPoliteness(clause, language);
    const found = readClause({
      text,
      verbatim: withoutConjunction(clause),
      language,
      lastTarget: lastOf(intents, lastTarget),
    });
    if (found.length === 0) return undefined;
    intents.push(...found);
  }
  return intents;
}

const withoutConjunction = (words: string): string =>
  words.trim().replace(/^(?:(?:and then|and|then|그리고|그 ?다음에?|그런 다음에?),? )+/i, '');
