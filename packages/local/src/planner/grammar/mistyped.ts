import type { Setting } from './carry-out.ts';
import { editDistance } from './edit-distance.ts';
import { leadingVerb, usefulVerbs } from './english-verbs.ts';
import { clauseVerbs, koreanVerb } from './korean-verbs.ts';
import type { Language } from './language.ts';
import { withoutPoliteness } from './politeness.ts';
import { readSentence } from './read-sentence.ts';

/** Longer sentences are not searched for mistakes. Characters. */
const longest = 200;

const koreanForms = [...clauseVerbs, ...['제거하', '삭제하', '변경하', '교체하'].map(koreanVerb)].map(
  ({ infinitive }) => `${infinitive}줘`,
);

/** The sentence with one mistyped verb put right, where it then makes sense; undefined where no such verb is found. */
export function withoutTypo(sentence: string, setting: Setting): string | undefined {
  if (sentence.length > longest) return undefined;
  const bare = withoutPoliteness(sentence, setting.language);
  for (const { start, word } of verbPlaces(bare, setting.language)) {
    for (const verb of nearest(word, setting.language)) {
      const mended = bare.slice(0, start) + verb + bare.slice(start + word.length);
      if (readSentence(mended, setting).intents) return mended;
    }
  }
  return undefined;
}

interface Place {
  readonly start: number;
  readonly word: string;
}

/** Where verbs stand: first in an English clause, last in a Korean sentence. */
function verbPlaces(bare: string, language: Language): readonly Place[] {
  if (language === 'ko') {
    const word = bare.slice(bare.lastIndexOf(' ') + 1);
    return [{ start: bare.length - word.length, word }];
  }
  const places = [...bare.matchAll(/(?:^|[,;]|\band\b|\bthen\b)(?: *(?:and|then|also)\b)* *([a-z]{3,14})\b/gi)];
  return places.map(({ index, 0: whole, 1: word }) => ({ start: index + whole.length - word.length, word }));
}

/** Verbs one mistake away, or two where the word is long; nearest first. None for a word that is a verb as it stands. */
function nearest(word: string, language: Language): readonly string[] {
  const isVerb = language === 'ko' ? koreanForms.includes(word) : leadingVerb(word) !== undefined;
  if (isVerb) return [];
  // Of Hangul, the letters within the syllables are compared: 지어줘 is one letter from 지워줘.
  const letters = (text: string): string => (language === 'ko' ? text.normalize('NFD') : text.toLowerCase());
  const typed = letters(word);
  const most = typed.length >= (language === 'ko' ? 8 : 5) ? 2 : 1;
  return (language === 'ko' ? koreanForms : usefulVerbs)
    .filter((verb) => Math.abs(letters(verb).length - typed.length) <= most)
    .map((verb) => ({ verb, distance: editDistance(typed, letters(verb)) }))
    .filter(({ distance }) => distance <= most)
    .sort((one, other) => one.distance - other.distance)
    .map(({ verb }) => verb);
}
