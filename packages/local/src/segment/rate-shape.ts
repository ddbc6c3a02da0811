import type { Box } from '@atelier/sdk';
import { boxCentre, iou, Mask } from '@atelier/sdk/image';
import type { Sides } from './location.ts';
import { outlineSupport } from './outline-support.ts';
import type { ColourPlane, Plane } from './plane.ts';

/** How much each observation counts beside the support of the outline, which counts 1. Set on photographs. */
const weights = { bounds: 0.8, centre: 0.8, crowded: 0.6, reach: 0.8, round: 0.4 } as const;
/** Few things fill more of their box than this; what does is mostly something cut off by it. */
const fullest = 0.85;
/** A part may stick out of the box by this share of its side: detectors overlook handles and feet. */
const longestReach = 0.25;

/** An outline with less is made up. */
const leastSupport = 0.05;

export interface Rating {
  /** To choose between shapes of one box; its scale means nothing else. */
  readonly rank: number;
  /** The share of the outline that lies on a visible edge, 0..1. */
  readonly support: number;
  /** Overlap (IoU) of the shape's bounds with the box, 0..1. */
  readonly agreement: number;
  /** By how much of the box's side the shape sticks out on its third-most crossed side. */
  readonly overflow: number;
}

/**
 * How well a shape fits the picture and the box it was cut out for; undefined where it is empty or nothing supports it.
 * `cut` are the sides where the picture ends.
 */
export function rateShape(shape: Plane, colours: ColourPlane, box: Box, cut: Sides): Rating | undefined {
  const bounds = new Mask(shape.width, shape.height, shape.data).bounds;
  if (!bounds) return undefined;
  const { area, edges, centre } = measure(shape);
  const middle = boxCentre(box);
  const off = Math.hypot((centre.x - middle.x) / box.width, (centre.y - middle.y) / box.height);
  const reaches = [
    cut.left ? 0 : (box.x - bounds.x) / box.width,
    cut.top ? 0 : (box.y - bounds.y) / box.height,
    cut.right ? 0 : (bounds.x + bounds.width - box.x - box.width) / box.width,
    cut.bottom ? 0 : (bounds.y + bounds.height - box.y - box.height) / box.height,
  ].toSorted((a, b) => b - a);
  const support = outlineSupport(colours, shape);
  if (support < leastSupport) return undefined;
  const agreement = iou(bounds, box);
  const rank =
    support +
    weights.bounds * agreement -
    weights.centre * off -
    weights.crowded * Math.max(0, area / (box.width * box.height) - fullest) +
    weights.reach * Math.max(0, Math.min(longestReach, reaches[0] ?? 0)) -
    weights.round * Math.min(1.2, (4 * Math.PI * area) / (diagonalFactor * edges) ** 2);
  return { rank, support, agreement, overflow: Math.max(0, reaches[2] ?? 0) };
}

/** An outline along the cells' edges is longer than the curve it stands for. */
const diagonalFactor = 0.8;

function measure({ width, height, data }: Plane) {
  let [area, edges, x, y] = [0, 0, 0, 0];
  for (let row = 0, cell = 0; row < height; row++) {
    for (let column = 0; column < width; column++, cell++) {
      if (column + 1 < width && data[cell] !== data[cell + 1]) edges++;
      if (row + 1 < height && data[cell] !== data[cell + width]) edges++;
      if (!data[cell]) continue;
      area++;
      x += column + 0.5;
      y += row + 0.5;
    }
  }
  return { area, edges: Math.max(1, edges), centre: { x: x / area, y: y / area } };
}
