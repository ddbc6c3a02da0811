import type { ParsedPhrase, Side, SpatialSelector } from './parsed-phrase.ts';
import { toSingular } from './singular.ts';

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const ordinal = `(?:${ordinals.join('|')}|\\d+(?:st|nd|rd|th)|last)`;
const side = '(?:left|right|top|bottom|upper|lower)';
const corner = '(?:(?:top|upper|bottom|lower)[- ](?:left|right)(?:[- ]?hand)?)';
const picture = '(?: of (?:the |this |my )?(?:picture|image|photo|photograph|frame|scene|shot))?';
const being =
  "(?:,? (?:that is|that's|which is|who is|that are|which are|who are|standing|sitting|lying|placed|located|shown|stood|sat|hanging|parked)(?: \\w+ing)?)?(?:,? (?:all the way|way|over|right|up|down|out)(?= (?:on|at|in|to|by|near)))?";
const big = '(?:biggest|largest|bigger|larger|big|large|huge)';
const small = '(?:smallest|tiniest|littlest|smaller|littler|tinier|small|little|tiny)';

/** Names of things that begin with a word of place. */
const notPlaces =
  /^(?:top hat|top hats|bottom bracket|middle finger|right angle|second hand|last supper|left wing|right wing|little finger|big wheel|large intestine)\b/;

type Groups = Readonly<Record<string, string | undefined>>;

interface Rule {
  readonly pattern: RegExp;
  /** What was said; undefined where the words do not fit after all. The group `rest` is what remains of the phrase. */
  read(groups: Groups): SpatialSelector | undefined;
}

const sideOf = (word = ''): Side =>
  word === 'upper'
    ? 'top'
    : word === 'lower'
      ? 'bottom'
      : word === 'right' || word === 'top' || word === 'bottom'
        ? word
        : 'left';

const sidesOf = (words = ''): readonly Side[] =>
  words
    .replace(/[- ]?hand$/, '')
    .split(/[- ]/)
    .map(sideOf);

function indexOf(word = 'first'): number {
  if (word === 'last') return -1;
  const position = ordinals.indexOf(word);
  return position >= 0 ? position + 1 : Number.parseInt(word, 10);
}

const bySize = (index: number, word = ''): SpatialSelector => ({
  kind: 'size',
  order: new RegExp(`^${big}$`).test(word) ? 'largest' : 'smallest',
  index,
});

const excepting =
  '(?:except(?: for)?|excepting|but not|but|apart from|aside from|other than|besides|excluding|save for|bar)';

/** What follows the noun. Tried in order, again and again, from the end of the phrase. */
const tails: readonly Rule[] = [
  {
    pattern: new RegExp(`^(?<rest>.+?),? ${excepting} (?<anchor>.+)$`),
    read: ({ rest = '', anchor = '' }) => ({ kind: 'except', anchor: ofSameKind(parseEnglish(anchor), rest) }),
  },
  {
    pattern: new RegExp(
      `^(?<rest>.*?)${being},? ?\\b(?:to|on|at) the (?<side>left|right)(?:[- ]?hand)?(?: side)? of (?<anchor>(?!(?:the |this |my )?(?:picture|image|photo|photograph|frame|scene|shot)$).+)$`,
    ),
    read: ({ side: word, anchor = '' }) => ({ kind: 'relation', side: sideOf(word), anchor: parseEnglish(anchor) }),
  },
  {
    pattern: new RegExp(
      `^(?<rest>.*?)${being} (?<place>above|over|on top of|below|under|underneath|beneath) (?<anchor>.+)$`,
    ),
    read: ({ place = '', anchor = '' }) => ({
      kind: 'relation',
      side: /above|over|top/.test(place) ? 'top' : 'bottom',
      anchor: parseEnglish(anchor),
    }),
  },
  {
    pattern: new RegExp(
      `^(?<rest>.*?)${being} (?:(?:the )?(?:nearest|closest|nearer|closer) to|nearest|next to|right next to|beside|near|nearby|close to|alongside|adjacent to|by) (?<anchor>.+)$`,
    ),
    read: ({ anchor = '' }) => ({ kind: 'distance', order: 'nearest', anchor: parseEnglish(anchor) }),
  },
  {
    pattern: new RegExp(
      `^(?<rest>.*?)${being} (?:the )?(?:farthest|furthest|farther|further|far)(?: away)? from (?<anchor>.+)$`,
    ),
    read: ({ anchor = '' }) => ({ kind: 'distance', order: 'farthest', anchor: parseEnglish(anchor) }),
  },
  {
    pattern: /^(?:the )?(?:nearest|closest) (?<rest>.+?) to (?<anchor>.+)$/,
    read: ({ anchor = '' }) => ({ kind: 'distance', order: 'nearest', anchor: parseEnglish(anchor) }),
  },
  {
    pattern: /^(?:the )?(?:farthest|furthest) (?<rest>.+?) from (?<anchor>.+)$/,
    read: ({ anchor = '' }) => ({ kind: 'distance', order: 'farthest', anchor: parseEnglish(anchor) }),
  },
  {
    pattern: new RegExp(
      `^(?<rest>.*?)\\b(?<ordinal>${ordinal}) (?<noun>.*?) ?(?:from|on) the (?<side>${side})(?:[- ]?hand)?(?: side)?${picture}$`,
    ),
    read: ({ ordinal: word, side: from }) => ({ kind: 'ordinal', from: sideOf(from), index: indexOf(word) }),
  },
  {
    pattern: new RegExp(
      `^(?<rest>.*?)${being},? ?\\b(?:on|at|in|to|towards?) (?:the |its |my )?(?:far |very )?(?<sides>${corner}|${side})(?:[- ]?hand)?(?: (?:side|half|edge|end|corner|part|area))?${picture}$`,
    ),
    read: ({ sides }) => ({ kind: 'side', sides: sidesOf(sides) }),
  },
  {
    pattern: new RegExp(`^(?<rest>.*?)${being},? ?\\b(?:in|at|on) the (?:very )?(?:middle|centre|center)${picture}$`),
    read: () => ({ kind: 'middle' }),
  },
];

