import type { Clause } from '../grammar/clause.ts';
import type { Language } from '../grammar/language.ts';
import { targetPhrases } from '../grammar/target-phrases.ts';

/** How people ask for something, by language. The named group `target` holds the words for the thing. */
export type Patterns = Readonly<Record<Language, readonly RegExp[]>>;

/** The groups of the first pattern that fits the clause. */
export function matchPatterns(
  patterns: Patterns,
  clause: Clause,
): Readonly<Record<string, string | undefined>> | undefined {
  for (const pattern of patterns[clause.language]) {
    const match = pattern.exec(clause.text);
    if (match) return match.groups ?? {};
  }
  return undefined;
}

/** The things the clause names; where Korean leaves the object out, what the clause before was about. */
export function matchTargets(patterns: Patterns, clause: Clause): readonly string[] {
  const words = matchPatterns(patterns, clause)?.target;
  if (words === undefined) return [];
  return words.trim() === '' ? lastOf(clause) : targetPhrases(words, clause);
}

const lastOf = ({ context: { it } }: Clause): readonly string[] => (it === undefined ? [] : [it]);
