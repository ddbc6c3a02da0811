import { colourPattern } from '@atelier/sdk/adjust';
import { meansSeveral } from '../../wording/target-words.ts';
import { declined } from '../english/declined.ts';
import type { Beyond, ReadEdit } from './beyond.ts';

const end = '(?= *(?:$|[,.;!?)]|(?:and|then|please|pls|for|so|because|but)\\b))';
const straight =
  /\b(?:straight\w*|level\w*|horizon|crooked|tilt\w*|upright|verticals?|slant\w*|wonky|lean\w*|skyline|plumb)\b/i;
const start = '(?:^|[,.;!?] ?|\\b(?:and|then|also|please|just|but|you|to|i want|i need) )';
const turns: readonly RegExp[] = [
  new RegExp(
    `\\b(?:turn|flip|put|make|rotate|set|stand|want|need|needs|like|be turned|be flipped)\\b[^,;.!?]*?(?<!\\b(?:the|an?|that|this|my|all|every|both) )\\b(?:upside[- ]?down|back to front|on (?:its|his|her) (?:head|side)|sideways)${end}`,
    'i',
  ),
  /\b(?:turn|rotate|spin|twist)(?:ed|d)?\b[^,;.]*?\b(?:(?:\d+|ninety|forty-five|one eighty) ?(?:degrees?|deg\b|°)|(?:(?:anti|counter)-?)?clockwise)/i,
  new RegExp(
    `${start}(?:flip|mirror|rotate|spin) (?:it|them|this|that|him|her|the|my|these|those|everything|both|horizontally|vertically|left|right|by|\\d)\\b[^,.;!?]*`,
    'i',
  ),
];

const added = new RegExp(
  `${start}(?:(?:add|insert)(?: me| in| on)?|(?:put|place|stick|pop)(?= (?:an?|some|another|two|three|several|more) ))(?: (?<thing>[a-z][\\w' -]*))`,
  'gi',
);
const size =
  /^(?:(?:much|a bit|a little|a lot|even|slightly|twice as|way) )*(?:bigger|smaller|larger|taller|shorter|wider|narrower|thinner|thicker|longer|fatter|rounder|older|younger)$/i;

