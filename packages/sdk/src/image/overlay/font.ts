/**
 * A small stroke font of our own, so that numbers and labels look the same on every machine, with or without fonts installed.
 * One entry a character: its width, and its strokes as an SVG path. Capitals reach from y = 0 to the baseline at y = 7, descenders to 9.
 */
const bowl = 'M1.7 2C.6 2 0 3.1 0 4.5S.6 7 1.7 7 3.4 5.9 3.4 4.5 2.8 2 1.7 2Z';
const arch = 'M0 3.9C.3 2.7 1 2 1.8 2 2.8 2 3.2 2.7 3.2 3.8V7';
const ring = 'M2.3 0C.9 0 0 1.5 0 3.5S.9 7 2.3 7 4.6 5.5 4.6 3.5 3.7 0 2.3 0Z';
const flag = 'M0 7V0H2.2C3.4 0 4 .8 4 1.9S3.4 3.9 2.2 3.9H0';

const glyphs: Readonly<Record<string, readonly [width: number, path: string]>> = {
  ' ': [2, ''],
  0: [4, 'M2 0C.6 0 0 1.6 0 3.5S.6 7 2 7 4 5.4 4 3.5 3.4 0 2 0Z'],
  1: [2.6, 'M.4 1.4 2.2 0V7'],
  2: [4, 'M.1 1.9C.1.8.9 0 2 0S3.9.8 3.9 1.9C3.9 3.2 2.6 4 0 7H4'],
  3: [4, 'M.2.9C.6.3 1.2 0 1.9 0 3 0 3.7.7 3.7 1.7S3 3.3 1.6 3.3C3.1 3.3 4 4 4 5.1S3.1 7 1.9 7C1 7 .4 6.6 0 6'],
  4: [4.2, 'M3.1 7V0L0 5H4.2'],
  5: [4, 'M3.6 0H.7L.4 3.1C.8 2.8 1.3 2.6 1.9 2.6 3.1 2.6 4 3.5 4 4.8S3.1 7 1.9 7C1.1 7 .4 6.7 0 6.1'],
  6: [4, 'M3.5.5C3.1.2 2.6 0 2.2 0 .8 0 0 1.6 0 4 0 6 .8 7 2 7S4 6.1 4 4.8 3.2 2.6 2 2.6 0 3.6 0 4.8'],
  7: [4, 'M0 0H4L1.5 7'],
  8: [
    4,
    'M2 3.2C.9 3.2.3 2.5.3 1.6S.9 0 2 0 3.7.7 3.7 1.6 3.1 3.2 2 3.2C.8 3.2 0 4 0 5.1S.8 7 2 7 4 6.2 4 5.1 3.2 3.2 2 3.2Z',
  ],
  9: [4, 'M.5 6.5C.9 6.8 1.4 7 1.8 7 3.2 7 4 5.4 4 3 4 1 3.2 0 2 0S0 .9 0 2.2.8 4.4 2 4.4 4 3.4 4 2.2'],
  A: [4.4, 'M0 7 2.2 0 4.4 7M.8 4.6H3.6'],
  B: [4, 'M0 0V7H2.2C3.4 7 4 6.3 4 5.2S3.4 3.4 2.2 3.4H0M2 3.4C3 3.4 3.6 2.8 3.6 1.7S3 0 2 0H0'],
  C: [4.2, 'M4.2 1.3C3.7.5 3.1 0 2.3 0 .9 0 0 1.5 0 3.5S.9 7 2.3 7C3.1 7 3.8 6.5 4.2 5.7'],
  D: [4.2, 'M0 0V7H1.6C3.4 7 4.2 5.5 4.2 3.5S3.4 0 1.6 0Z'],
  E: [3.6, 'M3.5 0H0V7H3.6M0 3.4H3'],
  F: [3.5, 'M3.5 0H0V7M0 3.5H3'],
  G: [4.3, 'M4.2 1.3C3.7.5 3.1 0 2.3 0 .9 0 0 1.5 0 3.5S.9 7 2.3 7 4.3 5.8 4.3 3.8H2.5'],
  H: [4, 'M0 0V7M4 0V7M0 3.4H4'],
  I: [0.1, 'M0 0V7'],
  J: [2.6, 'M2.6 0V5.2C2.6 6.4 2.1 7 1.2 7 .5 7 .1 6.6 0 6'],
  K: [4.1, 'M0 0V7M3.9 0 0 4.2M1.4 2.9 4.1 7'],
  L: [3.4, 'M0 0V7H3.4'],
  M: [4.8, 'M0 7V0L2.4 4.4 4.8 0V7'],
  N: [4, 'M0 7V0L4 7V0'],
  O: [4.6, ring],
  P: [4, flag],
  Q: [4.6, `${ring}M2.8 5.4 4.6 7.4`],
  R: [4.2, `${flag}M2.2 3.9 4.2 7`],
  S: [4, 'M3.8 1C3.3.3 2.7 0 2 0 .9 0 .2.7.2 1.7.2 4.1 4 2.8 4 5.2 4 6.3 3.2 7 2 7 1.1 7 .4 6.6 0 5.9'],
  T: [4.2, 'M0 0H4.2M2.1 0V7'],
  U: [4, 'M0 0V4.6C0 6.2.7 7 2 7S4 6.2 4 4.6V0'],
  V: [4.4, 'M0 0 2.2 7 4.4 0'],
  W: [6, 'M0 0 1.4 7 3 1.4 4.6 7 6 0'],
  X: [4, 'M0 0 4 7M4 0 0 7'],
  Y: [4.2, 'M0 0 2.1 3.6 4.2 0M2.1 3.6V7'],
  Z: [4.1, 'M.1 0H4L0 7H4.1'],
  a: [3.4, `${bowl}M3.4 2.2V7`],
  b: [3.4, `${bowl}M0 0V7`],
  c: [3.2, 'M3.2 2.8C2.8 2.3 2.3 2 1.7 2 .6 2 0 3.1 0 4.5S.6 7 1.7 7C2.3 7 2.8 6.7 3.2 6.2'],
  d: [3.4, `${bowl}M3.4 0V7`],
  e: [3.4, 'M0 4.4H3.4C3.4 3 2.8 2 1.7 2S0 3 0 4.5.6 7 1.8 7C2.4 7 2.9 6.7 3.3 6.3'],
  f: [2.4, 'M2.4.2C1.3-.2.8.4.8 1.4V7M0 2.4H2.2'],
  g: [3.4, `${bowl}M3.4 2.2V7.4C3.4 9.3 1.4 9.3.3 8.7`],
  h: [3.2, `M0 0V7${arch}`],
  i: [0.1, 'M0 2.3V7M0 .2V.4'],
  j: [1, 'M1 2.3V7.6C1 8.7.6 9 0 9M1 .2V.4'],
  k: [3.2, 'M0 0V7M3 2.2 0 4.9M1.2 3.9 3.2 7'],
  l: [0.1, 'M0 0V7'],
  m: [
    5.2,
    'M0 2.2V7M0 3.7C.2 2.7.8 2 1.5 2 2.2 2 2.6 2.6 2.6 3.6V7M2.6 3.7C2.8 2.7 3.4 2 4.1 2 4.8 2 5.2 2.6 5.2 3.6V7',
  ],
  n: [3.2, `M0 2.2V7${arch}`],
  o: [3.4, bowl],
  p: [3.4, `${bowl}M0 2.2V9`],
  q: [3.4, `${bowl}M3.4 2.2V9`],
  r: [2, 'M0 2.2V7M0 4C.2 2.7.9 2 2 2.1'],
  s: [3, 'M2.9 2.7C2.5 2.2 2 2 1.5 2 .7 2 .2 2.5.2 3.2.2 4.8 3 4.1 3 5.7 3 6.5 2.4 7 1.5 7 .9 7 .3 6.7 0 6.2'],
  t: [2.3, 'M.9.8V5.8C.9 6.8 1.5 7.2 2.3 6.9M0 2.3H2.2'],
  u: [3.2, 'M0 2.2V5.2C0 6.3.4 7 1.4 7 2.2 7 2.9 6.3 3.2 5.1M3.2 2.2V7'],
  v: [3.4, 'M0 2.2 1.7 7 3.4 2.2'],
  w: [5, 'M0 2.2 1.3 7 2.5 2.8 3.7 7 5 2.2'],
  x: [3.1, 'M0 2.2 3.1 7M3.1 2.2 0 7'],
  y: [3.4, 'M0 2.2 1.7 6.8M3.4 2.2 1.4 8C1.1 8.8.7 9 .1 8.9'],
  z: [3.1, 'M.1 2.2H3L0 7H3.1'],
  '.': [0.1, 'M0 6.9V7'],
  ',': [0.4, 'M.4 6.8 0 8.2'],
  ':': [0.1, 'M0 3.4V3.5M0 6.9V7'],
  ';': [0.4, 'M.4 3.4V3.5M.4 6.8 0 8.2'],
  '!': [0.1, 'M0 0V4.8M0 6.9V7'],
  '?': [3.4, 'M0 1.6C.2.6.9 0 1.8 0 2.8 0 3.4.7 3.4 1.6 3.4 3 1.6 3.1 1.6 4.9M1.6 6.9V7'],
  "'": [0.1, 'M0 0V1.6'],
  '"': [1.2, 'M0 0V1.6M1.2 0V1.6'],
  '(': [1.4, 'M1.4-.6C.5.6 0 1.9 0 3.6S.5 6.6 1.4 7.8'],
  ')': [1.4, 'M0-.6C.9.6 1.4 1.9 1.4 3.6S.9 6.6 0 7.8'],
  '-': [2.2, 'M0 4.3H2.2'],
  _: [3.6, 'M0 7.8H3.6'],
  '+': [3.4, 'M0 4H3.4M1.7 2.3V5.7'],
  '=': [3.4, 'M0 3H3.4M0 5H3.4'],
  '/': [2.8, 'M0 7.8 2.8-.4'],
  '*': [2.4, 'M1.2 0V2.8M0 .7 2.4 2.1M2.4.7 0 2.1'],
  '#': [4.2, 'M1.5.4.8 6.8M3.4.4 2.7 6.8M.2 2.4H4.2M0 4.8H4'],
  '%': [
    5,
    'M4.2 0 .8 7M1.1 0C.4 0 0 .7 0 1.6S.4 3.2 1.1 3.2 2.2 2.5 2.2 1.6 1.8 0 1.1 0ZM3.9 3.8C3.2 3.8 2.8 4.5 2.8 5.4S3.2 7 3.9 7 5 6.3 5 5.4 4.6 3.8 3.9 3.8Z',
  ],
  '&': [4.6, 'M4.4 7 1.2 2.8C.3 1.5.9 0 2.1 0 3.7 0 3.6 2 2.4 2.8L1.2 3.6C-.4 4.7-.1 7 1.9 7 3.4 7 4.4 5.6 4.4 3.9'],
};