/** What precedes the noun. */
const heads: readonly Rule[] = [
  {
    pattern: new RegExp(`^(?<sides>${corner})(?:most)? (?<rest>.+)$`),
    read: ({ sides }) => ({ kind: 'side', sides: sidesOf(sides) }),
  },
  {
    pattern: new RegExp(
      `^(?:(?<ordinal>${ordinal})[- ])?(?:(?<side>left|right|top|bottom|upper|lower)[- ]?most|(?:far|extreme) (?<far>left|right))(?: (?<rest>.+))?$`,
    ),
    read: ({ ordinal: word, side: from, far }) => ({
      kind: 'ordinal',
      from: sideOf(from ?? far),
      index: indexOf(word),
    }),
  },
  {
    pattern: /^(?<side>left|right)(?: (?:side|hand side))?$/,
    read: ({ side: at }) => ({ kind: 'side', sides: [sideOf(at)] }),
  },
  { pattern: /^(?:middle|centre|center)$/, read: () => ({ kind: 'middle' }) },
  {
    pattern: new RegExp(`^(?<side>${side})(?:[- ]hand(?:[- ]side)?)?,? (?<rest>.+)$`),
    read: ({ side: at }) => ({ kind: 'side', sides: [sideOf(at)] }),
  },
  { pattern: /^(?:middle|central|centre|center)(?:most)? (?<rest>.+)$/, read: () => ({ kind: 'middle' }) },
  {
    pattern: new RegExp(`^(?:(?<ordinal>${ordinal})[- ])?(?<size>${big}|${small})(?: (?<rest>.+))?$`),
    read: ({ ordinal: word, size }) => bySize(indexOf(word), size),
  },
  {
    pattern: new RegExp(`^(?<ordinal>${ordinal}) (?<rest>.+)$`),
    read: ({ ordinal: word }) => ({ kind: 'ordinal', from: 'left', index: indexOf(word) }),
  },
];

const quantifier =
  /^(?:all(?: of)?|both(?: of)?|every(?: single)?|each(?: of)?)(?: (?:the|these|those|my|its|his|her|their|other))?(?: (?:two|three|four|five|six|\d+))? /;
/** A number before the noun: the two cups are all the cups there are. */
const counted = /^(?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?=.*s$)/;
const article = /^(?:the|an?|this|that|these|those|my|your|its|our|his|her|their)(?: other)? |^other /;

/** "All mugs except the red one": the red mug. A place alone ("the left one") needs no noun. */
function ofSameKind(anchor: ParsedPhrase, rest: string): ParsedPhrase {
  const [, described] = /^(.+) ones?$/.exec(anchor.noun) ?? [];
  if (described === undefined) return anchor;
  const { noun } = parseEnglish(rest);
  return { ...anchor, noun: `${described} ${noun}` };
}

export function parseEnglish(phrase: string): ParsedPhrase {
  let rest = phrase;
  const selectors: SpatialSelector[] = [];
  const quantified = quantifier.test(rest);
  rest = rest.replace(quantifier, '').replace(article, '');
  for (let found = true; found; ) {
    const next = takeRule(rest, tails) ?? (notPlaces.test(rest) ? undefined : takeRule(rest, heads));
    found = next !== undefined;
    if (!next) continue;
    selectors.push(next.selector);
    rest = next.rest.replace(article, '');
  }
  if (/^(?:ones?|things?|objects?|items?)$/.test(rest))
    return { noun: '', language: 'en', selectors, all: quantified || rest.endsWith('s') };
  const { word, plural } = toSingular(rest.replace(counted, ''));
  return { noun: word, language: 'en', selectors, all: quantified || plural };
}

function takeRule(text: string, rules: readonly Rule[]): { selector: SpatialSelector; rest: string } | undefined {
  for (const { pattern, read } of rules) {
    const match = pattern.exec(text);
    const groups: Groups = match?.groups ?? {};
    const selector = match ? read(groups) : undefined;
    if (!selector) continue;
    return { selector, rest: `${groups.rest ?? ''} ${groups.noun ?? ''}`.trim() || 'one' };
  }
  return undefined;
}
