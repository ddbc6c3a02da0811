import type { Box } from '@atelier/sdk';
import { boxArea, iou } from '@atelier/sdk/image';
import { shareInside } from '../merge.ts';
import type { ReducedPicture } from '../reduce-picture.ts';
import { patchesOf } from '../shape/region.ts';
import { flatPatches } from './flat-patches.ts';
import { type Ink, type Letter, mayBeLetter, measureLetter } from './letters.ts';
import { linesOf } from './lines.ts';
import { halve, type OpponentPlanes, opponentPlanes } from './opponent-planes.ts';
import { type LineFacts, textScore } from './text-score.ts';
import { doubted, type Grain, isTexture } from './texture.ts';
import { unionBoxes } from './union-boxes.ts';

/** A line of text or a part of one, in cells of the picture looked at. */
export interface FoundText {
  readonly box: Box;
  readonly score: number;
  /** sRGB of its ink, 0..255 a channel. */
  readonly ink: readonly [red: number, green: number, blue: number];
}

/** What is seen at one size and level. */
interface Seen extends FoundText {
  readonly facts: LineFacts;
  readonly grain: Grain;
}

/** Scores of lines that are worth a second look, and of text that is told. */
const leastLine = 0.15;
const leastScore = 0.2;
/** Room around the letters, in shares of the line's height: dots and tails that are no patches of their own. */
const room = 0.12;
/** Two finds share this much of the smaller one's box: they are one line. */
const sameLine = 0.5;
/** Two finds of a line agree from this overlap (IoU) on. */
const sameBox = 0.6;
/** Lines from this score on are completed by pieces. */
const sure = 0.35;
/** Distance in sRGB within which two inks are one. */
const sameInk = 70;
type Channel = 'light' | 'redGreen' | 'blueYellow';
const channels: readonly Channel[] = ['light', 'redGreen', 'blueYellow'];
/** How often each channel is cut in two, for letters too small to have flat ink and for larger ones. */
const fineCuts: Readonly<Record<Channel, number>> = { light: 8, redGreen: 3, blueYellow: 3 };
const coarseCuts: Readonly<Record<Channel, number>> = { light: 5, redGreen: 2, blueYellow: 2 };
/** Share of the cells that count as stray at either end of a channel. */
const stray = 0.0005;
/** Grey levels by which neighbours in flat ink differ. */
const flatSteps = [7, 14];
/** Halvings of the picture that are looked at. */
const halvings = 3;

/**
 * Finds lines of text by what letters have in common: patches of one ink that stands out from its ground, of even stroke
 * and like height, side by side on a straight line (in the manner of Epshtein et al. 2010, and of Neumann and Matas 2012).
 */
export function findText(
  { rgb, width, height }: ReducedPicture,
  report: (share: number) => void = () => {},
): FoundText[] {
  let planes = opponentPlanes(rgb, width, height);
  const found: Seen[] = [];
  const pieces: Seen[] = [];
  for (let level = 0; level < halvings && Math.min(planes.width, planes.height) >= 16; level++) {
    if (level > 0) planes = halve(planes);
    const scale = 2 ** level;
    for (const letters of level === 0
      ? cutLetters(planes, fineCuts)
      : [...flatLetters(planes), ...cutLetters(planes, coarseCuts)]) {
      for (const { box, score, ink, facts, grain } of linesOf(letters)) {
        const line = { box: scaled(box, scale), score, ink: rgbOf(ink), facts, grain };
        (score >= leastLine ? found : pieces).push(line);
      }
    }
    report((level + 1) / halvings);
  }
  const lines = joinRepeats(found, width * height);
  const all = [...found, ...pieces].filter(({ grain }) => !isTexture(grain));
  const longer = lines.map((line) => (line.score >= sure ? { ...line, box: extended(line, all) } : line));
  return withoutInner(longer).map((line) => ({ ...line, box: roomier(line.box, { width, height }) }));
}

/** All letters at once, of any ink. */
function flatLetters(planes: OpponentPlanes): Letter[][] {
  const labels = new Int32Array(planes.width * planes.height);
  return flatSteps.map((step) => {
    const patches = flatPatches(planes, labels, { step, smallest: 10, largest: labels.length * 0.1 });
    return patches.filter(mayBeLetter).flatMap((patch) => measureLetter(planes, labels, patch) ?? []);
  });
}

/** Letters on either side of each level of a channel; small coloured ones differ from their ground in colour alone. */
function cutLetters(planes: OpponentPlanes, counts: Readonly<Record<Channel, number>>): Letter[][] {
  const labels = new Int32Array(planes.width * planes.height);
  const above = new Uint8Array(labels.length);
  return channels.flatMap((channel) =>
    levelsOf(planes[channel], counts[channel]).map((level) => {
      const plane = planes[channel];
      for (let at = 0; at < above.length; at++) above[at] = (plane[at] ?? 0) >= level ? 1 : 0;
      const patches = patchesOf(above, planes, labels, { smallest: 10 });
      return patches.filter(mayBeLetter).flatMap((patch) => measureLetter(planes, labels, patch) ?? []);
    }),
  );
}

