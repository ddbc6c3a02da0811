import type { Box } from '@atelier/sdk';
import { letterQuality } from './letter-quality.ts';
import { type Ink, inkDistance, type Letter } from './letters.ts';
import { type LineFacts, lineScore } from './text-score.ts';
import type { Grain } from './texture.ts';
import { unionBoxes } from './union-boxes.ts';

/** A line of letters, in cells. */
export interface TextLine {
  readonly box: Box;
  /** How likely it is to be text by itself, 0..1; 0 for what is too short to be a line: it may still belong to one. */
  readonly score: number;
  readonly ink: Ink;
  readonly facts: LineFacts;
  readonly grain: Grain;
}

/** Neighbours in a line differ in height and stroke by these factors at most. */
const heightFactor = 2.4;
const strokeFactor = 2.2;
/** Widest gap between neighbours, in heights of the taller one; a space between words is about a third. */
const widestGap = 0.9;
/** Share of the lower one's height that neighbours have in common. */
const inCommon = 0.45;
/** Share of the contrast by which the ink of neighbours may differ. */
const sameInk = 0.3;
const tallest = 90;
/** Patches of lower `letterQuality` belong to no line: 97 in 100 letters are above, 6 in 10 patches of texture. */
const leastQuality = -2;

/** Letters that stand side by side in one ink, as lines. */
export function linesOf(letters: readonly Letter[]): TextLine[] {
  const sorted = letters.filter((letter) => letterQuality(letter) > leastQuality).sort((a, b) => a.box.x - b.box.x);
  const parent = sorted.map((_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (parent[root] !== root) root = parent[root] ?? root;
    parent[index] = root;
    return root;
  };
  for (const [index, letter] of sorted.entries()) {
    for (let next = index + 1; next < sorted.length; next++) {
      const other = sorted[next];
      if (!other || other.box.x > letter.box.x + letter.box.width + widestGap * tallest) break;
      if (areNeighbours(letter, other)) parent[find(next)] = find(index);
    }
  }
  const lines = new Map<number, Letter[]>();
  for (const [index, letter] of sorted.entries()) {
    const line = lines.get(find(index));
    if (line) line.push(letter);
    else lines.set(find(index), [letter]);
  }
  return [...lines.values()].map(rate);
}

function areNeighbours(one: Letter, other: Letter): boolean {
  const [a, b] = [one.box, other.box];
  const [tall, low] = [Math.max(a.height, b.height), Math.min(a.height, b.height)];
  if (tall > heightFactor * low) return false;
  if (Math.max(one.stroke, other.stroke) > strokeFactor * Math.min(one.stroke, other.stroke)) return false;
  if (b.x - (a.x + a.width) > widestGap * tall) return false;
  const shared = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (shared < inCommon * low) return false;
  return inkDistance(one.ink, other.ink) < sameInk * Math.min(one.contrast, other.contrast) + 6;
}

function rate(letters: readonly Letter[]): TextLine {
  const box = unionBoxes(letters.map((letter) => letter.box));
  const height = median(letters.map(({ box: own }) => own.height));
  // Letters that touch count by their strokes: about two a letter.
  const count = letters.reduce(
    (sum, { box: own, strokes }) => sum + (own.width > 1.6 * own.height ? strokes / 1.8 : 1),
    0,
  );
  const mean = (value: (letter: Letter) => number): number =>
    letters.reduce((sum, letter) => sum + value(letter), 0) / letters.length;
  const spread = (value: (letter: Letter) => number): number =>
    Math.sqrt(mean((letter) => (value(letter) - mean(value)) ** 2));
  const ink: Ink = [mean((letter) => letter.ink[0]), mean((letter) => letter.ink[1]), mean((letter) => letter.ink[2])];
  const contrast = mean((letter) => letter.contrast);
  const stroke = mean((letter) => letter.stroke);
  const facts: LineFacts = {
    letters: Math.log2(Math.min(count, 12)),
    contrast: Math.min(1, contrast / 120),
    even: mean((letter) => letter.even),
    sharp: mean((letter) => letter.sharp),
    strokeSpread: Math.min(1, spread((letter) => letter.stroke) / stroke),
    inkSpread: Math.min(1, mean((letter) => inkDistance(letter.ink, ink)) / contrast),
    offBaseline: Math.min(0.6, offBaseline(letters)),
    weight: Math.min(0.6, stroke / height),
    heightSpread: Math.min(1, spread(({ box: own }) => own.height) / height),
    single: letters.length > 1 ? 0 : 1,
    height: Math.min(1, height / 40),
  };
  const grain: Grain = {
    quality: mean(letterQuality),
    unevenStrokes: mean(({ strokeSpread }) => strokeSpread) + facts.strokeSpread,
    letters: facts.letters,
  };
  const isLine = count >= 2 && box.width >= 1.2 * height;
  return { box, score: isLine ? lineScore(facts) : 0, ink, facts, grain };
}

/** How far letters stray from a straight line, above or below, in heights; tall and small letters share one of the two. */
function offBaseline(letters: readonly Letter[]): number {
  if (letters.length < 2) return 0.1;
  const height = median(letters.map(({ box }) => box.height));
  const feet = strays(letters.map(({ box }) => [box.x + box.width / 2, box.y + box.height]));
  const heads = strays(letters.map(({ box }) => [box.x + box.width / 2, box.y]));
  return Math.min(feet, heads) / height;
}

/** Lines that climb more than this are not read as lines: 17 degrees. */
const steepest = 0.3;

/** Mean distance from the straight line through most of the points (Theil and Sen). */
function strays(points: readonly (readonly [x: number, y: number])[]): number {
  const slopes = points.flatMap(([x, y], index) =>
    points.slice(index + 1, index + 12).flatMap(([x2, y2]) => (Math.abs(x2 - x) > 1 ? [(y2 - y) / (x2 - x)] : [])),
  );
  const slope = slopes.length > 0 ? median(slopes) : 0;
  if (Math.abs(slope) > steepest) return Number.POSITIVE_INFINITY;
  const rests = points.map(([x, y]) => y - slope * x);
  const level = median(rests);
  return rests.reduce((sum, rest) => sum + Math.abs(rest - level), 0) / rests.length;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
