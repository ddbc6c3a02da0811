import type { Intent } from '../../intents/intent.ts';
import { anyContext } from '../context.ts';
import { cut } from '../cut.ts';
import { beginsRequest, leadingVerb } from '../english-verbs.ts';
import { isDetermined, nounPhrase } from '../frames/english-noun-phrase.ts';
import { isThing, pronoun, restates } from '../frames/english-thing.ts';
import { trimEnglish } from '../frames/english-trim.ts';
import type { Part } from '../part.ts';
import { withoutPoliteness } from '../politeness.ts';
import { readClause } from '../read-clause.ts';
import { holdsTogether } from '../target-phrases.ts';
import { isChatter, wish } from './chatter.ts';
import { declined } from './declined.ts';
import { faultIn, wantsMending } from './faults.ts';
import { spokenOf } from './statements.ts';
import { complainedOf } from './topics.ts';
import { asksToAdd } from './unsupported.ts';

const joint =
  / ?(?:[;,](?!\d)|\.{2,}|…|:(?=\s)| [-–—]+(?= )|[()]|(?<=\w)!+(?= ))+ ?(?:(?:and then|and also|and|then|but then|but|after that|afterwards|plus|or) )?| (?:and then|and also|and afterwards|and after that|and|then|after that|but|&|\+|n|plus) /gi;

/** Cuts a sentence without conditions into its parts: what is asked for, and what is only said. */
export function partsOf(sentence: string): readonly Part[] {
  const pieces: string[] = [];
  const all = cut(sentence.replace(/\bsoft and (?=dreamy|blurry|hazy|fuzzy)/gi, 'soft '), joint);
  for (const { joint: before, text: written } of all) {
    const text = written.replace(bareVerb, '$1$2 it');
    const last = pieces.at(-1);
    const whole = last === undefined ? '' : last + before + text;
    if (
      last !== undefined &&
      (unfinished(last) || /\bbut\b/i.test(before)) &&
      !standsApart(text) &&
      !(isHeading(last) && isUnderstood(text)) &&
      isOrder(whole)
    )
      pieces[pieces.length - 1] = whole;
    else if (last === undefined || standsAlone(text)) pieces.push(text);
    else {
      const shared = withSharedVerb(last, text);
      if (shared !== undefined) pieces.push(shared);
      else if (goesOn(last, before, text)) pieces[pieces.length - 1] = last + before + text;
      else pieces.push(text);
    }
  }
  return withKept(pieces.map((piece, index) => partOf(piece, pieces[index + 1])));
}

/** "then sharpen": the thing that was spoken of. */
const bareVerb =
  /^((?:(?:then|and|also|just|please) )*)(sharpen|blur|pixelate|brighten|darken|straighten|outline|desaturate|remove|delete|erase)[\s.!]*$/i;

const bareOf = (words: string): string => withoutPoliteness(words, 'en');

/** Whether a piece is understood by itself. */
function standsAlone(piece: string): boolean {
  const bare = bareOf(piece);
  if (bare === '') return true;
  if (wantsMending.test(bare)) return true;
  if (beginsRequest(bare) && isUnderstood(piece)) return true;
  return (
    declined(piece) !== undefined ||
    isChatter(piece) ||
    faultIn(bare) !== undefined ||
    (!isPlainThing(bare) && isUnderstood(piece))
  );
}

/** "make the cup", "everything": makes sense with what follows only. */
const unfinished = (piece: string): boolean =>
  !isUnderstood(piece) && !isChatter(piece) && declined(piece) === undefined && faultIn(bareOf(piece)) === undefined;

