import { carryOut, type Progress, type Setting } from './carry-out.ts';
import type { Clause } from './clause.ts';
import { englishParts } from './english/parts.ts';
import { koreanParts } from './korean/parts.ts';
import type { Part } from './part.ts';
import { withoutPoliteness } from './politeness.ts';

/** How far a text is understood; or the first clause that made no sense, with the context it was read in. */
export type Reading = Progress | { readonly intents?: undefined; readonly failed: Clause };

export const nothingYet = ({ context }: Setting): Progress => ({ intents: [], context, guards: [] });

/** What one sentence asks for, part by part; a condition holds up to the end of its sentence. */
export function readSentence(sentence: string, setting: Setting, before: Progress = nothingYet(setting)): Reading {
  if (withoutPoliteness(sentence, setting.language) === '') return before;
  const parts = partsOf(sentence, setting, before);
  if (!parts) return { failed: clauseOf(sentence, setting, before) };
  let now: Progress = { ...before, guards: [] };
  for (const part of parts) {
    const next = carryOut(now, part, setting);
    if ('failed' in next) return next;
    now = next;
  }
  return now;
}

const partsOf = (sentence: string, { language }: Setting, { context }: Progress): readonly Part[] | undefined =>
  language === 'ko' ? koreanParts(sentence, context) : englishParts(sentence, context);

const clauseOf = (sentence: string, setting: Setting, { context }: Progress): Clause => ({
  ...setting,
  text: withoutPoliteness(sentence, setting.language),
  verbatim: sentence,
  context,
});