const spacing = 1.5;
const capHeight = 7;

/** The text in characters the font can draw, accents dropped; undefined when there are others, as in Korean. */
export function drawableText(text: string): string | undefined {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  return [...plain].every((character) => Object.hasOwn(glyphs, character)) ? plain : undefined;
}

/** Width in pixels at the given height of capitals, strokes' thickness left out. */
export function textWidth(text: string, height: number): number {
  const units = [...text].reduce((sum, character) => sum + (glyphs[character]?.[0] ?? 0) + spacing, -spacing);
  return Math.max(0, units) * (height / capHeight);
}

/** SVG for one line whose capitals reach from `y` to `y + height`; `stroke` is the lines' thickness as a share of the height. */
export function textSvg(text: string, x: number, y: number, height: number, stroke: number): string {
  const scale = height / capHeight;
  let left = 0;
  const paths = [...text].map((character) => {
    const [width, path] = glyphs[character] ?? [0, ''];
    const drawn = path && `<path transform="translate(${left.toFixed(2)})" d="${path}"/>`;
    left += width + spacing;
    return drawn;
  });
  const style = `fill="none" stroke="#fff" stroke-width="${(stroke * capHeight).toFixed(2)}" stroke-linecap="round" stroke-linejoin="round"`;
  return `<g transform="translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${scale.toFixed(4)})" ${style}>${paths.join('')}</g>`;
}
