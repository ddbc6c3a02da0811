/** Outlines that are told apart by their geometry. */
export type ShapeName =
  | 'circle'
  | 'ellipse'
  | 'square'
  | 'diamond'
  | 'rectangle'
  | 'triangle'
  | 'pentagon'
  | 'hexagon'
  | 'star'
  | 'cross'
  | 'heart'
  | 'ring'
  | 'line';

interface ShapeWord {
  readonly label: string;
  readonly korean: string;
  /** Nouns in both languages, singular; the label and the Korean name need not be repeated. */
  readonly nouns?: readonly string[];
  /** What is said before "thing": "round", "동그란". */
  readonly adjectives: readonly string[];
  /** The outlines that answer to it, and how well: factors of the score. */
  readonly accepts: Readonly<Partial<Record<ShapeName, number>>>;
}

/** A circle seen at an angle is an ellipse, a square one a rectangle or a diamond: people name what it is, not what it looks like. */
export const shapeWords: readonly ShapeWord[] = [
  {
    label: 'circle',
    korean: '원',
    nouns: ['dot', 'disc', 'disk', 'spot', 'roundel', '동그라미', '점', '원판', '원형'],
    adjectives: ['round', 'circular', 'disc-shaped', '동그란', '둥근', '둥그런', '원형', '원 모양', '동글동글한'],
    accepts: { circle: 1, ellipse: 0.8, ring: 0.9 },
  },
  {
    label: 'ball',
    korean: '공',
    nouns: ['sphere', 'orb', 'globe', 'marble', 'bead', 'bubble', '구슬', '구체', '공 모양'],
    adjectives: ['ball-shaped', 'spherical', '공 모양', '구형'],
    accepts: { circle: 1, ellipse: 0.6 },
  },
  {
    label: 'ellipse',
    korean: '타원',
    nouns: ['oval', '타원형'],
    adjectives: ['oval', 'elliptical', 'egg-shaped', '타원형', '타원 모양', '계란형', '길쭉하고 둥근'],
    accepts: { ellipse: 1, circle: 0.5 },
  },
  {
    label: 'square',
    korean: '정사각형',
    nouns: ['정네모'],
    adjectives: ['square', 'square-shaped', '정사각형', '정사각형 모양'],
    accepts: { square: 1, diamond: 0.8, rectangle: 0.6 },
  },
  {
    label: 'quadrilateral',
    korean: '네모',
    nouns: ['quadrangle', '사각형', '사각', '네모난 모양'],
    adjectives: ['four-sided', '네모난', '네모', '네모진', '사각', '사각형', '각진'],
    accepts: { square: 1, rectangle: 1, diamond: 0.8 },
  },
  {
    label: 'cube',
    korean: '정육면체',
    nouns: ['block', '큐브', '육면체', '상자 모양'],
    adjectives: ['cubic', 'cube-shaped', 'boxy', '정육면체'],
    accepts: { square: 1, diamond: 0.9, rectangle: 0.9, hexagon: 0.9, pentagon: 0.7 },
  },
  {
    label: 'rectangle',
    korean: '직사각형',
    nouns: ['oblong', 'bar', '직사각', '긴 네모'],
    adjectives: ['rectangular', 'oblong', '직사각형', '직사각형 모양'],
    accepts: { rectangle: 1, square: 0.6, line: 0.6 },
  },
  {
    label: 'diamond',
    korean: '마름모',
    nouns: ['rhombus', 'lozenge', '다이아몬드', '마름모꼴'],
    adjectives: ['diamond-shaped', '마름모꼴', '마름모', '다이아몬드 모양'],
    accepts: { diamond: 1 },
  },
  {
    label: 'triangle',
    korean: '삼각형',
    nouns: ['세모', '삼각', '세모꼴'],
    adjectives: ['triangular', 'three-sided', '세모난', '세모', '삼각형', '삼각', '세모진', '삼각형 모양'],
    accepts: { triangle: 1 },
  },
  {
    label: 'pentagon',
    korean: '오각형',
    adjectives: ['pentagonal', 'five-sided', '오각형'],
    accepts: { pentagon: 1 },
  },
  {
    label: 'hexagon',
    korean: '육각형',
    adjectives: ['hexagonal', 'six-sided', '육각형', '육각'],
    accepts: { hexagon: 1 },
  },
  {
    label: 'star',
    korean: '별',
    nouns: ['별표', '별 모양', '별모양'],
    adjectives: ['star-shaped', 'star shaped', 'starry', '별 모양', '별모양'],
    accepts: { star: 1 },
  },
  {
    label: 'cross',
    korean: '십자가',
    nouns: ['plus', 'plus sign', '십자', '더하기', '플러스', '엑스표', '십자 모양'],
    adjectives: ['cross-shaped', 'plus-shaped', '십자 모양', '십자형'],
    accepts: { cross: 1 },
  },
  {
    label: 'heart',
    korean: '하트',
    nouns: ['love heart', '하트 모양', '하트모양', '하트표'],
    adjectives: ['heart-shaped', 'heart shaped', '하트 모양', '하트모양'],
    accepts: { heart: 1 },
  },
  {
    label: 'ring',
    korean: '고리',
    nouns: ['hoop', 'annulus', '도넛 모양', '링'],
    adjectives: ['ring-shaped', 'donut-shaped', '고리 모양', '도넛 모양'],
    accepts: { ring: 1 },
  },
  {
    label: 'line',
    korean: '선',
    nouns: ['stripe', 'stroke', 'streak', '줄', '직선', '막대'],
    adjectives: ['linear', '길쭉한'],
    accepts: { line: 1 },
  },
];

/** What a word for a shape asks for. */
export type ShapeWish = Pick<ShapeWord, 'label' | 'accepts'>;

const nounsOf = ({ label, korean, nouns = [] }: ShapeWord): readonly string[] => [label, korean, ...nouns];

const byNoun = new Map(shapeWords.flatMap((shape) => nounsOf(shape).map((noun) => [noun, shape] as const)));
const byAdjective = new Map(
  shapeWords.flatMap((shape) => shape.adjectives.map((adjective) => [adjective, shape] as const)),
);
const longestFirst = (words: Iterable<string>): string => [...words].sort((a, b) => b.length - a.length).join('|');
const adjectiveHead = new RegExp(`^(${longestFirst(byAdjective.keys())})(?:의|인)?\\s+(.+)$`);
/** "Thing that is round", "thing in the shape of a star", "star shape", "세모 모양". */
const shapeTail = /^(.+?)(?: shaped?|\s*(?:모양|꼴|표시))$/;

/** The shape that a singular noun names. */
export const shapeOfNoun = (noun: string): ShapeWish | undefined =>
  byNoun.get(noun) ?? byNoun.get(shapeTail.exec(noun)?.[1] ?? '') ?? byAdjective.get(shapeTail.exec(noun)?.[1] ?? '');

/** "Round thing" is a "thing" that is round; undefined where no shape is said first. */
export function splitShape(phrase: string): { readonly shape: ShapeWish; readonly rest: string } | undefined {
  const [, word, rest] = adjectiveHead.exec(phrase) ?? [];
  const shape = byAdjective.get(word ?? '');
  return shape && rest ? { shape, rest } : undefined;
}

/** Shapes' plain names, for hints. */
export const shapeLabels: readonly string[] = shapeWords.map(({ label }) => label);
/** Korean names by label. */
export const koreanShapes: readonly (readonly [string, string])[] = shapeWords.map(
  ({ label, korean }) => [label, korean] as const,
);
