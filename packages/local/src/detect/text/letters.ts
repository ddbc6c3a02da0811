import type { Box } from '@atelier/sdk';
import type { Patch } from '../shape/region.ts';
import type { OpponentPlanes } from './opponent-planes.ts';
import { strokeWidth } from './stroke-width.ts';

/** A colour in the channels of `OpponentPlanes`. */
export type Ink = readonly [light: number, redGreen: number, blueYellow: number];

/** A patch that may be a letter, or a few that touch. */
export interface Letter {
  readonly box: Box;
  /** Width of its strokes, in cells: twice its area by its outline. */
  readonly stroke: number;
  readonly ink: Ink;
  /** How far its ink is from the ground around it, in grey levels. */
  readonly contrast: number;
  /** 0..1: how even its ink is. */
  readonly even: number;
  /** 0..1: how sharp its outline is. */
  readonly sharp: number;
  /** Strokes crossed along its middle: about two a letter. */
  readonly strokes: number;
  /** Spread of the width of its strokes, as a share of it. */
  readonly strokeSpread: number;
  /** 0..1: share of the outline beyond which the ground begins. */
  readonly ringed: number;
  /** Spread of the ground, as a share of the contrast. */
  readonly groundSpread: number;
  /** Length of its strokes by the longer side of its box. */
  readonly tangle: number;
  readonly holes: number;
}

/** Heights of letters, in cells; larger ones are found in a smaller picture. */
const lowest = 7;
const highest = 90;
/** Longest run of letters that touch, in heights. */
const longestRun = 14;
const leastContrast = 20;

/** Whether a patch has the proportions of a letter or of a few. */
export function mayBeLetter({ box: { width, height }, area }: Patch): boolean {
  if (height < lowest || height > highest || width > longestRun * height || height > 10 * width) return false;
  const filled = area / (width * height);
  return filled > 0.08 && (filled < 0.93 || height > 2.2 * width);
}

/** Cells beyond the outline at which the ground is looked at: nearer ones are mixed with ink. */
const away = 3;

export function measureLetter(planes: OpponentPlanes, labels: Int32Array, patch: Patch): Letter | undefined {
  const { width, height } = planes;
  const { box, area, label } = patch;
  const inside: number[] = [];
  const ground: number[] = [];
  let outline = 0;
  let steps = 0;
  let stepCount = 0;
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      const at = y * width + x;
      if (labels[at] !== label) continue;
      let open = 0;
      for (const [dx, dy] of sides) {
        const next = at + dx + dy * width;
        if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height || labels[next] === label) continue;
        open++;
        const [farX, farY] = [x + away * dx, y + away * dy];
        if (farX < 0 || farX >= width || farY < 0 || farY >= height) continue;
        const far = farY * width + farX;
        if (labels[far] === label) continue;
        ground.push(far);
        steps += distance(planes, at, at + 2 * (dx + dy * width));
        stepCount++;
      }
      outline += open;
      if (open === 0) inside.push(at);
      else if (inside.length < 4) inside.push(at);
    }
  }
  const stroke = (2 * area) / outline;
  if (ground.length === 0 || stroke > 0.6 * box.height) return undefined;
  const ink = meanOf(planes, inside);
  const groundInk = meanOf(planes, ground);
  const contrast = inkDistance(ink, groundInk);
  if (contrast < leastContrast) return undefined;
  const spread = inside.reduce((sum, at) => sum + inkDistance(ink, inkAt(planes, at)), 0) / inside.length;
  let [apart, groundSum] = [0, 0];
  for (const at of ground) {
    const own = inkAt(planes, at);
    if (towards(ink, groundInk, own) > 0.5) apart++;
    groundSum += inkDistance(groundInk, own);
  }
  return {
    box,
    stroke,
    ink,
    contrast,
    even: Math.max(0, 1 - spread / contrast),
    sharp: Math.min(1.5, steps / stepCount / contrast),
    strokes: crossings(labels, width, patch),
    strokeSpread: strokeWidth(labels, width, patch).spread,
    ringed: apart / outline,
    groundSpread: Math.min(2, groundSum / ground.length / contrast),
    tangle: area / stroke / Math.max(box.width, box.height),
    holes: holesOf(labels, width, patch),
  };
}

/** Where a colour lies on the way from one to another, 0..1. */
function towards(from: Ink, to: Ink, own: Ink): number {
  const along = (ink: Ink): number =>
    (to[0] - from[0]) * (ink[0] - from[0]) +
    2.5 * (to[1] - from[1]) * (ink[1] - from[1]) +
    2.5 * (to[2] - from[2]) * (ink[2] - from[2]);
  return along(own) / along(to);
}

/** Holes by Euler's number of four-connected cells: blocks of 2 x 2 with one cell, with three, with two across (Gray 1971). */
function holesOf(labels: Int32Array, width: number, { box, label }: Patch): number {
  let sum = 0;
  const is = (x: number, y: number): number =>
    x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height && labels[y * width + x] === label
      ? 1
      : 0;
  for (let y = box.y - 1; y < box.y + box.height; y++) {
    let [left, below] = [0, 0];
    for (let x = box.x - 1; x < box.x + box.width; x++) {
      const [right, rightBelow] = [is(x + 1, y), is(x + 1, y + 1)];
      const cells = left + below + right + rightBelow;
      if (cells === 1) sum++;
      else if (cells === 3) sum--;
      else if (cells === 2 && left === rightBelow) sum += 2;
      left = right;
      below = rightBelow;
    }
  }
  return Math.max(0, 1 - sum / 4);
}
const sides = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

const inkAt = ({ light, redGreen, blueYellow }: OpponentPlanes, at: number): Ink => [
  light[at] ?? 0,
  redGreen[at] ?? 0,
  blueYellow[at] ?? 0,
];

/** Colour is halved in its channels, and counts double again. */
export const inkDistance = (one: Ink, other: Ink): number =>
  Math.sqrt((one[0] - other[0]) ** 2 + 2.5 * (one[1] - other[1]) ** 2 + 2.5 * (one[2] - other[2]) ** 2);

const distance = (planes: OpponentPlanes, one: number, other: number): number =>
  inkDistance(inkAt(planes, one), inkAt(planes, other));

function meanOf(planes: OpponentPlanes, cells: readonly number[]): Ink {
  const mean = (plane: Uint8Array): number => cells.reduce((sum, at) => sum + (plane[at] ?? 0), 0) / cells.length;
  return [mean(planes.light), mean(planes.redGreen), mean(planes.blueYellow)];
}

/** The most strokes that a row through the patch meets. */
function crossings(labels: Int32Array, width: number, { box, label }: Patch): number {
  let most = 0;
  for (const share of [0.3, 0.5, 0.7]) {
    const row = (box.y + Math.floor(box.height * share)) * width;
    let strokes = 0;
    let before = false;
    for (let x = box.x; x < box.x + box.width; x++) {
      const isInk = labels[row + x] === label;
      if (isInk && !before) strokes++;
      before = isInk;
    }
    most = Math.max(most, strokes);
  }
  return most;
}