/** Even steps between the least and the greatest value, but for a few stray cells; none where there is little between. */
function levelsOf(plane: Uint8Array, count: number): readonly number[] {
  const cells = new Uint32Array(256);
  for (const value of plane) cells[value] = (cells[value] ?? 0) + 1;
  const few = plane.length * stray;
  const reached = (values: readonly number[]): number => {
    let sum = 0;
    return (
      values.find((value) => {
        sum += cells[value] ?? 0;
        return sum > few;
      }) ?? 0
    );
  };
  const all = Array.from({ length: 256 }, (_, value) => value);
  const [low, high] = [reached(all), reached(all.toReversed())];
  if (high - low < 24) return [];
  return Array.from({ length: count }, (_, index) => low + ((index + 0.7) / (count + 0.4)) * (high - low));
}

function rgbOf([light, redGreen, blueYellow]: Ink): FoundText['ink'] {
  const [apart, blueApart] = [2 * (redGreen - 128), 2 * (blueYellow - 128)];
  // light = 0.299 r + 0.587 g + 0.114 b with r = g + apart and b = (r + g) / 2 + blueApart.
  const green = light - 0.299 * apart - 0.114 * (apart / 2 + blueApart);
  const byte = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));
  return [byte(green + apart), byte(green), byte(green + apart / 2 + blueApart)];
}

const scaled = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x * by,
  y: y * by,
  width: width * by,
  height: height * by,
});

function roomier({ x, y, width, height }: Box, size: { readonly width: number; readonly height: number }): Box {
  const by = room * height;
  const [left, top] = [Math.max(0, x - by), Math.max(0, y - by)];
  return {
    x: left,
    y: top,
    width: Math.min(size.width, x + width + by) - left,
    height: Math.min(size.height, y + height + by) - top,
  };
}

/**
 * The same line at several sizes and levels is one; what is seen of it is put together. Letters are patches of their own at
 * many levels, chance likenesses at one or two: the more often a line was seen, the surer it is.
 */
function joinRepeats(lines: readonly Seen[], cells: number): FoundText[] {
  const kept: { line: Seen; box: Box; times: number }[] = [];
  for (const line of lines.toSorted((a, b) => b.score - a.score)) {
    const better = kept.find((other) => areOne(other.line.box, line.box));
    if (!better) kept.push({ line, box: line.box, times: 1 });
    else {
      if (iou(better.line.box, line.box) > sameBox) better.times++;
      if (line.score > 0.5 * better.line.score && !isTexture(line.grain))
        better.box = grown(better.box, line.box, better.line.box);
    }
  }
  return kept
    .filter(({ line }) => !isTexture(line.grain))
    .map(({ line, box, times }) => ({
      box,
      ink: line.ink,
      score: doubted(textScore(line.facts, times), line.grain, boxArea(box) / cells),
    }))
    .filter(({ score }) => score >= leastScore)
    .sort((a, b) => b.score - a.score);
}

/** A sure line and what follows or precedes it in the same ink and height: words whose letters run together, single letters. */
function extended({ box, ink }: FoundText, pieces: readonly FoundText[]): Box {
  const alike = pieces.filter(
    (piece) =>
      Math.hypot(piece.ink[0] - ink[0], piece.ink[1] - ink[1], piece.ink[2] - ink[2]) < sameInk &&
      piece.box.height < 1.5 * box.height &&
      piece.box.height > 0.35 * box.height,
  );
  let whole = box;
  for (let goesOn = true; goesOn; ) {
    goesOn = false;
    for (const { box: piece } of alike) {
      if (shareInside(piece, whole) > 0.99 || !continues(whole, piece, box.height)) continue;
      const next = grown(whole, piece, box);
      goesOn ||= next !== whole;
      whole = next;
    }
  }
  return whole;
}

/** Steepest climb of a line that is made longer. */
const climb = 0.18;

/** A line's box with a piece of it; the box as it was where it would become too tall for the line that was first seen. */
function grown(whole: Box, piece: Box, first: Box): Box {
  const union = unionBoxes([whole, piece]);
  return union.height <= 1.4 * first.height + climb * (union.width - first.width) ? union : whole;
}

/** Beside the line or over its end, at its height. The box of a line that climbs is taller than its letters. */
function continues(line: Box, piece: Box, height: number): boolean {
  const gap = Math.max(piece.x - (line.x + line.width), line.x - (piece.x + piece.width));
  const shared = Math.min(line.y + line.height, piece.y + piece.height) - Math.max(line.y, piece.y);
  return gap < 0.7 * height && shared > 0.5 * Math.min(height, piece.height) && shared > 0.3 * piece.height;
}

/** Lines but those that lie inside a surer one. */
const withoutInner = (lines: readonly FoundText[]): readonly FoundText[] =>
  lines.filter((line, index) => !lines.slice(0, index).some((better) => shareInside(line.box, better.box) > sameLine));

const areOne = (one: Box, other: Box): boolean => Math.max(shareInside(one, other), shareInside(other, one)) > sameLine;
