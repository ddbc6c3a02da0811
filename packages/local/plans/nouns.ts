import { readFileSync } from 'node:fs';

/** One kind of thing, and all that people call it. */
export interface Noun {
  /** The scenes' own word. */
  readonly label: string;
  readonly english: readonly string[];
  readonly korean: readonly string[];
  /** What it also is: a parrot is a bird. */
  readonly kinds: readonly string[];
  /** What it passes for where nothing closer is there: a mug for a cup. */
  readonly passesFor: readonly string[];
}

const list = (text = ''): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);

const nouns: readonly Noun[] = readFileSync(new URL('nouns.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [names, , like] = cutAt(line, '~');
    const [words, , kinds] = cutAt(names, '<');
    const [english, korean] = words.split('|').map(list);
    return { label: english[0], english, korean: korean ?? [], kinds: list(kinds), passesFor: list(like) };
  });

function cutAt(text: string, mark: string): readonly [before: string, mark: string, after: string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, mark, ''] : [text.slice(0, at), mark, text.slice(at + 1)];
}

const byLabel = new Map(nouns.toReversed().map((noun) => [noun.label, noun]));

/** What is known about a scene's label. A label that is in no dictionary is only called by itself. */
export function nounOf(label: string): Noun {
  const known = byLabel.get(label) ?? nouns.find(({ english }) => english.includes(label));
  return known ? { ...known, label } : { label, english: [label], korean: [], kinds: [], passesFor: [] };
}

/** The scenes' word for what a word names; the word itself where no dictionary has it. */
export const labelOfWord = (word: string): string =>
  nouns.find(({ english, korean }) => english.includes(word) || korean.includes(word))?.label ?? word;

/** Whether a label has Korean words: a scene of a Korean case needs them. */
export const hasKorean = (label: string): boolean => nounOf(label).korean.length > 0;

/** All words of the dictionary of one language, with or without a thing of that name in the scene. */
export const wordsOf = (language: 'en' | 'ko'): readonly string[] => [
  ...new Set(nouns.flatMap(({ english, korean }) => (language === 'ko' ? korean : english))),
];

/** Labels so wide that people say something narrower of them: "the man" of a person. */
const wide = new Set(['person', 'child', 'flower', 'shoe', 'bag', 'plant', 'toy']);

/** How closely a word names a thing: 2 by its own names, 1 by what it also is, 0.5 by what it passes for, 0 not at all. */
export function closeness(word: string, label: string): number {
  const noun = nounOf(label);
  if (isNamed(noun, word) || word === label) return 2;
  if (noun.kinds.some((kind) => isNamed(nounOf(kind), word))) return 1;
  if (noun.passesFor.some((other) => isNamed(nounOf(other), word))) return 0.5;
  const narrower = ({ kinds, passesFor }: Noun): boolean =>
    passesFor.includes(label) || (wide.has(label) && kinds.includes(label));
  return named(word).some(narrower) ? 0.5 : 0;
}

const isNamed = ({ english, korean }: Noun, word: string): boolean => english.includes(word) || korean.includes(word);
const named = (word: string): readonly Noun[] => nouns.filter((noun) => isNamed(noun, word));

/** Whether a label names a person, who has a face. */
export const isPerson = (label: string): boolean => label === 'person' || nounOf(label).kinds.includes('person');

const round = new Set(
  'ball,football,basketball,beach ball,tennis ball,plate,saucer,ring,coin,clock,wheel,tyre,button,sun,moon,orange,apple,tangerine,peach,plum,cherry,tomato,melon,watermelon,cookie,pizza,donut,marble,circle,globe,bowl,balloon,egg,wreath,medal,badge,buoy,lifebuoy,pumpkin,grape,onion,bagel'.split(
    ',',
  ),
);
const square = new Set(
  'box,crate,ring box,parcel,gift,book,picture frame,painting,poster,photo,window,sign,card,laptop,television,screen,monitor,block,cushion,tile,square,rectangle,envelope,notebook,magazine,mat,floor mat,doormat,rug,tablecloth,tissue box,calendar,tablet,phone,banner,billboard,number plate,flag,suitcase,door'.split(
    ',',
  ),
);

/** The shape by which people may tell a thing; undefined where nobody would. */
export function shapeOf(label: string): 'round' | 'square' | undefined {
  if (round.has(label)) return 'round';
  return square.has(label) ? 'square' : undefined;
}

/** What belongs to the thing it lies on: cut out, painted over and taken away with it. */
const parts = new Set(
  'face,head,hair,eye,nose,mouth,ear,hand,beard,number plate,wheel,headlight,logo,text,phone number,date stamp,label,sticker,stain,scratch,button,pimple,tattoo,name tag,badge,watermark,zip,crack,graffiti'.split(
    ',',
  ),
);
export const isPart = (label: string): boolean => parts.has(label);
