import type { Box, Pixels, Point, PointPrompt } from '@atelier/sdk';
import { iou, Mask } from '@atelier/sdk/image';
import { cleanShape } from './clean-shape.ts';
import { placedColours } from './features.ts';
import { firstGuess } from './first-guess.ts';
import { grabCut } from './grab-cut.ts';
import { localModels } from './guided-filter.ts';
import { locationByRegion, locationInBox, locationPlane, withPoints } from './location.ts';
import { outlineSupport } from './outline-support.ts';
import type { ColourPlane, FloatPlane, Plane } from './plane.ts';
import { reduceColours, reducedSize } from './reduce-colours.ts';
import { refineEdge } from './refine-edge.ts';
import type { SegmentOutput } from './segment-message.ts';

/** Longest side, in cells, of the picture the thing is cut from. */
const workingSide = 280;
/** Cuts are started from these extents of the thing (as locations) and looked at after these rounds; the best is kept. */
const extents = [0.9, 1.05, 0.8];
const rounds = [1, 3];
/** The last extent is only tried where the best score so far is below this. */
const goodScore = 0.78;
/** Guided filter: radius in cells, and variance of colour that counts as noise (2.5 % of the range, squared). */
const radius = 3;
const epsilon = 0.025 ** 2;
/** Half width, in cells, of the band that is decided pixel by pixel. */
const band = 2;

/** Where the thing is thought to be, in pixels of the picture. */
export interface Target {
  readonly box: Box;
  readonly points: readonly PointPrompt[];
  /** Whether a place likely is on the thing. Without it the box is all there is to go by. */
  readonly isLikely?: (place: Point) => boolean;
}

/** Cuts the target out of the picture; undefined where nothing stands out from what surrounds it. */
export function segmentBox(
  pixels: Pixels,
  target: Target,
  report: (fraction: number) => void,
): SegmentOutput | undefined {
  const size = reducedSize(pixels, workingSide);
  const across = size.width / pixels.width;
  const down = size.height / pixels.height;
  const { box, points, isLikely } = target;
  const colours = reduceColours(pixels, size.width, size.height);
  const cells: Target = {
    box: { x: box.x * across, y: box.y * down, width: box.width * across, height: box.height * down },
    points: points.map((point) => ({ ...point, x: point.x * across, y: point.y * down })),
    ...(isLikely && { isLikely: ({ x, y }: Point) => isLikely({ x: x / across, y: y / down }) }),
  };
  report(0.2);
  const best = bestCut(colours, cells, report);
  if (!best) return undefined;
  const models = localModels(colours, best.shape, radius, epsilon);
  const data = refineEdge(pixels, best.shape, models, band);
  report(1);
  return { box: { x: 0, y: 0, width: pixels.width, height: pixels.height }, data, score: best.score };
}

interface Candidate {
  readonly shape: Plane;
  readonly score: number;
}

function bestCut(colours: ColourPlane, target: Target, report: (fraction: number) => void): Candidate | undefined {
  const { box, points } = target;
  const location = locationOf(target, colours);
  const features = placedColours(colours, location.data);
  let best: Candidate | undefined;
  try {
    for (const [index, extent] of extents.entries()) {
      if (index === extents.length - 1 && best && best.score >= goodScore) break;
      for (const cut of grabCut(features, firstGuess(box, points, location, extent), rounds)) {
        const shape = cleanShape(cut, location, points);
        const score = scoreOf(shape, colours, box);
        if (score > (best?.score ?? 0)) best = { shape, score };
      }
      report(0.2 + (0.7 * (index + 1)) / extents.length);
    }
  } finally {
    features.delete();
  }
  return best;
}

function locationOf({ box, points, isLikely }: Target, size: Plane): FloatPlane {
  const side = Math.max(box.width, box.height);
  if (!isLikely) return withPoints(locationPlane(size, locationInBox(box, size)), points, side);
  const region: Plane = {
    ...size,
    data: Uint8Array.from(locationPlane(size, (place) => (isLikely(place) ? 1 : 0)).data),
  };
  const location = locationByRegion(region, side);
  // The region has grown from the points on the thing already; only points beside it add to what is known.
  return points.every(({ positive }) => positive) ? location : withPoints(location, points, side);
}

/** How much of the outline is on visible edges, lowered where its bounds are not those of the box. */
function scoreOf(shape: Plane, colours: ColourPlane, box: Box): number {
  const found = new Mask(shape.width, shape.height, shape.data).bounds;
  return found ? outlineSupport(colours, shape) * iou(found, box) : 0;
}
