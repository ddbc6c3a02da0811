import type { Pixels } from '@atelier/sdk/image';
import { halve, type Level } from '../level.ts';
import { Random } from '../random.ts';
import { type Edges, findEdges, withoutEllipse } from './edges.ts';
import { type Ellipse, scaled } from './ellipse.ts';
import { findEllipse } from './find-ellipse.ts';
import { refineEllipse } from './refine-ellipse.ts';
import { type Outline, settle } from './trace-rim.ts';

/** Outlines are looked for at these sizes of the longest side, in pixels; grain hides them at the finer. */
const searchSizes = [360, 180];
/** They are refined up to this size. */
const refineSize = 900;

/** Looked for one after the other, as something else may hide or cross the one that matters. */
const mostOutlines = 3;

/** Outlines that the hole interrupts, those with most evidence first; none where there is no strong evidence of one. */
export function* findOutlines(pixels: Pixels, hole: Uint8Array, seed: number): Generator<Outline, void> {
  const levels: Level[] = [{ ...pixels, colour: pixels.data, hole, blocked: hole }];
  for (let level = levels[0]; Math.max(level.width, level.height) > 180 && levels.length < 8; ) {
    level = halve(level);
    levels.push(level);
  }
  for (const size of searchSizes) {
    const index = levels.findIndex((level) => Math.max(level.width, level.height) <= size);
    if (index < 0) continue;
    const { width, height, colour, hole: hidden } = levels[index];
    let edges = findEdges(colour, hidden, width, height);
    for (let count = 0; count < mostOutlines; count++) {
      const found = findEllipse(edges, hidden, new Random(seed));
      if (found === undefined) break;
      yield refine(levels, index, edges, found.ellipse);
      edges = withoutEllipse(edges, found.ellipse);
    }
  }
}

/** Follows an outline up to the finest useful level. */
function refine(levels: readonly Level[], index: number, coarse: Edges, start: Ellipse): Outline {
  let edges = coarse;
  let ellipse = start;
  let finest = index;
  while (finest > 0 && Math.max(levels[finest - 1].width, levels[finest - 1].height) <= refineSize) {
    finest--;
    const { colour, hole, width, height } = levels[finest];
    edges = findEdges(colour, hole, width, height);
    ellipse = refineEllipse(edges, scaled(ellipse, 2), 3);
  }
  const outline = settle(edges, ellipse);
  return { ...outline, ellipse: scaled(outline.ellipse, 2 ** finest) };
}