/** Words before a colour after which it is what the thing shall not be. */
const negated =
  /(?:\b(?:not|no|never|nothing|anything (?:but|except)|any colou?r (?:but|except|other than)|any (?:other )?colou?r than|except(?: for)?|other than|apart from|rather than|instead of|no longer|less|non)|n't)[ -](?:(?:an?|the|so|too|that|quite|very|be|to|at all|all|in|any|make|turn|paint|colou?r|it|them|him|her|this|look|as) )*$/i;

const shallNotBe = new RegExp(
  `\\b(?:make|made|turn|paint|colou?r|dye|want|have|get|be)\\b.*\\b(?:not|anything (?:but|except)|any colou?r (?:but|except|other than)|no longer) (?:be |so )?${colourPattern}\\b`,
  'i',
);
/** "blur not the cup but the dog". */
const notThis =
  /^(?!(?:do|did|does|can|could|would|should|will|is|are|was|were|why|if|or|but|and|i|it)\b)[a-z]+ not (?:the|my|that|this|his|her|it|them)\b[\w' ]*/i;
const exception =
  /\b(?:except(?: for)?|apart from|other than|but not) (?:the|its|his|her|their|my|that|those) [\w' -]+/i;

/** What English words ask for beyond what `edits` would do. */
export function englishBeyond(sentence: string, edits: readonly ReadEdit[]): Beyond | undefined {
  return (
    turned(sentence) ??
    sized(edits) ??
    addedThing(sentence, edits) ??
    notSo(sentence, edits) ??
    told('negation', notThis.exec(sentence)) ??
    notThatOne(sentence, edits) ??
    excepted(sentence, edits)
  );
}

/** What English words that were not understood ask for, where that can be told. */
export function englishWish(sentence: string): Beyond | undefined {
  const [first] = addsIn(sentence);
  const wide = /\b(?:make|get|want)\b.*?(?<!\bno )\b(?<size>bigger|smaller|larger|taller|wider|thinner|longer)\b/i.exec(
    sentence,
  );
  return (
    turned(sentence) ??
    (first && { kind: 'add', words: spoken(first[0]) }) ??
    told('negation', shallNotBe.exec(sentence)) ??
    told('size', wide) ??
    told('exception', exception.exec(sentence))
  );
}

/** "add more light" is said of what is there. */
const isAmount = /^(?:more|a (?:bit|little|touch))\b/i;
const addsIn = (sentence: string): readonly RegExpExecArray[] =>
  [...sentence.matchAll(added)].filter(({ groups }) => !isAmount.test(groups?.thing ?? ''));

const told = (kind: Beyond['kind'], match: RegExpExecArray | null): Beyond | undefined =>
  match ? { kind, words: spoken(match[0]) } : undefined;

/** Words without what joins them to those before. */
const spoken = (words: string): string =>
  words
    .replace(/^[\s,.;!?]+/, '')
    .replace(/^(?:(?:and|then|also|but|just|you|to) )+/i, '')
    .trim();

function turned(sentence: string): Beyond | undefined {
  if (straight.test(sentence)) return undefined;
  const found = turns.map((pattern) => pattern.exec(sentence)).find((match) => match !== null);
  return found && { kind: 'turn', words: spoken(found[0]) };
}

function sized(edits: readonly ReadEdit[]): Beyond | undefined {
  const words = edits.find(({ target }) => size.test(target))?.target;
  return words === undefined ? undefined : { kind: 'size', words };
}

/** "make the cup blue and add a dog": what is to be added is none of the things that change. */
function addedThing(sentence: string, edits: readonly ReadEdit[]): Beyond | undefined {
  for (const match of sentence.matchAll(added)) {
    const thing = (match.groups?.thing ?? '').toLowerCase();
    const taken = edits.some(
      ({ tool, target }) => tool !== 'inpaint_image' && target !== '' && thing.startsWith(target.toLowerCase()),
    );
    if (taken) return { kind: isAmount.test(thing) ? 'unread' : 'add', words: spoken(match[0]) };
  }
  return undefined;
}

/** "make the cup not green": every time the colour is named, it is what the thing shall not be. */
function notSo(sentence: string, edits: readonly ReadEdit[]): Beyond | undefined {
  for (const { colour } of edits) {
    if (colour === undefined) continue;
    const places = [...sentence.matchAll(new RegExp(`\\b${escaped(colour)}`, 'gi'))];
    const befores = places.map(({ index }) => negated.exec(sentence.slice(0, index)));
    const [first] = befores;
    if (first && befores.every((match) => match !== null)) return { kind: 'negation', words: `${first[0]}${colour}` };
  }
  return undefined;
}

/** "the cup that is not red": by what a thing is not, none is found. */
function notThatOne(sentence: string, edits: readonly ReadEdit[]): Beyond | undefined {
  for (const { target } of edits) {
    if (target === '') continue;
    const found = new RegExp(
      `\\b${escaped(target)},? (?:that|which|who)(?:(?:'s|'re| is| are) not|(?: isn't| aren't| doesn't| don't| has no| have no))\\b[\\w' ]*`,
      'i',
    ).exec(sentence);
    if (found) return { kind: 'negation', words: found[0] };
  }
  return undefined;
}

const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What belongs to a thing, and changes with it. */
const part =
  /^(?:(?:the|its|his|her|their|my|that|those) )(?:\w+ )?(?:handles?|lids?|rim|straps?|logo|label|lettering|eyes?|face|hair|nose|mouth|lips|teeth|beard|ears?|hands?|fingers?|arms?|legs?|feet|paws?|head|tail|wings?|beak|fur|skin|collar|sleeves?|buttons?|pockets?|laces|wheels?|tyres?|tires?|headlights?|bumper|number plate|stem|stalk|petals?|spout|base|edges?|corners?|inside|outside)$/i;
const people = /\b(?:people|faces|everyone|everybody|persons|men|women|kids|children|crowd|family|group)\b/i;
const person = /\b(?:boy|girl|man|woman|lady|guy|child|kid|baby|bride|groom|person|mum|mom|dad)\b/i;

/** "make the cup blue but not the handle": a part that stays, of a thing that changes whole. */
function excepted(sentence: string, edits: readonly ReadEdit[]): Beyond | undefined {
  const changed = edits.filter(({ region, operation }) => region !== 'background' && operation !== 'crop');
  for (const { words, thing } of keptIn(sentence)) {
    const same = edits.some(({ target }) => target.toLowerCase() === thing.toLowerCase());
    const among = changed.some(({ target }) => isPartOf(thing, target));
    if (among && !same) return { kind: 'exception', words };
  }
  const without = /\b(?:without|except(?: for)?) (?<thing>(?:the|its|his|her|their|my) [\w' -]+?)[\s.!]*$/i.exec(
    sentence,
  );
  const thing = without?.groups?.thing;
  if (!without || thing === undefined || !part.test(thing)) return undefined;
  const taken = edits.some(
    ({ tool, target }) => tool === 'remove_object' && target.toLowerCase() === thing.toLowerCase(),
  );
  const leads = /^(?:make|paint|colou?r|re-?colou?r|turn|blur|brighten|darken|sharpen|pixelate|dye|tint)\b/i;
  return taken && leads.test(sentence) ? { kind: 'exception', words: without[0] } : undefined;
}

interface Kept {
  readonly words: string;
  readonly thing: string;
}

/** What a sentence wants to stay, piece by piece. */
function keptIn(sentence: string): readonly Kept[] {
  return sentence
    .split(/[,;.!?]+ ?|(?= (?:but|and|though|while) )/)
    .map((piece) => piece.trim())
    .flatMap((words) => {
      const thing = declined(words.replace(/^(?:and|though|while) /i, ''));
      return thing === undefined || thing === '' ? [] : [{ words, thing }];
    });
}

/** Whether what stays is a part of what changes, or one of several that do. */
function isPartOf(kept: string, target: string): boolean {
  if (target === '') return false;
  if (part.test(kept)) return !people.test(target) || !/\bfaces?\b/i.test(target);
  const several = meansSeveral(target) || /^(?:the |my |our )?(?:\w+ )?(?:people|faces|\w{2,}[^s]s)$/i.test(target);
  if (!several) return false;
  if (/\bones?$/i.test(kept) && !/\bother/i.test(kept)) return true;
  if (people.test(target) && person.test(kept)) return true;
  return singular(lastWord(kept)) === singular(lastWord(target));
}

const lastWord = (words: string): string => /\w+$/.exec(words.toLowerCase())?.[0] ?? '';
const singular = (word: string): string => word.replace(/s$/, '');
