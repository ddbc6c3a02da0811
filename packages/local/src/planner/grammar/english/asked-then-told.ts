import { anyContext } from '../context.ts';
import { beginsRequest } from '../english-verbs.ts';
import { withoutPoliteness } from '../politeness.ts';
import { readClause } from '../read-clause.ts';

/** Asks in the form of an order, and does not ask about doing something. */
const orderedAnswer =
  /^(?:(?:first|now|ok(?:ay)?|so|please|hi|hey),? )*(?:tell (?:me|us)|let (?:me|us) know|say|state|report|count|know|find out|work out)\b(?!.*\b(?:if (?:i|we|you)|(?:how|whether|what|where|which .+?) to|should|would)\b)/i;
const joint = /(?:[,;] ?(?:and )?|\.{2,} ?| and )(?:(?:then|also|afterwards|after that|finally),? )?| then /gi;
const withThing = /^(?:\S+ ){1,4}?(?:the|all|every|each|both|any|this|that|these|those|my|his|her|it|them|him|an?)\b/i;

/**
 * "tell me how many cups there are, then remove the plate": what is asked, and what is to be done besides. Undefined where
 * nothing else is asked for: a question may hold an "and" of its own.
 */
export function askedThenTold(sentence: string): { readonly asked: string; readonly told: string } | undefined {
  if (!orderedAnswer.test(withoutPoliteness(sentence, 'en'))) return undefined;
  for (const match of sentence.matchAll(joint)) {
    const told = sentence.slice(match.index + match[0].length);
    const bare = withoutPoliteness(told, 'en');
    if (!beginsRequest(bare) || !withThing.test(bare)) continue;
    const intents = readClause({ text: bare, verbatim: told, language: 'en', context: anyContext });
    const isOrder = intents.length > 0 && intents.every(({ name }) => name !== 'ask');
    if (isOrder) return { asked: sentence.slice(0, match.index), told };
  }
  return undefined;
}
