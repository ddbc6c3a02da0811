import type { Box, Point, PointPrompt } from '@atelier/sdk';
import { cleanShape } from './clean-shape.ts';
import { cutShapes } from './cut-shapes.ts';
import { knownCells } from './known-cells.ts';
import { linkCosts } from './link-costs.ts';
import { cutSides, locationByRegion, locationInBox, locationPlane, type Sides, withPoints } from './location.ts';
import type { CutCosts } from './minimum-cut.ts';
import type { ColourPlane, FloatPlane, Plane } from './plane.ts';
import { type Rating, rateShape } from './rate-shape.ts';
import { readScene, type Scene } from './scene.ts';

/** Where the thing is thought to be, in the units of the picture it is looked for in. */
export interface Target {
  readonly box: Box;
  readonly points: readonly PointPrompt[];
  /** Whether a place likely is on the thing. Without it the box is all there is to go by. */
  readonly isLikely?: (place: Point) => boolean;
}

export interface Candidate {
  readonly shape: Plane;
  readonly rating: Rating;
}

/** Locations at which the outline is looked for, the likeliest first. */
const extents = [0.9, 0.8, 1];
type Correction = readonly [left: number, top: number, right: number, bottom: number];
/**
 * How boxes of detectors tend to be wrong, as shares of their sides added left, top, right and bottom: not at all, short
 * of what hangs low (handles, feet), and too wide (an arm's length of background on both sides).
 */
const corrections: readonly Correction[] = [
  [0, 0, 0, 0],
  [0, 0, 0, 0.15],
  [0, 0, 0, 0.2],
  [-0.12, 0, -0.12, 0],
];
/** What sticks out of its box on three sides by this much is what the thing lies on: a saucer, a tray. */
const overflowing = 0.025;
/** Such a box is drawn in by this share on every side. */
const drawnIn: Correction = [-0.12, -0.12, -0.12, -0.12];

/**
 * The cut that fits best, out of many: the thing's box is taken as it is and corrected, its outline looked for closer and
 * wider. Undefined where nothing stands out.
 */
export function bestCut(
  colours: ColourPlane,
  target: Target,
  report: (fraction: number) => void,
): Candidate | undefined {
  const scene = readScene(colours);
  const search: Search = { scene, links: linkCosts(scene.lab, colours), cut: cutSides(target.box, colours) };
  report(0.3);
  const found = tryAll(search, target);
  report(0.6);
  const { box, points, isLikely } = target;
  const [plain] = found;
  // Points say more about what is meant than how a box is crossed.
  if (isLikely || points.length > 0 || !plain || plain.rating.overflow < overflowing) return best(found);
  return best(tryAll(search, { ...target, box: adjustBox(box, search.cut, drawnIn) }));
}

interface Search {
  readonly scene: Scene;
  readonly links: CutCosts['links'];
  readonly cut: Sides;
}

const best = (candidates: readonly Candidate[]): Candidate | undefined =>
  candidates.reduce<Candidate | undefined>(
    (leader, next) => (leader && leader.rating.rank >= next.rating.rank ? leader : next),
    undefined,
  );

function tryAll({ scene, links, cut }: Search, target: Target): Candidate[] {
  const { box, points, isLikely } = target;
  const known = knownCells(scene.colours, points, Math.max(box.width, box.height));
  const boxes = isLikely ? [box] : corrections.map((correction) => adjustBox(box, cut, correction));
  return boxes.flatMap((corrected) => {
    const location = locationOf({ ...target, box: corrected }, scene.colours, cut);
    return extents.flatMap((extent) =>
      cutShapes(scene, links, location, known, extent).flatMap((raw) => {
        const shape = cleanShape(raw, location, points);
        const rating = rateShape(shape, scene.colours, box, cut);
        return rating ? [{ shape, rating }] : [];
      }),
    );
  });
}

/** Moves every side outwards by a share of the box's own, but not where the picture ends. */
function adjustBox(box: Box, cut: Sides, [left, top, right, bottom]: Correction): Box {
  const x = box.x - (cut.left ? 0 : left * box.width);
  const y = box.y - (cut.top ? 0 : top * box.height);
  const end = box.x + box.width * (1 + (cut.right ? 0 : right));
  const foot = box.y + box.height * (1 + (cut.bottom ? 0 : bottom));
  return { x, y, width: end - x, height: foot - y };
}

function locationOf({ box, points, isLikely }: Target, size: Plane, cut: Sides): FloatPlane {
  const side = Math.max(box.width, box.height);
  if (!isLikely) return withPoints(locationPlane(size, locationInBox(box, cut)), points, side);
  const region: Plane = {
    ...size,
    data: Uint8Array.from(locationPlane(size, (place) => (isLikely(place) ? 1 : 0)).data),
  };
  const location = locationByRegion(region, side);
  // The region has grown from the points on the thing already; only points beside it add to what is known.
  return points.every(({ positive }) => positive) ? location : withPoints(location, points, side);
}
