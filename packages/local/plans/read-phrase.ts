import type { Sighting } from './look.ts';
import { closeness, labelOfWord, shapeOf, wordsOf } from './nouns.ts';
import { coloursIn, colourWords, isCalled } from './palette.ts';

const hangul = /\p{Script=Hangul}/u;
const determiners =
  /^(?:(?:a|an|the|this|that|these|those|some|any|all|every|each|both|my|your|his|her|its|our|their|another|other|single|of|one|two|three|four|five|only|just|whole|entire) )+/;
const fillers = /^(?:(?:그|이|저|저기|저기요|여기|모든|각|내|제|우리|한|다른|나머지|그냥) )+/;
/** What comes after says where a thing is, whose it is or what is with it. */
const tail =
  /\s(?:of|with|without|in|on|at|by|from|next to|beside|near|behind|under|above|over|around|inside|in front of|wearing|holding|carrying|that|who|which|whose|sitting|standing|lying|walking|hanging|printed|written|stuck)\s/;
const anything = /^(?:things?|ones?|objects?|items?|stuff|everything|something|anything|bits?|shapes?)$/;
const anythingKorean = /(?:^|\s)(?:것들|것|거|게|건|걸|물건|물체|놈|녀석|애|부분|모양)$/;
/** Longest first, so that 에서 is not read as 서. */
const particle =
  /(?:에게서|이랑|에게|에서|한테|까지|부터|처럼|하고|으로|들|을|를|이|가|은|는|의|도|만|와|과|랑|에|로)$/;
const roundWords = /\b(?:round|circular|spherical)\b|동그란|동그랗|둥근|둥그런|원형|동글/;
const squareWords = /\b(?:square|rectangular|boxy)\b|네모난|네모|사각형|사각|각진/;

/** The things that a phrase means, among those that are seen; the phrase names one kind of thing, without places. */
export function whatIsMeant(phrase: string, seen: readonly Sighting[]): readonly Sighting[] {
  const words = tidy(phrase);
  if (words === '') return seen;
  const painted = seen.filter(({ thing }) => thing.prompt !== undefined && tidy(thing.prompt) === words);
  if (painted.length > 0) return painted;
  return hangul.test(words) ? meantInKorean(words, seen) : meantInEnglish(words, seen);
}

