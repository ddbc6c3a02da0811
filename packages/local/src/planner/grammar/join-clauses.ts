import type { Intent } from '../intents/intent.ts';
import type { Clause } from './clause.ts';
import { type Context, contextAfter } from './context.ts';
import type { Language } from './language.ts';
import { withoutPoliteness } from './politeness.ts';
import { readClause } from './read-clause.ts';

/** What holds for a whole text: its language, that of the answers, and what came before. */
export interface Setting {
  readonly language: Language;
  readonly answerIn?: Language | undefined;
  readonly context: Context;
}

/** Clauses understood, in order; or the first that made no sense, with the context it was read in. */
export type Reading =
  | { readonly intents: readonly Intent[]; readonly context: Context }
  | { readonly intents?: undefined; readonly failed: Clause };

/** Reads clauses one after the other, each knowing what the ones before it leave. */
export function readInOrder(clauses: readonly string[], setting: Setting): Reading {
  const intents: Intent[] = [];
  let { context } = setting;
  for (const words of clauses) {
    const clause: Clause = {
      ...setting,
      text: withoutPoliteness(words, setting.language),
      verbatim: withoutConjunction(words),
      context,
    };
    const found = readClause(clause);
    if (found.length === 0) return { failed: clause };
    intents.push(...found);
    context = found.reduce((before, intent) => contextAfter(before, intent.leaves), context);
  }
  return { intents, context };
}

const withoutConjunction = (words: string): string =>
  words.trim().replace(/^(?:(?:and then|and|then|그리고|그 ?다음에?|그런 다음에?),? )+/i, '');
