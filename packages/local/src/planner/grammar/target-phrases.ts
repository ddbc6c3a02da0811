import { finalSound } from '../wording/particles.ts';
import type { Clause } from './clause.ts';
import type { Language } from './language.ts';

/** Tools take phrases of this many characters at most. */
const longestPhrase = 200;

const pronouns: Readonly<Record<Language, RegExp>> = {
  en: /^(?:it|that|this|them|those|these|that one|this one|that thing|this thing)$/i,
  ko: /^(?:그것|그거|그걸|이것|이거|이걸|저것|저거|저걸|그것들|이것들|걔|얘|그 ?물체)$/,
};

/**
 * The things that a clause's words name, as phrases for the tools: "the cup and the spoon" is two; "it" is what the
 * clause before was about. Empty where nothing is named, or "it" has no meaning yet.
 */
export function targetPhrases(words: string, clause: Clause): readonly string[] {
  const phrases = splitList(words, clause.language).map((phrase) => onePhrase(phrase, clause));
  const all = phrases.filter((phrase): phrase is string => phrase !== undefined);
  return all.length === phrases.length ? all : [];
}

function onePhrase(words: string, { language, lastTarget }: Clause): string | undefined {
  const phrase = language === 'ko' ? cleanKorean(words) : cleanEnglish(words);
  if (pronouns[language].test(phrase)) return lastTarget;
  return phrase === '' || phrase.length > longestPhrase || !/[\p{L}\p{N}]/u.test(phrase) ? undefined : phrase;
}

/** Splits "the cup, the plate and the spoon", but neither "between the cup and the plate" nor "black and white". */
function splitList(words: string, language: Language): readonly string[] {
  const parts =
    language === 'ko'
      ? words.split(
          / ?, ?(?:그리고 )?| (?:그리고|및|또는) |(?<=[가-힣a-z])(?:이랑|랑|하고) |(?<=[가-힣])[과와] (?!(?:[^ ]+ )?(?:사이|같은|비슷한|함께|다른|겹치는))/i,
        )
      : words.split(/ ?,(?!\d) ?(?:(?:and|and then|then) )?| (?:and then|and also|and|as well as|then|&) /i);
  return language === 'ko' ? parts : rejoin(parts, words);
}

/** Puts back together what "and" holds together. */
function rejoin(parts: readonly string[], words: string): readonly string[] {
  const joined: string[] = [];
  let end = 0;
  for (const part of parts) {
    const start = words.indexOf(part, end);
    const last = joined.at(-1);
    if (last !== undefined && holdsTogether(last, part))
      joined[joined.length - 1] = last + words.slice(end, start) + part;
    else joined.push(part);
    end = start + part.length;
  }
  return joined;
}

const colour = 'black|white|red|green|blue|yellow|gr[ae]y|brown|pink|orange|purple|gold|silver';
const endsInColour = new RegExp(`(?:^| )(?:${colour})$`, 'i');
const beginsWithColour = new RegExp(`^(?:${colour})(?: |$)`, 'i');

/** Whether "and" between these words belongs to one thing: "black and white cat", "the fork between the cup and the plate". */
export function holdsTogether(left: string, right: string): boolean {
  if (endsInColour.test(left) && beginsWithColour.test(right)) return true;
  const between = left.toLowerCase().lastIndexOf('between ');
  return between !== -1 && !/ and |,/i.test(left.slice(between));
}

function cleanEnglish(words: string): string {
  return words
    .trim()
    .replace(/^["'“‘]+|["'”’]+$/g, '')
    .replace(/(?:,? (?:please|too|as well|also|instead|again|for me|entirely|completely))+$/i, '')
    .replace(
      /,? (?:from|out of|off|in|of|on) (?:the|this|my|that) (?:picture|photo|photograph|image|pic|scene|shot)$/i,
      '',
    )
    .trim();
}

function cleanKorean(words: string): string {
  const phrase = words
    .trim()
    .replace(/^["'“‘]+|["'”’]+$/g, '')
    .replace(/^(?:이 |그 |내 )?(?:사진|그림|이미지)(?:에서|에 있는|속의|속) ?/, '')
    .replace(/(?: (?:좀|한번|전부|모두|다|완전히|싹|깨끗하게|깨끗이|빨리))+$/, '')
    .replace(/(?:도|만)$/, '');
  return dropObjectParticle(phrase.trim())
    .replace(/(?:도|만)$/, '')
    .trim();
}

/** 컵을, 고양이를, 그걸: the particle goes only where it fits the sound before it, so 마을 and 가을 stay whole. */
function dropObjectParticle(phrase: string): string {
  const before = phrase.slice(0, -1);
  if (before === '') return phrase;
  const sound = finalSound(before);
  const fits = phrase.endsWith('를')
    ? sound !== 'consonant' && sound !== 'rieul'
    : phrase.endsWith('을') && sound !== 'vowel';
  const latin = /[a-z]$/i.test(before) && /[을를]$/.test(phrase);
  return (fits && sound !== undefined) || latin ? before.trimEnd() : phrase;
}
