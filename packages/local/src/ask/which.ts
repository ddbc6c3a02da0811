import type { ParsedPhrase } from '@atelier/sdk';
import { singularForms } from '../detect/singular.ts';

/** Which of several things of a kind is meant, by place or size. */
export interface Which extends WordsAround {
  /** Its selectors are what geometry goes by. */
  readonly parsed: ParsedPhrase;
  /** The thing in the words of the question, without article: "second cup from the right". */
  readonly said: string;
}

/** What is said before and after the noun, for answers that name the thing in the same way: "second", "from the right". */
interface WordsAround {
  readonly before: string;
  readonly after: string;
}

const determiners =
  /^(?:(?:all|both|every|each|of|the|a|an|my|your|his|her|its|our|their|this|that|these|those)(?: |$))+/;
const anyNoun = /^(?:ones?|things?|objects?|items?)$/;
const koreanAnyNoun = /\s*(?:것|거|놈|애|쪽)(?:들)?$/;

/** Where the noun cannot be told from the words around it, all of them come before it: "the left" is "the left cup". */
export function wordsAround(said: string, { noun, language }: ParsedPhrase): WordsAround {
  if (language === 'ko') return { before: beforeKorean(said, noun), after: '' };
  const words = said.split(' ');
  for (let start = 0; start < words.length; start++) {
    for (let end = words.length; end > start; end--) {
      const span = words.slice(start, end).join(' ');
      if (noun === '' ? !anyNoun.test(span) : !singularForms(span).includes(noun)) continue;
      return {
        before: words.slice(0, start).join(' ').replace(determiners, '').trim(),
        after: words.slice(end).join(' '),
      };
    }
  }
  return { before: noun === '' ? said : '', after: '' };
}

function beforeKorean(said: string, noun: string): string {
  if (noun === '') return said.replace(koreanAnyNoun, '');
  const start = said.lastIndexOf(noun);
  return start > 0 ? said.slice(0, start).trim() : '';
}
