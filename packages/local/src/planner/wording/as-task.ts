import { endingVerb } from '../grammar/korean-verbs.ts';
import type { Language } from '../grammar/language.ts';
import { capital } from './capital.ts';

/** A request as the name of a step: "Make the cup blue", "배경을 흐리게 하기". */
export function asTask(words: string, language: Language): string {
  if (language === 'en') return capital(words);
  const ending = endingVerb(words);
  return ending ? `${ending.before}${ending.stem}기` : words;
}