/** "product shot here": says what the picture is for. */
const isHeading = (piece: string): boolean =>
  !isDetermined(piece) &&
  leadingVerb(bareOf(piece)) === undefined &&
  /^(?:[\w'-]+ ?){1,4}$/.test(piece.trim()) &&
  !/^(?:all|both|every|make|turn|get|have|i|everything|everyone)\b/i.test(bareOf(piece));

const standsApart = (piece: string): boolean =>
  isChatter(piece) || declined(piece) !== undefined || (beginsRequest(bareOf(piece)) && isUnderstood(piece));

/** "the spoon": may be the end of a list. */
const isPlainThing = (words: string): boolean =>
  isThing(words.replace(/[\s,.!?]+$/, '')) &&
  leadingVerb(words) === undefined &&
  !wish.test(words) &&
  read(words).length === 0;

/** Whether a piece belongs to the one before: the rest of a list, or of a description. */
function goesOn(last: string, before: string, piece: string): boolean {
  if (
    leadingVerb(bareOf(piece)) !== undefined &&
    isDetermined(bareOf(piece).replace(/^\S+ (?:(?:out|away|off|up|down|rid of) )?/, ''))
  )
    return false;
  if (isOrder(last + before + piece)) return true;
  return !isChatter(last) && isPlainThing(bareOf(piece)) && !/^ ?[-–—:]/.test(before);
}

/** Whether words ask for something to be done: whatever ends in a question mark can be asked. */
const isOrder = (words: string): boolean => {
  const intents = read(words);
  return intents.length > 0 && intents.every(({ name }) => name !== 'ask');
};

const isUnderstood = (words: string): boolean => read(words).length > 0;

/** "make the sky blue" and "the grass green": "make the grass green". Lists ("remove the cup and the spoon") are read elsewhere. */
function withSharedVerb(before: string, words: string): string | undefined {
  const bare = bareOf(before);
  const verb = leadingVerb(bare);
  const piece = bareOf(words);
  if (
    restates.test(piece) ||
    /^(?:like|as|so|such)\b/i.test(piece) ||
    verb === undefined ||
    piece === '' ||
    beginsRequest(piece) ||
    holdsTogether(bare, piece) ||
    surrounds.test(bare) ||
    asksToAdd(piece)
  )
    return undefined;
  const [kind] = read(before);
  if (kind?.name !== 'adjust' && kind?.name !== 'replace') return undefined;
  const shared = `${verb} ${piece}`;
  return read(shared)[0]?.name === kind.name ? shared : undefined;
}

/** "everything but the cup and the spoon" is one thing. */
const surrounds = /\b(?:except|but|apart from|aside from|other than|besides|excluding|without)\b/i;

function partOf(piece: string, next: string | undefined): Part {
  const bare = bareOf(piece);
  if (bare === '') return { kind: 'aside' };
  if (tag.test(bare) || restates.test(bare)) return { kind: 'aside' };
  const kept = declined(piece);
  if (kept !== undefined && !startsWithUndo.test(bare))
    return { kind: 'declined', ...(kept === '' ? {} : { thing: trimEnglish(kept) }) };
  if (wantsMending.test(bare)) return { kind: 'request', text: piece };
  const fault = faultIn(bare);
  if (fault) return { kind: 'fault', ...fault };
  if (isUnderstood(piece) && !isPureChatter(piece)) return { kind: 'request', text: piece };
  const remark = complainedOf(bare);
  if (remark !== undefined) return { kind: 'topic', thing: remark };
  if (isChatter(piece)) {
    const spoken = spokenOf(bare);
    return spoken === undefined ? { kind: 'aside' } : { kind: 'topic', thing: spoken };
  }
  const topic = topicOf(bare, next);
  if (topic !== undefined) return { kind: 'topic', thing: nounPhrase(topic) ?? topic };
  return { kind: 'request', text: piece };
}

/** Questions at the end that want no answer. */
const tag =
  /^(?:don't you (?:think|agree|reckon)|isn't it|doesn't it|right|ok(?:ay)?|yeah|you know|is that (?:ok(?:ay)?|possible|doable|alright)|would that be (?:ok(?:ay)?|possible)|(?:can|could) you do that|what do you (?:think|reckon)|(?:would|will|could|can) you|deal|please|(?:pixels?|blur|mosaic)(?: or (?:pixels?|blur|mosaic))?)\??$/i;

const startsWithUndo = /^(?:undo|revert|cancel|take|put|go back|scrap|lose|get rid)/i;
/** A statement that a loose reading would take for a wish. */
const isPureChatter = (piece: string): boolean =>
  isChatter(piece) && !/\?\s*$/.test(piece) && read(piece).every(({ name }) => name !== 'ask' && name !== 'undo');

/** A thing that is named before something is asked of "it": "the helicopter up there: make it yellow". */
function topicOf(bare: string, next: string | undefined): string | undefined {
  const thing = trimEnglish(bare).replace(/^(?:see|look at|about|as for|regarding) /i, '');
  const refers = next !== undefined && /\b(?:it|this one|that one|him|her|them|its|that|there)\b/i.test(next);
  return refers &&
    isThing(thing) &&
    !pronoun.test(thing) &&
    /^(?:the|that|those|these|this|my|our|his|her|their|second|third|fourth|fifth|first|last|left|right|biggest|smallest|\w+ (?:at|on|in|by|near|next|from|to) )/i.test(
      `${thing} `,
    )
    ? thing
    : undefined;
}

/** "make everything grey but keep the bus": what stays bounds what is said of everything. */
function withKept(parts: readonly Part[]): readonly Part[] {
  return parts.map((part, index) => {
    const [last, next] = [parts[index - 1], parts[index + 1]];
    if (part.kind !== 'request') return part;
    const keeping = next?.kind === 'declined' ? next : last;
    if (keeping?.kind !== 'declined' || keeping.thing === undefined) return part;
    if (keeping === last && !/\b(?:everything else|the rest)\b/i.test(part.text)) return part;
    const everything =
      /\b(?:everything(?: else)?|the rest|everyone|all of it|it all|the (?:whole |entire )?(?:picture|photo|image|pic|shot|thing))\b/i;
    if (!everything.test(part.text) || pronoun.test(keeping.thing) || !isThing(keeping.thing)) return part;
    const text = part.text.replace(everything, `everything except ${keeping.thing}`);
    return isUnderstood(text) ? { kind: 'request', text } : part;
  });
}

/** What the words would mean after something was named. */
const read = (words: string): readonly Intent[] =>
  readClause({ text: bareOf(words), verbatim: words, language: 'en', context: anyContext });
