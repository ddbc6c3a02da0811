/** A colour as scenes and people name it. */
export interface PaletteColour {
  readonly name: string;
  readonly rgb: readonly [red: number, green: number, blue: number];
  /** Words that ask for it, English and Korean; longer ones are tried first. */
  readonly words: readonly string[];
  /** Another name of the palette that also fits: navy is blue. */
  readonly also?: string;
}

/** Kept off black and white, so that shading and a change of brightness stay visible. */
export const palette: readonly PaletteColour[] = [
  { name: 'white', rgb: [226, 226, 222], words: ['white', '흰색', '하얀색', '하얀', '하양', '흰', '백색'] },
  {
    name: 'black',
    rgb: [40, 40, 44],
    words: ['black', '검은색', '검정색', '까만색', '검은', '까만', '검정', '시커먼'],
  },
  { name: 'grey', rgb: [128, 128, 130], words: ['grey', 'gray', '회색', '쥐색', '잿빛'] },
  { name: 'silver', rgb: [184, 186, 190], words: ['silver', '은색', '은빛'], also: 'grey' },
  {
    name: 'red',
    rgb: [200, 36, 36],
    words: ['red', 'crimson', 'scarlet', '빨간색', '빨강', '빨간', '붉은색', '붉은', '새빨간'],
  },
  { name: 'orange', rgb: [232, 124, 32], words: ['orange', '주황색', '주황', '오렌지색'] },
  { name: 'yellow', rgb: [232, 206, 40], words: ['yellow', '노란색', '노랑', '노란', '샛노란'] },
  { name: 'gold', rgb: [206, 160, 40], words: ['gold', 'golden', '금색', '금빛', '황금색'], also: 'yellow' },
  { name: 'brown', rgb: [124, 76, 44], words: ['brown', '갈색', '밤색', '고동색'] },
  { name: 'beige', rgb: [222, 200, 166], words: ['beige', 'tan', 'cream', '베이지색', '베이지', '크림색', '살구색'] },
  { name: 'green', rgb: [36, 148, 60], words: ['green', '초록색', '녹색', '초록', '푸른'] },
  { name: 'lime', rgb: [150, 206, 80], words: ['lime', 'light green', '연두색', '연두'], also: 'green' },
  { name: 'turquoise', rgb: [30, 180, 172], words: ['turquoise', 'teal', 'cyan', 'mint', '청록색', '옥색', '민트색'] },
  { name: 'blue', rgb: [36, 92, 200], words: ['blue', '파란색', '파랑', '파란', '푸른색', '푸른', '새파란', '청색'] },
  { name: 'light blue', rgb: [126, 190, 232], words: ['light blue', 'sky blue', '하늘색'], also: 'blue' },
  { name: 'navy', rgb: [30, 44, 96], words: ['navy', 'dark blue', '남색', '네이비', '곤색', '군청색'], also: 'blue' },
  { name: 'purple', rgb: [124, 62, 178], words: ['purple', 'violet', '보라색', '보라', '자주색'] },
  { name: 'pink', rgb: [240, 146, 178], words: ['pink', '분홍색', '분홍', '핑크색', '핑크'] },
];

const byName = new Map(palette.map((colour) => [colour.name, colour]));
const hangul = /\p{Script=Hangul}/u;

/** The colour that a scene names; `dark` and `light` shift it. Unknown words are grey. */
export function rgbOf(name: string): readonly [number, number, number] {
  const known = byName.get(name) ?? coloursIn(name).map((word) => byName.get(word))[0] ?? byName.get('grey');
  const [red, green, blue] = known?.rgb ?? [128, 128, 128];
  const shift = /\bdark\b/.test(name) ? 0.62 : /\b(?:light|pale)\b/.test(name) && !byName.has(name) ? 1.25 : 1;
  return [red, green, blue].map((value) => Math.min(236, Math.round(value * shift))) as [number, number, number];
}

/** The names of the palette's colours that the words speak of, in the words' order. */
export function coloursIn(words: string): readonly string[] {
  const found: { at: number; length: number; name: string }[] = [];
  for (const { name, words: spoken } of palette)
    for (const word of spoken) {
      const at = hangul.test(word) ? words.indexOf(word) : indexOfWord(words, word);
      if (at >= 0) found.push({ at, length: word.length, name });
    }
  return found
    .filter(
      ({ at, length }) =>
        !found.some((other) => other.length > length && other.at <= at && other.at + other.length >= at + length),
    )
    .sort((a, b) => a.at - b.at)
    .map(({ name }) => name);
}

const indexOfWord = (text: string, word: string): number =>
  new RegExp(`(?<![a-z])${word}(?:-?coloured|-?colored)?(?![a-z])`).exec(text)?.index ?? -1;

/** Every word for a colour, longest first. */
export const colourWords: readonly string[] = palette.flatMap(({ words }) => words).sort((a, b) => b.length - a.length);

/** Whether a thing of colour `seen` answers to the colour word `asked` (both names of the palette). */
export const isCalled = (seen: string, asked: string): boolean =>
  seen === asked || byName.get(seen)?.also === asked || byName.get(asked)?.also === seen;

/** The palette's colour nearest to a pixel: hue counts more than lightness, as it does for people. */
export function nearestColour([red, green, blue]: readonly [number, number, number]): string {
  const distance = ({ rgb }: PaletteColour): number => {
    const lightness = (red + green + blue - rgb[0] - rgb[1] - rgb[2]) / 3;
    const hues = [red - green - rgb[0] + rgb[1], green - blue - rgb[1] + rgb[2], red - blue - rgb[0] + rgb[2]];
    return 0.5 * lightness ** 2 + hues.reduce((sum, value) => sum + value ** 2, 0) / 3;
  };
  return [...palette].sort((a, b) => distance(a) - distance(b))[0].name;
}
