import { readTarget } from '@atelier/sdk/adjust';
import { finalSound } from '../wording/particles.ts';
import type { Clause } from './clause.ts';
import { cut } from './cut.ts';
import { takeAmount } from './frames/english-amount.ts';
import { nounPhrase } from './frames/english-noun-phrase.ts';
import { isThing, pronoun, restates } from './frames/english-thing.ts';
import { trimEnglish } from './frames/english-trim.ts';
import { isKoreanThing, trimKorean } from './frames/korean-thing.ts';
import type { Language } from './language.ts';
import { withNounForOne } from './one-phrases.ts';

/** Tools take phrases of this many characters at most. */
const longestPhrase = 200;

const pronouns: Readonly<Record<Language, RegExp>> = {
  en: pronoun,
  ko: /^(?:그것|그거|그걸|그건|그게|그놈|그 ?사람|그 ?남자|그 ?여자|그 ?애|그 ?아이|그 ?차|이것|이거|이걸|이건|저것|저거|저걸|저건|그것들|이것들|걔|걔네|걔들|얘|얘네|쟤|그 ?물체|거기|그분|그 ?친구|그녀석|이 ?녀석|그쪽|그 ?부분|위에 ?거|방금 ?그거|아까 ?그거)$/,
};

/**
 * The things that a clause's words name, as phrases for the tools: "the cup and the spoon" is two; "it" is what the
 * clause before was about. Empty where nothing is named, or "it" has no meaning yet.
 */
export function targetPhrases(words: string, clause: Clause): readonly string[] {
  if (both[clause.language].test(words.trim())) return lastTwo(clause);
  const among = /^(?<set>.+?) ?중(?:에서?|에)? (?<rest>.+)$/.exec(words)?.groups;
  const noun =
    trimKorean(among?.rest ?? '')
      .split(' ')
      .at(-1) ?? '';
  // 빨간 공이랑 파란 공 중에 빨간 공만: what it is chosen from says no more.
  if (among && noun.length > 0 && !/^(?:것|거|걸|애|놈)$/.test(noun) && among.set.includes(noun))
    return targetPhrases(among.rest, clause);
  const [wanted, one] = withoutRejected(words, clause.language);
  const context = one === undefined ? clause.context : { ...clause.context, one };
  const phrases = splitList(wanted, clause.language).map((phrase) => onePhrase(phrase, { ...clause, context }));
  const all = phrases.filter((phrase): phrase is string => phrase !== undefined);
  return all.length === phrases.length ? all : [];
}

/** Whether the words are a pronoun that may mean the whole picture: "it", but not "that one". */
export const mayMeanPicture = (words: string, language: Language): boolean =>
  (language === 'ko' ? /^(?:그것|그거|그걸|이것|이거|이걸)$/ : /^(?:it|this|that)$/i).test(
    language === 'ko' ? cleanKorean(words) : cleanEnglish(words),
  );

