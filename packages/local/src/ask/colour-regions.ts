import { chromaOf, hueOf, oklabOfBytes } from '@atelier/sdk/adjust';
import type { ColourName } from './colour-names.ts';

/** OKLab in polar form (Ottosson 2020): lightness 0..1, chroma 0..0.4, hue in degrees. */
export interface Oklch {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

type Range = readonly [from: number, to: number];

interface Region {
  readonly name: ColourName;
  /** Degrees; `from` above `to` runs through 0. Left out: any. */
  readonly hue?: Range;
  readonly lightness?: Range;
  readonly chroma?: Range;
}

/**
 * Where one name ends and the next begins; the first region that holds a colour names it. Set so that the typical values
 * in `colourNames` and the CSS keywords of those names fall into their own region. Hue of sRGB's corners: red 29,
 * yellow 110, green 142, cyan 195, blue 264, magenta 328. Brown is dark or dull orange,
 * vermilion is orange where it is light and red where it is dark, beige is pale orange, pink is
 * light red.
 */
const regions: readonly Region[] = [
  { name: 'black', lightness: [0, 0.2] },
  { name: 'black', lightness: [0, 0.32], chroma: [0, 0.04] },
  { name: 'white', lightness: [0.87, 1.01], chroma: [0, 0.025] },
  { name: 'white', lightness: [0.94, 1.01], chroma: [0, 0.04], hue: [60, 120] },
  { name: 'grey', chroma: [0, 0.03] },
  { name: 'pink', hue: [335, 25], lightness: [0.62, 1.01] },
  { name: 'pink', hue: [25, 42], lightness: [0.76, 1.01] },
  { name: 'beige', hue: [42, 110], lightness: [0.7, 1.01], chroma: [0, 0.095] },
  { name: 'brown', hue: [20, 100], lightness: [0, 0.7], chroma: [0, 0.085] },
  { name: 'orange', hue: [36, 80], lightness: [0.55, 1.01], chroma: [0.13, 1] },
  { name: 'red', hue: [350, 40] },
  { name: 'brown', hue: [40, 95], lightness: [0, 0.58] },
  { name: 'orange', hue: [40, 80] },
  { name: 'yellow', hue: [80, 118], lightness: [0.68, 1.01] },
  { name: 'green', hue: [80, 170] },
  { name: 'turquoise', hue: [170, 218] },
  { name: 'blue', hue: [218, 287] },
  { name: 'purple', hue: [287, 350] },
];

/** The name of one colour. */
export function nameOf({ lightness, chroma, hue }: Oklch): ColourName {
  const region = regions.find(
    (candidate) =>
      within(lightness, candidate.lightness) && within(chroma, candidate.chroma) && withinHue(hue, candidate.hue),
  );
  return region?.name ?? 'grey';
}

const within = (value: number, range: Range | undefined): boolean => !range || (value >= range[0] && value < range[1]);

function withinHue(hue: number, range: Range | undefined): boolean {
  if (!range) return true;
  const [from, to] = range;
  return from <= to ? hue >= from && hue < to : hue >= from || hue < to;
}

/** From sRGB bytes. */
export function oklchOf(red: number, green: number, blue: number): Oklch {
  const lab = oklabOfBytes(red, green, blue);
  return { lightness: lab.L, chroma: chromaOf(lab), hue: hueOf(lab) };
}
