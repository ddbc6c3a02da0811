import { arranged } from './arrange-english.ts';
import { big, corner, narrow, ordinal, ordinals, picture, short, side, sized, tall, wide } from './english-patterns.ts';
import type { ParsedPhrase, Side, SpatialSelector } from './parsed-phrase.ts';
import { toSingular } from './singular.ts';

const being =
  "(?:,? (?:that is|that's|which is|who is|that are|which are|who are|standing|sitting|lying|placed|located|shown|stood|sat|hanging|parked)(?: \\w+ing)?)?(?:,? (?:all the way|way|over|right|up|down|out)(?= (?:on|at|in|to|by|near)))?(?:,? (?:immediately|directly|right|just|straight|placed|positioned))*";
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
  if (/last|penultimate/.test(word)) return /third|3rd|two$/.test(word) ? -3 : -2;
  const position = ordinals.indexOf(word);
  return position >= 0 ? position + 1 : Number.parseInt(word, 10);
}

const bySize = (index: number, word = ''): SpatialSelector => ({
  kind: 'size',
  order: new RegExp(`^(?:${big}|${tall}|${wide})$`).test(word) ? 'largest' : 'smallest',
  index,
  ...(new RegExp(`^(?:${tall}|${short})$`).test(word) ? { by: 'height' as const } : {}),
  ...(new RegExp(`^(?:${wide}|${narrow})$`).test(word) ? { by: 'width' as const } : {}),
});

const excepting =
  '(?:except(?: for)?|excepting|but not|but|apart from|aside from|other than|besides|excluding|save for|bar)';

const bareWhich = /^the (?:left|right|top|bottom|first|red|blue|green|yellow|black|white)$/;

