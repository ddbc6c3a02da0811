import { anyContext } from '../context.ts';
import type { Part } from '../part.ts';
import { withoutPoliteness } from '../politeness.ts';
import { readClause } from '../read-clause.ts';
import { asksLoosely, islandParts } from './islands.ts';
import { partsOf } from './read-sentence.ts';

/** Cuts a sentence without conditions into its parts: read word by word or, where that leaves words over, by its signs. */
export function clausesOf(sentence: string): readonly Part[] {
  // "the left one... actually just the island": what was said before is withdrawn.
  const instead = withdrawn.exec(sentence)?.groups?.rest;
  if (instead !== undefined && clausesOf(instead).some(({ kind }) => kind === 'request')) return clausesOf(instead);
  // "I'd like it moodier: darken everything but the pie": announced, then told.
  const announced = /^[^:]{1,60}: (?<rest>.+)$/.exec(sentence)?.groups?.rest;
  if (announced !== undefined) {
    const told = clausesOf(announced);
    const [first] = told.flatMap((part) => (part.kind === 'request' ? [part.text] : []));
    if (first !== undefined && told.every(isUnderstood) && !refers.test(first)) return told;
  }
  const parts = partsOf(sentence);
  return parts.every((part) => isUnderstood(part) && !(part.kind === 'request' && asksLoosely(part.text)))
    ? parts
    : islandParts(sentence);
}

const withdrawn =
  /^.+?(?:\.{2,}|…|[,;]| [-–—]+)\s*(?:(?:oh|no|wait|hmm),? )*actually,? (?:(?:no|just|only),? )*(?<rest>[a-z]+ (?:(?:up|out|off) )?(?:the|my|that|this|his|her|those) .+)$/i;

const refers = /\b(?:it|him|her|them|that|this)\b/i;

/** Whether a part makes sense after something was named. */
export const isUnderstood = (part: Part): boolean =>
  part.kind !== 'request' ||
  part.frame !== undefined ||
  readClause({ text: withoutPoliteness(part.text, 'en'), verbatim: part.text, language: 'en', context: anyContext })
    .length > 0;
