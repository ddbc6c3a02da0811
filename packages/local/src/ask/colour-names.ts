import { namedColours } from '@atelier/sdk/adjust';
import { nameOf, oklchOf } from './colour-regions.ts';

/** The colours that answers tell apart, after the basic colour terms of Berlin and Kay, with beige and turquoise. */
export type ColourName =
  | 'white'
  | 'grey'
  | 'black'
  | 'red'
  | 'orange'
  | 'yellow'
  | 'brown'
  | 'beige'
  | 'green'
  | 'turquoise'
  | 'blue'
  | 'purple'
  | 'pink';

export interface NamedColour {
  readonly name: ColourName;
  readonly korean: string;
  /** A typical sRGB value. */
  readonly hex: `#${string}`;
  /** English words that ask for it. */
  readonly english: readonly string[];
  /** Korean words that ask for it: nouns, adnominal forms, predicates. */
  readonly koreanWords: readonly string[];
}

export const colourNames: readonly NamedColour[] = [
  {
    name: 'white',
    korean: '흰색',
    hex: '#ffffff',
    english: ['white'],
    koreanWords: ['흰색', '하얀색', '흰', '하얀', '하얗', '하얘', '백색'],
  },
  {
    name: 'grey',
    korean: '회색',
    hex: '#808080',
    english: ['grey', 'gray', 'silver'],
    koreanWords: ['회색', '은색', '잿빛'],
  },
  {
    name: 'black',
    korean: '검은색',
    hex: '#101010',
    english: ['black'],
    koreanWords: ['검은색', '검정색', '까만색', '검정', '검은', '까만', '까맣', '까매'],
  },
  {
    name: 'red',
    korean: '빨간색',
    hex: '#c62828',
    english: ['red', 'crimson', 'scarlet'],
    koreanWords: ['빨간색', '빨강색', '붉은색', '빨강', '빨간', '붉은', '빨갛', '빨개'],
  },
  {
    name: 'orange',
    korean: '주황색',
    hex: '#f58220',
    english: ['orange'],
    koreanWords: ['주황색', '오렌지색', '주황'],
  },
  {
    name: 'yellow',
    korean: '노란색',
    hex: '#f7d117',
    english: ['yellow', 'golden'],
    koreanWords: ['노란색', '노랑색', '금색', '노랑', '노란', '노랗', '노래'],
  },
  { name: 'brown', korean: '갈색', hex: '#7b4a2a', english: ['brown'], koreanWords: ['갈색', '밤색', '고동색'] },
  {
    name: 'beige',
    korean: '베이지색',
    hex: '#e0c9a6',
    english: ['beige', 'tan', 'cream'],
    koreanWords: ['베이지색', '베이지', '크림색', '살구색'],
  },
  {
    name: 'green',
    korean: '초록색',
    hex: '#229a3b',
    english: ['green'],
    koreanWords: ['초록색', '녹색', '연두색', '초록', '연두'],
  },
  {
    name: 'turquoise',
    korean: '청록색',
    hex: '#17b8b0',
    english: ['turquoise', 'teal', 'cyan', 'aqua'],
    koreanWords: ['청록색', '옥색', '청록', '민트색'],
  },
  {
    name: 'blue',
    korean: '파란색',
    hex: '#1f5fd0',
    english: ['blue', 'navy'],
    koreanWords: ['파란색', '파랑색', '푸른색', '하늘색', '남색', '파랑', '파란', '푸른', '파랗', '파래'],
  },
  {
    name: 'purple',
    korean: '보라색',
    hex: '#7d3cb5',
    english: ['purple', 'violet'],
    koreanWords: ['보라색', '자주색', '보라'],
  },
  {
    name: 'pink',
    korean: '분홍색',
    hex: '#f48fb1',
    english: ['pink'],
    koreanWords: ['분홍색', '핑크색', '분홍', '핑크'],
  },
];

/** The table's own words, and those of the colours that can be painted ("burgundy" is red), each under the name its value has. */
const byWord: ReadonlyMap<string, ColourName> = new Map([
  ...namedColours.flatMap(({ hex, en, ko }) => [...en, ...ko].map((word) => [word, basicName(hex)] as const)),
  ...colourNames.flatMap(({ name, english, koreanWords }) =>
    [...english, ...koreanWords].map((word) => [word, name] as const),
  ),
]);

function basicName(hex: string): ColourName {
  const value = Number.parseInt(hex.slice(1), 16);
  return nameOf(oklchOf(value >> 16, (value >> 8) & 255, value & 255));
}

/** The colour that one English or Korean word asks for. */
export const colourOfWord = (word: string): ColourName | undefined => byWord.get(word);

/** All words of `colourOfWord`, longest first, joined for a regular expression. */
export const colourWords = [...byWord.keys()].sort((a, b) => b.length - a.length).join('|');

export const koreanColour = (name: ColourName): string =>
  colourNames.find((named) => named.name === name)?.korean ?? name;
