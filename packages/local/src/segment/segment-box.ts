import type { Pixels, Point } from '@atelier/sdk';
import { bestCut, type Target } from './best-cut.ts';
import { localModels } from './guided-filter.ts';
import { reduceColours, reducedSize } from './reduce-colours.ts';
import { refineEdge } from './refine-edge.ts';
import type { SegmentOutput } from './segment-message.ts';
import { sharpenShape } from './sharpen-shape.ts';

/** Longest side, in cells, of the picture in which the thing is found. */
const findingSide = 150;
/** It is larger for thin things, so that their box is at least this many cells across. */
const thinnest = 16;
/** Longest side, in cells, of the picture in which its outline is drawn. */
const drawingSide = 300;
/** Guided filter: radius in cells, and variance of colour that counts as noise (2.5 % of the range, squared). */
const radius = 3;
const epsilon = 0.025 ** 2;
/** Half width, in cells, of the band that is decided pixel by pixel. */
const band = 2;

/** Cuts the target out of the picture; undefined where nothing stands out from what surrounds it. */
export function segmentBox(
  pixels: Pixels,
  target: Target,
  report: (fraction: number) => void,
): SegmentOutput | undefined {
  const drawing = reducedSize(pixels, drawingSide);
  const fine = reduceColours(pixels, drawing.width, drawing.height);
  const scale = thinnest / Math.max(1, Math.min(target.box.width, target.box.height));
  const longest = Math.max(findingSide, Math.min(drawingSide, scale * Math.max(pixels.width, pixels.height)));
  const size = reducedSize(pixels, longest);
  const coarse = reduceColours(pixels, size.width, size.height);
  report(0.2);
  const best = bestCut(coarse, inCells(target, size.width / pixels.width, size.height / pixels.height), report);
  if (!best) return undefined;
  report(0.9);
  const shape = sharpenShape(fine, best.shape);
  const data = refineEdge(pixels, shape, localModels(fine, shape, radius, epsilon), band);
  report(1);
  const { support, agreement } = best.rating;
  return { box: { x: 0, y: 0, width: pixels.width, height: pixels.height }, data, score: support * agreement };
}

function inCells({ box, points, isLikely }: Target, across: number, down: number): Target {
  return {
    box: { x: box.x * across, y: box.y * down, width: box.width * across, height: box.height * down },
    points: points.map((point) => ({ ...point, x: point.x * across, y: point.y * down })),
    ...(isLikely && { isLikely: ({ x, y }: Point) => isLikely({ x: x / across, y: y / down }) }),
  };
}