/** Lower case, straight quotes, single spaces, no punctuation, no articles. */
const tidy = (phrase: string): string =>
  phrase
    .normalize('NFC')
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/["“”.,!?;:()]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(determiners, '')
    .replace(fillers, '');

function meantInEnglish(words: string, seen: readonly Sighting[]): readonly Sighting[] {
  const called = named(words, seen);
  if (called.length > 0) return called;
  const cut = tail.exec(words);
  const head = cut ? words.slice(0, cut.index) : words;
  const rest = cut ? words.slice(cut.index + cut[0].length) : '';
  const owned = /^(?<owner>.+?)(?:'s|s') (?<noun>.+)$/.exec(head)?.groups;
  // "The hedgehog hiding", "the man sitting down".
  const noun = headNoun(owned?.noun ?? head, seen) ?? headNoun(head.replace(/ \w+ing(?: \w+)?$/, ''), seen);
  if (!noun) return [];
  const candidates = shaped(head, coloured(noun.before, noun.things));
  return beside([owned?.owner, noun.before, rest].join(' '), candidates, seen);
}

/** Nobody means the face of a person by "the round thing". */
const whole = (seen: readonly Sighting[]): readonly Sighting[] =>
  seen.filter(({ thing }) => thing.partOf === undefined);

/** The longest end of the words that names something, and what stands before it. */
function headNoun(
  head: string,
  seen: readonly Sighting[],
): { before: string; things: readonly Sighting[] } | undefined {
  const words = head.split(' ');
  for (let from = 0; from < words.length; from++) {
    const name = words.slice(from).join(' ');
    const things = anything.test(name) ? whole(seen) : named(name, seen);
    const before = words.slice(0, from).join(' ');
    if (things.length > 0) return { before, things };
    // "The orange cup" where there is no cup is not an orange.
    if (from > 0 && isWord(name)) return undefined;
  }
  return undefined;
}

function named(name: string, seen: readonly Sighting[]): readonly Sighting[] {
  const close = seen.map(({ thing }) => Math.max(...forms(name).map((form) => closeness(form, thing.label))));
  const enough = Math.max(0, ...close) >= 1 ? 1 : 0.5;
  return seen.filter((_, index) => close[index] >= enough);
}

const irregular: Readonly<Record<string, string>> = {
  people: 'person',
  men: 'man',
  women: 'woman',
  children: 'child',
  kids: 'kid',
  mice: 'mouse',
  geese: 'goose',
  knives: 'knife',
  leaves: 'leaf',
  shelves: 'shelf',
  loaves: 'loaf',
  folk: 'person',
  folks: 'person',
};

/** A word and what it may be the plural of. */
function forms(name: string): readonly string[] {
  const [last = ''] = name.split(' ').slice(-1);
  const before = name.slice(0, name.length - last.length);
  const singles = [last, irregular[last], last.replace(/s$/, ''), last.replace(/es$/, ''), last.replace(/ies$/, 'y')];
  return [
    ...new Set(
      singles.filter((word): word is string => word !== undefined && word !== '').map((word) => before + word),
    ),
  ];
}

const english = new Set(wordsOf('en'));
const korean = [...wordsOf('ko')].sort((a, b) => b.length - a.length);
const isWord = (name: string): boolean => forms(name).some((form) => english.has(form));

function meantInKorean(words: string, seen: readonly Sighting[]): readonly Sighting[] {
  for (let bare = words, times = 0; times < 4; times++) {
    const found = koreanNoun(bare, seen);
    if (found) {
      const candidates = shaped(found.before, coloured(found.before, found.things));
      return beside(found.before, candidates, seen);
    }
    const shorter = bare.replace(particle, '').trim();
    if (shorter === bare) return [];
    bare = shorter;
  }
  return [];
}

/** The longest end of the words that is a noun. Words of one syllable stand alone: the end of 의자 is no ruler. */
function koreanNoun(
  words: string,
  seen: readonly Sighting[],
): { before: string; things: readonly Sighting[] } | undefined {
  const open = anythingKorean.exec(words);
  if (open) {
    const before = words.slice(0, open.index).trim();
    const inner = before === '' ? undefined : koreanNoun(before.replace(/(?:인|같은|모양의?)$/, '').trim(), seen);
    return inner &&
      inner.things.length > 0 &&
      !/[ㄱ-힣](?:인|같은)$/.test(before) &&
      coloursIn(before).length === 0 &&
      inner.before === ''
      ? inner
      : { before, things: seen };
  }
  const labels = seen.map(({ thing }) => thing.label).filter((label) => hangul.test(label));
  const standing = (word: string): boolean => word.length > 1 || words === word || words.endsWith(` ${word}`);
  const noun = [...labels, ...korean].find((word) => words.endsWith(word) && standing(word));
  if (noun === undefined) return undefined;
  const things = named(noun, seen);
  return { before: words.slice(0, words.length - noun.length).trim(), things };
}

/** Keeps what has the colour that is spoken of, where one is. */
function coloured(words: string, things: readonly Sighting[]): readonly Sighting[] {
  const asked = coloursIn(words);
  return asked.length === 0 ? things : things.filter(({ colour }) => asked.some((name) => isCalled(colour, name)));
}

function shaped(words: string, things: readonly Sighting[]): readonly Sighting[] {
  if (roundWords.test(words)) return things.filter(({ thing }) => shapeOf(thing.label) === 'round');
  if (squareWords.test(words)) return things.filter(({ thing }) => shapeOf(thing.label) === 'square');
  return things;
}

/** "The man with the umbrella", "the truck's plate": of several, the ones that touch what else is named; else the nearest. */
function beside(words: string, candidates: readonly Sighting[], seen: readonly Sighting[]): readonly Sighting[] {
  const others = mentioned(words, seen).filter((other) => !candidates.includes(other));
  if (others.length === 0 && ground.test(words)) return lowest(candidates);
  if (others.length === 0 || candidates.length < 2) {
    const inColour = candidates.length < 2 ? [] : coloured(words, candidates);
    return inColour.length > 0 ? inColour : candidates;
  }
  const touching = candidates.filter(({ box }) => others.some((other) => gap(box, other.box) <= 0));
  if (touching.length > 0) return touching;
  const nearest = Math.min(...candidates.map(({ box }) => Math.min(...others.map((other) => gap(box, other.box)))));
  return candidates.filter(({ box }) => others.some((other) => gap(box, other.box) <= nearest));
}

/** The floor is in no scene, but what stands on it stands lowest. */
const ground = /\b(?:floor|ground)\b|바닥|땅/;

function lowest(candidates: readonly Sighting[]): readonly Sighting[] {
  const bottom = Math.max(...candidates.map(({ box }) => box.y + box.height));
  return candidates.filter(({ box }) => box.y + box.height > bottom - 10);
}

type Box = Sighting['box'];
const gap = (one: Box, other: Box): number =>
  Math.max(
    Math.max(one.x, other.x) - Math.min(one.x + one.width, other.x + other.width),
    Math.max(one.y, other.y) - Math.min(one.y + one.height, other.y + other.height),
  );

/** Every thing that some stretch of the words names. */
export function mentioned(words: string, seen: readonly Sighting[]): readonly Sighting[] {
  const tokens = tidy(words)
    .split(' ')
    .filter((token) => !colourWords.includes(token));
  const stretches = tokens.flatMap((_, from) => [1, 2, 3].map((count) => tokens.slice(from, from + count).join(' ')));
  const spoken = stretches.flatMap((stretch) =>
    hangul.test(stretch)
      ? [stretch, stretch.replace(particle, ''), stretch.replace(particle, '').replace(particle, '')]
      : forms(stretch),
  );
  return seen.filter(({ thing }) => spoken.some((word) => word !== '' && closeness(word, thing.label) >= 1));
}

/** What a painted thing is called, by the words it was painted from: the scene's label where the words are known. */
export function labelOfPrompt(prompt: string): string {
  const words = tidy(prompt);
  if (hangul.test(words)) {
    for (let bare = words, times = 0; times < 4; times++) {
      const noun = korean.find(
        (word) => bare.endsWith(word) && (word.length > 1 || bare === word || bare.endsWith(` ${word}`)),
      );
      if (noun) return labelOfWord(noun);
      bare = bare.replace(particle, '').trim();
    }
    return words;
  }
  const head = words.split(tail)[0];
  const parts = head.split(' ');
  for (let from = 0; from < parts.length; from++) {
    const known = forms(parts.slice(from).join(' ')).find((form) => english.has(form));
    if (known) return labelOfWord(known);
  }
  return head;
}