/** What follows the noun. Tried in order, again and again, from the end of the phrase. */
const tails: readonly Rule[] = [
  {
    pattern: new RegExp(`^(?<rest>.+?),? ${excepting} (?<anchor>.+)$`),
    read: ({ rest = '', anchor = '' }) => ({ kind: 'except', anchor: anchorOf(anchor, rest) }),
  },
  {
    pattern: new RegExp(
      `^(?<rest>.*?)${being} (?:(?:the )?(?:nearest|closest|nearer|closer)(?: to)?|(?<far>(?:the )?(?:farthest|furthest)(?: away)? from)) (?:the (?:camera|viewer|lens|front)|us|me|you|the one looking)$`,
    ),
    read: ({ far }) => ({ kind: 'depth', order: far === undefined ? 'front' : 'back' }),
  },
  {
    pattern: new RegExp(
      `^(?<rest>.*?)${being},? ?\\b(?:at|in|to|on) (?:the )?(?:very |far )?(?<depth>front|back)(?: row)?${picture}$`,
    ),
    read: ({ depth }) => ({ kind: 'depth', order: depth === 'front' ? 'front' : 'back' }),
  },
  {
    pattern: new RegExp(
      `^(?<rest>.*?)${being},? ?\\b(?:at|on) the (?:very |far )?end,? (?:on|at|to) the (?:far )?(?<side>left|right)(?:[- ]?hand)?(?: side)?${picture}$`,
    ),
    read: ({ side: from }) => ({ kind: 'ordinal', from: sideOf(from), index: 1 }),
  },
  {
    pattern: new RegExp(
      `^(?<rest>.*?)${being},? ?\\b(?:at|on) (?:either|each|both|the)(?: (?:outer|far))? (?:ends?|sides)${picture}$`,
    ),
    read: () => ({ kind: 'ends' }),
  },
  {
    pattern: new RegExp(`^(?<rest>.*?)${being},? ?\\b(?:in )?between (?<anchor>.+?) and (?<other>.+)$`),
    read: ({ anchor = '', other = '', rest = '' }) => ({
      kind: 'between',
      // "between the left and the right cup"
      anchor: bareWhich.test(anchor) ? anchorOf(`${anchor} one`, nounOf(other) || rest) : anchorOf(anchor, rest),
      other: anchorOf(other, rest),
    }),
  },
  {
    pattern: new RegExp(
      `^(?<rest>.*?)${being},? ?\\b(?:in )?between (?<anchor>(?:the |both |these |those |my |two |three |other )*(?:(?:\\w+ )*men|(?:\\w+ )*women|people|children|.+s))$`,
    ),
    read: ({ anchor = '', rest = '' }) => ({ kind: 'between', anchor: { ...anchorOf(anchor, rest), all: true } }),
  },
  {
    pattern: new RegExp(
      `^(?<rest>.*?)${being},? ?\\b(?:(?:to|on|at) the )?(?<side>left|right)(?:[- ]?hand)?(?: side)? of (?<anchor>(?!(?:the |this |my )?(?:picture|image|photo|photograph|frame|scene|shot)$).+)$`,
    ),
    read: ({ side: word, anchor = '', rest = '' }) => ({
      kind: 'relation',
      side: sideOf(word),
      anchor: anchorOf(anchor, rest),
    }),
  },
  {
    pattern: new RegExp(
      `^(?<rest>.*?)${being} (?<place>above|over|on top of|below|under|underneath|beneath) (?<anchor>.+)$`,
    ),
    read: ({ place = '', anchor = '', rest = '' }) => ({
      kind: 'relation',
      side: /above|over|top/.test(place) ? 'top' : 'bottom',
      anchor: anchorOf(anchor, rest),
    }),
  },
  {
    pattern: new RegExp(
      `^(?<rest>.*?)${being} (?:(?:the )?(?:nearest|closest|nearer|closer) to|nearest|next to|right next to|beside|near|nearby|close to|alongside|adjacent to|by) (?<anchor>.+)$`,
    ),
    read: ({ anchor = '', rest = '' }) => ({ kind: 'distance', order: 'nearest', anchor: anchorOf(anchor, rest) }),
  },
  {
    pattern: new RegExp(
      `^(?<rest>.*?)${being},? (?:the )?(?:furthest|farthest|most)(?: over)? (?:(?:to|on|at|towards?) the )?(?:far )?(?<side>left|right|top|bottom)(?:[- ]?hand)?(?: side)?${picture}$`,
    ),
    read: ({ side: from }) => ({ kind: 'ordinal', from: sideOf(from), index: 1 }),
  },
  {
    pattern: new RegExp(
      `^(?<rest>.*?)${being},? (?:the )?(?:(?<up>(?:highest|furthest|farthest) up)|(?:lowest|furthest|farthest) down)$`,
    ),
    read: ({ up }) => ({ kind: 'ordinal', from: up === undefined ? 'bottom' : 'top', index: 1 }),
  },
  {
    pattern: new RegExp(
      `^(?<rest>.*?)${being} (?:the )?(?:farthest|furthest|farther|further|far)(?: away)? from (?<anchor>.+)$`,
    ),
    read: ({ anchor = '', rest = '' }) => ({ kind: 'distance', order: 'farthest', anchor: anchorOf(anchor, rest) }),
  },
  {
    pattern: /^(?:the )?(?:nearest|closest) (?<rest>.+?) to (?<anchor>.+)$/,
    read: ({ anchor = '', rest = '' }) => ({ kind: 'distance', order: 'nearest', anchor: anchorOf(anchor, rest) }),
  },
  {
    pattern: /^(?:the )?(?:farthest|furthest) (?<rest>.+?) from (?<anchor>.+)$/,
    read: ({ anchor = '', rest = '' }) => ({ kind: 'distance', order: 'farthest', anchor: anchorOf(anchor, rest) }),
  },
  {
    pattern: new RegExp(
      `^(?<rest>.*?)\\b(?:that's |that is |which is )?(?:the )?(?<ordinal>${ordinal}) (?<noun>.*?) ?(?:(?:counting |counted |in |along )*from (?:the |my )?|on the )(?:far |very )?(?<side>${side})(?:[- ]?hand)?(?: side| end| to (?:left|right|top|bottom))?${picture}$`,
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
      `^(?:(?<ordinal>${ordinal})[- ])?(?:(?<side>left|right|top|bottom|upper|lower)[- ]?most|(?<high>highest|lowest)|(?:far|extreme|very|furthest|farthest) (?<far>left|right)(?:[- ]hand)?)(?: (?<rest>.+))?$`,
    ),
    read: ({ ordinal: word, side: from, far, high }) => ({
      kind: 'ordinal',
      from: high === undefined ? sideOf(from ?? far) : high === 'highest' ? 'top' : 'bottom',
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
    pattern: new RegExp(`^(?:(?<ordinal>${ordinal})[- ])?(?<size>${sized})(?: (?<rest>.+))?$`),
    read: ({ ordinal: word, size }) => bySize(indexOf(word), size),
  },
  {
    pattern: new RegExp(`^(?<ordinal>${ordinal}) (?<rest>.+?) (?:along|across|over|in (?:the|a) (?:row|line))$`),
    read: ({ ordinal: word }) => ({ kind: 'ordinal', from: 'left', index: indexOf(word) }),
  },
  { pattern: /^(?:outer(?:most)?|end)(?: (?<rest>.+s|ones?))?$/, read: () => ({ kind: 'ends' }) },
  {
    pattern:
      /^(?<depth>front|back|rear)(?:most)? (?<rest>(?:person|man|woman|child|boy|girl|dog|cat|car|one|people|men|women|cars|ones)(?:\b.*)?)$/,
    read: ({ depth }) => ({ kind: 'depth', order: depth === 'front' ? 'front' : 'back' }),
  },
  {
    pattern: new RegExp(`^(?<ordinal>${ordinal}) (?<rest>.+)$`),
    read: ({ ordinal: word }) => ({ kind: 'ordinal', from: 'left', index: indexOf(word) }),
  },
];

const quantifier =
  /^(?:all(?: of)?|both(?: of)?|every(?: single)?|each(?: of)?)(?: (?:the|these|those|my|its|his|her|their|other))?(?: (?:two|three|four|five|six|\d+))? /;
/** A number before the noun: the two cups are all the cups there are. */
const counted = /^(?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?=.*(?:s|men|people|children)$)/;
const article = /^(?:the|an?|this|that|these|those|my|your|its|our|his|her|their)(?: other)? |^other /;

/** "All mugs except the red one": the red mug. A place alone ("the left one") needs no noun. */
function anchorOf(words: string, rest: string): ParsedPhrase {
  const anchor = parseEnglish(words);
  const [, described] = /^(.+) ones?$/.exec(anchor.noun) ?? [];
  if (described === undefined) return anchor;
  const noun = nounOf(rest);
  return { ...anchor, noun: `${described} ${noun}` };
}

const nounOf = (words: string): string => parseEnglish(words).noun;

/** "one of the cups", "either of these": any one of them. */
const oneOfThem =
  /^(?:(?:just|only) )?(?:one|either|any)(?: one)? of (?:all )?(?:the|these|those|my|your|our|his|her|their)(?: (?:two|three|four|five|six|\d+))? (?<rest>.+)$/;
/** "one cup", "either cup"; not "one on the left". */
const anyOne =
  /^(?:(?:just|only) )?(?:one|either|any|a single) (?!(?:of|on|at|in|to|from|by|near|nearest|close|closest|farthest|furthest|that|which|who|with|between|above|below|behind|under|over|next|beside|right|left|one)\b)(?<rest>[a-z].*)$/;

/** The words for a thing. Which one "one of the cups" is, nothing says: it is one, and all of them match. */
export function parseEnglish(phrase: string): ParsedPhrase {
  const one = (oneOfThem.exec(phrase) ?? anyOne.exec(phrase))?.groups?.rest;
  if (one === undefined) return parseThing(phrase);
  const { count: _count, ...parsed } = parseThing(one);
  // "Any cups" are all there are.
  return { ...parsed, all: parsed.all && /^any (?!of )/.test(phrase) };
}

function parseThing(phrase: string): ParsedPhrase {
  const selectors: SpatialSelector[] = [];
  const quantified = quantifier.test(phrase);
  const { words, count } = arranged(phrase.replace(quantifier, '').replace(article, ''));
  let rest = words;
  for (let found = true; found; ) {
    const next = takeRule(rest, tails) ?? (notPlaces.test(rest) ? undefined : takeRule(rest, heads));
    found = next !== undefined;
    if (!next) continue;
    selectors.push(next.selector);
    rest = next.rest.replace(article, '');
  }
  const many = count === undefined ? {} : { count };
  if (/^(?:ones?|things?|objects?|items?)$/.test(rest))
    return {
      noun: '',
      language: 'en',
      selectors,
      all: quantified || count !== undefined || rest.endsWith('s'),
      ...many,
    };
  const { word, plural } = toSingular(rest.replace(counted, ''));
  return { noun: word, language: 'en', selectors, all: quantified || plural || count !== undefined, ...many };
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
