import type { Candidate } from '@atelier/sdk';
import type { Words } from '../messages.ts';

interface AskedQuestion {
  readonly reason: 'ambiguous' | 'no-match';
  readonly phrase: string;
  readonly candidates: readonly Candidate[];
}

/** "Which one?", without the candidates, which are shown as a table. */
export function questionText({ reason, phrase, candidates }: AskedQuestion, words: Words): string {
  if (reason === 'ambiguous') return words.ambiguous(phrase, candidates.length);
  return candidates.length === 1 ? words.onlySeen(phrase, candidates[0]) : words.noMatch(phrase);
}
