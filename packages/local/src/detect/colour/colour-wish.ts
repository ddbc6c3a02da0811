import {
  chromaOf,
  colourPattern,
  hexOf,
  hueDistance,
  hueOf,
  type Oklab,
  oklabOfBytes,
  parseColour,
} from '@atelier/sdk/adjust';
import { type ColourName, colourNames, colourOfWord, colourWords } from '../../ask/colour-names.ts';
import { nameOf } from '../../ask/colour-regions.ts';

/** A colour somebody asked for. */
export interface ColourWish {
  /** As it was said: "dark red". */
  readonly said: string;
  /** How much one pixel's colour answers to it, 0..1: 1 where an eye would name it so, about half where it might. */
  belongs(colour: Oklab): number;
}

/** Colours that one paint takes on in warm or cold light, in gloss and in shade; they count half. */
const neighbours: Readonly<Partial<Record<ColourName, readonly ColourName[]>>> = {
  white: ['beige', 'grey'],
  black: ['grey', 'brown'],
  red: ['orange', 'brown', 'pink'],
  orange: ['red', 'yellow', 'brown'],
  yellow: ['orange', 'beige'],
  brown: ['orange', 'beige'],
  beige: ['brown', 'white'],
  green: ['turquoise'],
  turquoise: ['green', 'blue'],
  blue: ['turquoise', 'purple'],
  purple: ['blue', 'pink'],
  pink: ['red', 'purple'],
};
/** Widest hue, degrees, at which a neighbour still counts. */
const neighbourHue = 26;
/** Lightness down to which grey may be white in the shade, and up to which grey and brown may be black in the light. */
const whiteInShade = 0.65;
const blackInLight = 0.4;
/** Below this chroma a colour has no hue to speak of. */
const neutral = 0.04;

const shadeWords =
  /^(dark|deep|어두운|진한|짙은|다크|light|pale|pastel|soft|연한|밝은|옅은|파스텔|연|bright|vivid|neon|선명한|쨍한|형광)[\s-]*/;
const darkWords = /^(?:dark|deep|어두운|진한|짙은|다크)$/;
const vividWords = /^(?:bright|vivid|neon|선명한|쨍한|형광)$/;

const any = `(?:${colourPattern}|${colourWords})`;
const englishHead = new RegExp(`^((?:${any}))(?:d?ish)?(?:[ -]colou?r(?:ed)?)?[ -]+(.+)$`);
const koreanHead = new RegExp(`^새?((?:${any}))(?:색|빛)?(?:의|인|깔의)?\\s+(.+)$`);
const englishTail = new RegExp(
  `^(.+?)(?:,? (?:that|which|who)(?: is|'s| are)| in| of| with)(?: an?| the)? (${any})(?: colou?r| one)?$`,
);

/** "Red cup" is a red "cup", "cup that is red" too; undefined where no colour is said. */
export function splitColour(phrase: string): { readonly colour: ColourWish; readonly rest: string } | undefined {
  const [, said, rest] = englishHead.exec(phrase) ?? koreanHead.exec(phrase) ?? [];
  const [, restBefore, saidAfter] = said === undefined ? (englishTail.exec(phrase) ?? []) : [];
  const colour = readColour(said ?? saidAfter ?? '');
  const noun = rest ?? restBefore;
  return colour && noun ? { colour, rest: noun } : undefined;
}

const labOfHex = (hex: string): Oklab => {
  const value = Number.parseInt(hex.slice(1), 16);
  return oklabOfBytes(value >> 16, (value >> 8) & 255, value & 255);
};

/** The thirteen names that need no reference: their regions of colour are drawn by hand. */
const basicByHex = new Map(
  colourNames.flatMap(({ name }) => {
    const colour = parseColour(name);
    return colour ? [[hexOf(colour), name] as const] : [];
  }),
);

/** Reads a colour with or without a shade: "navy", "dark red", "연한 파란색"; undefined for other words. */
export function readColour(said: string): ColourWish | undefined {
  const [, shade] = shadeWords.exec(said) ?? [];
  const word = said.replace(shadeWords, '');
  const parsed = parseColour(word);
  const basic = (parsed && basicByHex.get(hexOf(parsed))) ?? (parsed ? undefined : colourOfWord(word));
  if (shade === undefined || vividWords.test(shade)) {
    if (basic) return { said, belongs: (colour) => belongsToName(colour, basic) };
    return parsed && { said, belongs: nearTo(labOfHex(hexOf(parsed))) };
  }
  const dark = darkWords.test(shade);
  const whole = parseColour(`${dark ? 'dark' : 'light'} ${parsed ? word : (basic ?? '')}`);
  if (!whole) return undefined;
  return { said, belongs: nearTo(labOfHex(hexOf(whole)), dark ? 'darker' : 'lighter') };
}

function belongsToName(colour: Oklab, name: ColourName): number {
  const polar = { lightness: colour.L, chroma: chromaOf(colour), hue: hueOf(colour) };
  const its = nameOf(polar);
  if (its === name) return 1;
  if (!neighbours[name]?.includes(its)) return 0;
  const typical = typicalOf.get(name);
  if (!typical) return 0;
  if (name === 'white' && its === 'grey') return colour.L > whiteInShade ? 0.5 : 0;
  if (name === 'black') return colour.L < blackInLight ? 0.5 : 0;
  const isNear = chromaOf(typical) < neutral || hueDistance(polar.hue, hueOf(typical)) < neighbourHue;
  return isNear && (chromaOf(typical) >= neutral || polar.chroma < neutral * 1.5) ? 0.5 : 0;
}

const typicalOf = new Map(colourNames.map(({ name, hex }) => [name, labOfHex(hex)] as const));

/** Around one shade: hue and lightness may stray, darkness beyond what was asked counts for "dark", lightness for "light". */
function nearTo(wanted: Oklab, open?: 'darker' | 'lighter'): (colour: Oklab) => number {
  const hue = hueOf(wanted);
  const chroma = chromaOf(wanted);
  return (colour) => {
    const difference = colour.L - wanted.L;
    const inOpenSide = (open === 'darker' && difference < 0) || (open === 'lighter' && difference > 0);
    const light = falling(inOpenSide ? Math.abs(difference) / 2 : Math.abs(difference), 0.13, 0.26);
    if (chroma < neutral) return light * falling(chromaOf(colour), neutral, neutral * 1.8);
    const strong = 1 - falling(chromaOf(colour), chroma * 0.3, chroma * 0.5);
    return light * strong * falling(hueDistance(hueOf(colour), hue), 20, 38);
  };
}

/** 1 up to `from`, 0 beyond `to`, a straight line between. */
const falling = (value: number, from: number, to: number): number =>
  Math.min(1, Math.max(0, (to - value) / (to - from)));