/** Words that take something back, or begin another request; guessing what is left would edit the wrong thing. */
const unsure: Readonly<Record<Language, RegExp>> = {
  en: /^(?:no|not|never|nothing|none|wait|sorry|actually|oops)\b|\bbut\b|\b(?:do not|don't)\b/i,
  ko: /(?:^| )(?:말고|아니|아니다|아니라)(?: |$)|지 ?(?:말|마|않)|[을를만은는] [^ ]+(?:고|면서|며|아서|어서|아|어)$/,
};

/** 컵 말고 고양이: the cup is named only to say that it is not meant. 지우지 말고 forbids a deed, which is no phrase's matter. */
function withoutRejected(words: string, language: Language): readonly [wanted: string, one?: string] {
  const rejected = language === 'ko' ? /^(?<thing>[^"“”]*?)(?<!지) 말고(?:는)?,? (?=\S)/.exec(words) : null;
  if (!rejected) return [words];
  const thing = rejected.groups?.thing.trim() ?? '';
  const wanted = words.slice(rejected[0].length);
  return /(?:거|것|걸)$/.test(thing) ? [wanted] : [wanted, thing];
}

const both: Readonly<Record<Language, RegExp>> = {
  en: /^(?:both|both of (?:them|those|these)|them both|the two of them)$/i,
  ko: /^(?:그 |저 |이 )?둘 ?다?(?:를|을|에|한테|에게)?$/,
};

/** The two things that were changed last or, where there were not two, the thing that was named last. */
function lastTwo({ context: { edits = [], it } }: Clause): readonly string[] {
  const things = [...new Set(edits.flatMap(({ thing }) => (thing === undefined ? [] : [thing])))].slice(-2);
  if (things.length === 2) return things;
  return it === undefined ? [] : [it];
}

/** "blurr the spoon" is no thing but a mistyped request. */
const mistyped =
  /^(?!(?:all|both|half|only|just|even|everything|everyone|anything|whatever|what)\b)[a-z]+ (?:the|an?|my|this|that) \S/i;

/** "that guy", where nobody was spoken of: whoever is there. */
const person = /^that (?:fellow|guy|person|man|woman)$/i;

function onePhrase(words: string, { language, context }: Clause): string | undefined {
  const phrase = language === 'ko' ? cleanKorean(words) : cleanEnglish(words);
  if (pronouns[language].test(phrase)) return context.it ?? (person.test(phrase) ? phrase : undefined);
  const doubted = phrase.replace(
    /^(?<all>(?:all|every|each|any|both|everything|everyone)\b.*?) but (?=\S)/i,
    '$<all> except ',
  );
  if (unsure[language].test(doubted) || mistyped.test(phrase)) return undefined;
  if (language === 'en' ? !isThing(phrase) : !isKoreanThing(phrase)) return undefined;
  if (phrase === '' || phrase.length > longestPhrase || !/[\p{L}\p{N}]/u.test(phrase)) return undefined;
  const full = withNounForOne(withReferent(phrase, language, context.it), language, context.one);
  return full === undefined || full.length > longestPhrase ? undefined : full;
}

/** A pronoun within a phrase: "the man behind it", 그 옆에 자전거, 그 사람 얼굴. What it stands for may be gone: then the rest must do. */
function withReferent(phrase: string, language: Language, it: string | undefined): string {
  if (language === 'en')
    return it === undefined
      ? phrase
      : phrase.replace(
          /(?<= (?:behind|beside|near|next to|under|above|below|by|around|on|in front of)) (?:it|him|her|them)$/i,
          ` ${it}`,
        );
  return phrase
    .replace(
      /^(?:그|걔|그거|그것) ?(?<place>옆|뒤|앞|위|아래|밑|근처|곁)(?<rest>\S* )/,
      it === undefined ? '$<place>$<rest>' : `${it} $<place>$<rest>`,
    )
    .replace(
      /^(?:그 ?(?:사람|남자|여자|애|아이|분|친구|강아지|고양이|차)|걔|얘)(?:의)? (?=\S)/,
      it === undefined ? '' : `${it} `,
    );
}

const joints: Readonly<Record<Language, RegExp>> = {
  en: / ?,(?!\d) ?(?:(?:and|and then|then) )?| (?:and then|and also|and|as well as|then|&|\+) /gi,
  ko: / ?, ?(?:그리고 )?| (?:그리고|및) |(?:이랑|랑|하고|과|와) /g,
};

/** Splits "the cup, the plate and the spoon", but neither "between the cup and the plate" nor "black and white". */
function splitList(words: string, language: Language): readonly string[] {
  const joined: string[] = [];
  for (const { joint, text } of cut(words, joints[language])) {
    const last = joined.at(-1);
    const together =
      last !== undefined && (language === 'ko' ? holdsKorean(last, joint, text) : holdsTogether(last, text));
    // "his face, solid block", "the dogs, all three of them": more about the same thing.
    if (last !== undefined && language === 'en' && isAppended(last, joint, text)) continue;
    if (last !== undefined && together) joined[joined.length - 1] = last + joint + text;
    else joined.push(text);
  }
  return joined;
}

/** Words of style are said of what was named, and name nothing: "the bouquet, classic selective colour". */
const style =
  /^(?:just|only|solid|plain|flat|proper|nice and|full|thick|thin)\b|\b(?:look|style|effect|vibe|feel|colou?r|block|patch|shape|mode|please|fully|thing|job)$/i;
const isAppended = (left: string, joint: string, right: string): boolean =>
  restates.test(right.trim()) ||
  /^ ?(?:just )?like /i.test(right) ||
  (/^ ?, ?$/.test(joint) && determiner.test(left) && style.test(right.trim()));

/** Whether what looks like "and" is the end of a word (사과, 파랑), or belongs to one thing (컵과 접시 사이의 숟가락). */
function holdsKorean(left: string, joint: string, right: string): boolean {
  const sound = finalSound(left);
  if (/^(?:과|이랑)/.test(joint) && sound === 'vowel') return true;
  if (/^(?:와|랑)/.test(joint) && (sound !== 'vowel' || /(?:^| )[파노사자]$/.test(left))) return true;
  return /^(?:[^ ]+ )?(?:사이|같은|비슷한|함께|다른|겹치는)/.test(right);
}

const colour = 'black|white|red|green|blue|yellow|gr[ae]y|brown|pink|orange|purple|gold|silver';
const endsInColour = new RegExp(`(?:^| )(?:${colour})$`, 'i');
const beginsWithColour = new RegExp(`^(?:${colour})(?: |$)`, 'i');

const determiner =
  /^(?:the|an?|this|that|these|those|my|your|his|her|its|our|their|all|both|every|each|some|one|two|three)\b/i;

/** Whether "and" between these words belongs to one thing: "black and white cat", "the fork between the cup and the plate". */
export function holdsTogether(left: string, right: string): boolean {
  if (endsInColour.test(left) && beginsWithColour.test(right)) return true;
  // "the man wearing a hat and glasses", but "the man with the hat and the dog".
  if (/\b(?:with|wearing|holding|carrying)\b/i.test(left) && !determiner.test(right)) return true;
  const between = left.toLowerCase().lastIndexOf('between ');
  return between !== -1 && !/ and |,/i.test(left.slice(between));
}

/** What names all but something is longer than a name. */
const regional = /^(?:everything|everyone|everybody|anything|all|both|every|any)\b|\b(?:background|backdrop)\b|["“”]/i;

function cleanEnglish(words: string): string {
  const cleaned = words
    .replace(
      /^(?:whoever(?: is|'s)?(?: standing| sitting)?|(?:anyone|anybody|everyone|everybody)(?: who is| who's| that is| that's)?) (?=in |on |at |behind |near )/i,
      'the people ',
    )
    .replace(
      /^(?:whoever|anyone|anybody|the person)(?:'s| (?:who|that) is| (?:who|that)'s| is)?(?: standing| sitting)? (?=(?:furthest|farthest|closest|nearest) )/i,
      'the person ',
    )
    .replace(/^(?:anyone|anybody|everyone|everybody)$/i, 'all people')
    .replace(/^any (?=\S+s\b)/i, 'all ')
    .replace(/ (?:that |which )?(?:you|u|we) (?:can |could )?(?:find|see|spot|come across)$/i, '')
    .trim()
    .replace(/^(["'“‘])([^"“”]*)["'”’]$/, '$2')
    .replace(/(?:,? (?:please|too|as well|also|instead|again|for me|entirely|completely))+$/i, '')
    .replace(
      /,? (?:from|out of|off|in|of|on) (?:the|this|my|that) (?:picture|photo|photograph|image|pic|scene|shot)$/i,
      '',
    )
    .trim();
  const trimmed = trimEnglish(
    takeAmount(` ${cleaned} `).amount === undefined ? cleaned : takeAmount(`${cleaned} `).rest,
  );
  if (trimmed === '' || /^(?:["“]|.*["”])$/.test(cleaned)) return cleaned;
  const name = regional.test(trimmed) ? undefined : nounPhrase(trimmed);
  return name === undefined || readTarget(name.toLowerCase()).region !== 'subject' ? trimmed : name;
}

function cleanKorean(words: string): string {
  const quoted = /["“”]/.test(words);
  const phrase = (quoted ? words : trimKorean(words))
    .trim()
    .replace(/^(["'“‘])([^"“”]*)["'”’]$/, '$2')
    .replace(/^(?:이 |그 |내 )?(?:사진|그림|이미지)(?:에서|에 있는|속의|속) ?/, '')
    .replace(
      /^(?<noun>\S+)(?: (?:\S+ )?(?:개|명|마리|대|권|잔|송이))? ?중(?:에서?|에)? (?<which>.+?) ?(?:것|거|걸|애|놈|거만|것만)$/,
      '$<which> $<noun>',
    )
    .replace(/ ?(?:쪽 ?)?(?:영역|부분)?(?:만|을)? ?(?:마스크|누끼|png)(?:로|만)?$/i, '')
    .replace(/ (?:쪽 )?(?:영역|부분)(?:만|을)?$/, '')
    .replace(/(?: 하나| 한 개)? ?있는 ?(?:거|것|데|곳)$/, '')
    .replace(/(?: (?:좀|한번|전부|모두|다|완전히|싹|깨끗하게|깨끗이|빨리))+$/, '')
    .replace(/(?<=[가-힣a-z])좀$/i, '')
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
