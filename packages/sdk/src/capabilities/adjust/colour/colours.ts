import {
  byteOfLinear,
  chromaOf,
  fitToGamut,
  hueDistance,
  hueOf,
  type Oklab,
  oklabOfBytes,
} from '../pixel-work/oklab.ts';
import { type NamedColour, namedColours } from './colour-names.ts';

/** sRGB, 0..255 a channel. */
export interface Colour {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

interface Shade {
  readonly en: readonly string[];
  readonly ko: readonly string[];
  /** Lightness (OKLab, 0..1) is moved this share of the way to black (negative) or to white (positive). */
  readonly lightness: number;
  /** Chroma is multiplied by this. */
  readonly chroma: number;
}

const shades: readonly Shade[] = [
  { en: ['dark', 'deep'], ko: ['어두운', '진한', '짙은', '다크'], lightness: -0.32, chroma: 0.9 },
  {
    en: ['light', 'pale', 'pastel', 'soft'],
    ko: ['연한', '밝은', '옅은', '파스텔', '연'],
    lightness: 0.5,
    chroma: 0.7,
  },
  { en: ['bright', 'vivid', 'neon'], ko: ['선명한', '쨍한', '형광', '네온'], lightness: 0.12, chroma: 1.3 },
];

const fromHex = (hex: string): Colour => {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join('') : hex.slice(1);
  const value = Number.parseInt(digits, 16);
  return { r: value >> 16, g: (value >> 8) & 255, b: value & 255 };
};

/** `#rrggbb`, lower case. */
export const hexOf = ({ r, g, b }: Colour): string =>
  `#${((1 << 24) | (r << 16) | (g << 8) | b).toString(16).slice(1)}`;

const wordsOf = ({ en, ko, koAdverb = [] }: NamedColour): readonly string[] => [...en, ...ko, ...koAdverb];
const byWord = new Map(
  namedColours.flatMap((named) => wordsOf(named).map((word) => [word, fromHex(named.hex)] as const)),
);
const shadeByWord = new Map(
  shades.flatMap((shade) => [...shade.en, ...shade.ko].map((word) => [word, shade] as const)),
);

const longestFirst = (words: Iterable<string>): string => [...words].sort((a, b) => b.length - a.length).join('|');
const shadeWords = longestFirst(shadeByWord.keys());

/**
 * Source of a regular expression that matches any colour `parseColour` reads, for use inside phrasings; no groups.
 * Alternatives are longest first, so that "sky blue" is not read as "blue" with "sky" left over.
 */
export const colourPattern = `(?:#[0-9a-f]{6}|#[0-9a-f]{3}|rgb\\(\\s*\\d+\\s*,\\s*\\d+\\s*,\\s*\\d+\\s*\\)|(?:(?:${shadeWords})[\\s-]*)?(?:${longestFirst(byWord.keys())}))`;

const wordPattern = new RegExp(`^(?:(${shadeWords})[\\s-]*)?(${longestFirst(byWord.keys())})$`);
const rgbPattern = /^rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)$/;

/**
 * Reads `blue`, `dark blue`, `파란색`, `파랗게`, `연한 파란색으로`, `#06c`, `#0066cc`, `rgb(0, 102, 204)`.
 * Undefined for anything else.
 */
export function parseColour(text: string): Colour | undefined {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^(?:an?|the)\s+/, '')
    .replace(/(?:\s+colou?r|\s*colou?red)$/, '');
  if (/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/.test(plain)) return fromHex(plain);
  const rgb = rgbPattern.exec(plain);
  if (rgb) {
    const [r, g, b] = rgb.slice(1).map(Number);
    return Math.max(r, g, b) <= 255 ? { r, g, b } : undefined;
  }
  return parseWords(plain) ?? parseWords(plain.replace(/(?:으로|로)$/, ''));
}

function parseWords(text: string): Colour | undefined {
  const [, shadeWord, word] = wordPattern.exec(text) ?? [];
  const colour = byWord.get(word);
  const shade = shadeByWord.get(shadeWord);
  return colour && shade ? shaded(colour, shade) : colour;
}

function shaded({ r, g, b }: Colour, { lightness, chroma }: Shade): Colour {
  const { L, a, b: yellow } = oklabOfBytes(r, g, b);
  const moved = lightness < 0 ? L * (1 + lightness) : L + (1 - L) * lightness;
  return fromLinear(fitToGamut({ L: moved, a: a * chroma, b: yellow * chroma }));
}

const fromLinear = ([red, green, blue]: readonly [number, number, number]): Colour => ({
  r: Math.round(byteOfLinear(red)),
  g: Math.round(byteOfLinear(green)),
  b: Math.round(byteOfLinear(blue)),
});

const references = namedColours.map((named) => {
  const { r, g, b } = fromHex(named.hex);
  return { en: named.en[0], ko: named.ko[0], lab: oklabOfBytes(r, g, b) };
});

/**
 * The everyday name nearest to a colour, "dark" and "light" included. Hue counts more than lightness, because shade and
 * exposure change lightness more than anything else in a photograph; near-greys are compared by lightness alone.
 */
export function nameColour({ r, g, b }: Colour): { readonly en: string; readonly ko: string } {
  const lab = oklabOfBytes(r, g, b);
  const neutral = neutralName(lab);
  if (neutral) return neutral;
  let best = references[0];
  let smallest = Number.POSITIVE_INFINITY;
  for (const reference of references) {
    if (chromaOf(reference.lab) < 0.02) continue;
    const distance = nameDistance(lab, reference.lab);
    if (distance >= smallest) continue;
    smallest = distance;
    best = reference;
  }
  const difference = lab.L - best.lab.L;
  if (difference < -0.14) return { en: `dark ${best.en}`, ko: `어두운 ${best.ko}` };
  if (difference > 0.14) return { en: `light ${best.en}`, ko: `밝은 ${best.ko}` };
  return { en: best.en, ko: best.ko };
}

/** Very dark and very light colours need more chroma before an eye calls them anything but black or white. */
function neutralName({ L, a, b }: Oklab): { en: string; ko: string } | undefined {
  const chroma = Math.hypot(a, b);
  if (L < 0.2 || (L < 0.27 && chroma < 0.05)) return { en: 'black', ko: '검은색' };
  if (chroma > 0.035 || (L > 0.9 && chroma > 0.02)) return undefined;
  if (L > 0.93) return { en: 'white', ko: '흰색' };
  if (L > 0.76) return { en: 'light grey', ko: '밝은 회색' };
  return L < 0.45 ? { en: 'dark grey', ko: '어두운 회색' } : { en: 'grey', ko: '회색' };
}

/**
 * Squared distance in OKLab with lightness and chroma at a lower weight. The difference in hue is measured at the chroma of the
 * reference and counted six times: a dark, dull green is still nearer to green than to a dull olive.
 */
function nameDistance(colour: Oklab, reference: Oklab): number {
  const halfAngle = (hueDistance(hueOf(colour), hueOf(reference)) * Math.PI) / 360;
  const chord = 2 * chromaOf(reference) * Math.sin(halfAngle);
  return 0.35 * (colour.L - reference.L) ** 2 + 0.6 * (chromaOf(colour) - chromaOf(reference)) ** 2 + 6 * chord ** 2;
}
