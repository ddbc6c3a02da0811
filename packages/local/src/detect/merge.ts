import type { Box } from '@atelier/sdk';
import { boxArea, intersectBoxes, iou } from '@atelier/sdk/image';
import type { RawDetection } from './raw-detection.ts';

/** Two boxes of one label that share more than this (IoU) are the same thing. */
const sameThing = 0.5;
/** Share of a fragment that must lie inside a thing seen whole; a table cut by four tiles reaches far beyond its own box. */
const insideWhole = 0.35;
/** The same inside a larger fragment, which proves less. */
const insideFragment = 0.75;

/** A detection in picture pixels; `cut` is true where its tile's edge, not the picture's, ends its box. */
export interface TileDetection extends RawDetection {
  readonly cut: boolean;
}

/** One detection per thing, best first: what tiles cut off goes, then class by class the best of each overlapping set stays. */
export function mergeDetections(detections: readonly TileDetection[]): RawDetection[] {
  const whole = detections.filter((detection) => !detections.some((other) => isFragmentOf(detection, other)));
  const kept: TileDetection[] = [];
  for (const detection of whole.toSorted((a, b) => b.score - a.score)) {
    const repeats = kept.some((other) => other.thing === detection.thing && iou(other.box, detection.box) > sameThing);
    if (!repeats) kept.push(detection);
  }
  return kept.map(({ thing, score, box }) => ({ thing, score, box }));
}

/** Half a cup at the edge of one tile, where another tile sees the cup. A far weaker "whole" does not count. */
function isFragmentOf(detection: TileDetection, other: TileDetection): boolean {
  return (
    detection.cut &&
    other !== detection &&
    other.thing === detection.thing &&
    !(other.cut && boxArea(other.box) <= boxArea(detection.box)) &&
    other.score >= detection.score / 2 &&
    shareInside(detection.box, other.box) >= (other.cut ? insideFragment : insideWhole)
  );
}

/** Boxes of two labels that share more than this (IoU) are two names for one thing. */
const sameOutline = 0.8;

/** For "what is there?": of several names for one outline only the best. Expects and keeps the order, best first. */
export function bestNames(detections: readonly RawDetection[]): RawDetection[] {
  return detections.filter(
    (detection, index) => !detections.slice(0, index).some((better) => iou(better.box, detection.box) > sameOutline),
  );
}

/** The share of `box` that lies inside `other`, 0..1. */
export function shareInside(box: Box, other: Box): number {
  const overlap = intersectBoxes(box, other);
  return overlap ? boxArea(overlap) / boxArea(box) : 0;
}
