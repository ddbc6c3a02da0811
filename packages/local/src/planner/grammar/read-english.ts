import type { Intent } from '../intents/intent.ts';
import { anyContext } from './context.ts';
import { cut } from './cut.ts';
import { beginsRequest, leadingVerb } from './english-verbs.ts';
import { type Reading, readInOrder, type Setting } from './join-clauses.ts';
import { withoutPoliteness } from './politeness.ts';
import { readClause } from './read-clause.ts';
import { holdsTogether } from './target-phrases.ts';

const joint =
  / ?[;,](?!\d) ?(?:(?:and then|and also|and|then|after that|afterwards) )?| (?:and then|and also|and afterwards|and after that|and|then|after that|&) /gi;

/**
 * Reads "remove the cup and the spoon, then blur the background": a piece that begins with a verb is a request; one that
 * does not shares the verb before it, where that makes sense, or belongs to the words before ("a cat and a dog").
 */
export function readEnglish(sentence: string, setting: Setting): Reading {
  const whole = read(sentence);
  // A question is one thing, however many "and" it holds.
  if (whole.length > 0 && whole.every((intent) => intent.name === 'ask')) return readInOrder([sentence], setting);
  const clauses: string[] = [];
  for (const { joint: before, text } of cut(sentence, joint)) {
    const bare = withoutPoliteness(text, 'en');
    const last = clauses.at(-1);
    if (bare === '') continue;
    const shared = last === undefined ? undefined : withSharedVerb(last, bare);
    if (last === undefined || isRequest(bare)) clauses.push(text);
    else if (shared !== undefined) clauses.push(shared);
    else clauses[clauses.length - 1] = last + before + text;
  }
  return readInOrder(clauses, setting);
}

const isRequest = (words: string): boolean =>
  beginsRequest(words) || /^(?:tell me|describe|count|how many|what|where|is there|are there)\b/i.test(words);

/** "make the sky blue" and "the grass green": "make the grass green". Lists ("remove the cup and the spoon") are read elsewhere. */
function withSharedVerb(before: string, words: string): string | undefined {
  const bare = withoutPoliteness(before, 'en');
  const verb = leadingVerb(bare);
  if (verb === undefined || holdsTogether(bare, words) || surrounds.test(bare)) return undefined;
  const [kind] = read(before);
  if (kind?.name !== 'adjust' && kind?.name !== 'replace') return undefined;
  const shared = `${verb} ${words}`;
  return read(shared)[0]?.name === kind.name ? shared : undefined;
}

/** "everything but the cup and the spoon" is one thing. */
const surrounds = /\b(?:except|but|apart from|aside from|other than|besides|excluding|without)\b/i;

/** What the words would mean after something was named. */
const read = (words: string): readonly Intent[] =>
  readClause({ text: withoutPoliteness(words, 'en'), verbatim: words, language: 'en', context: anyContext });
