import { type Box, boxCentre, iou, type Size } from '../../../image/geometry.ts';
import type { Detection } from '../contract.ts';
import {
  areaTolerance,
  distanceBetween,
  distanceFromCentre,
  distanceFromSide,
  logArea,
  logSize,
  nearness,
  placeTolerance,
} from './measure.ts';
import type { Side, SpatialSelector } from './parsed-phrase.ts';
import { pick, pickFirst } from './pick.ts';

export interface SelectContext {
  readonly size: Size;
  /** True where many are meant, or where another selector goes on choosing: sides then keep a half, not one. */
  readonly keepMany: boolean;
  /** So many are meant: "the two on the left", "the first three". */
  readonly count?: number;
  /** What an anchor turned out to be; empty where it was not found. */
  anchorsOf(selector: SpatialSelector): readonly Detection[];
}

const half = 0.5;
/** Two boxes that overlap as much as this are one thing found twice, and nothing lies next to itself. */
const sameThing = 0.8;

/** Applies one selector; empty where nothing fits. */
export function select(
  selector: SpatialSelector,
  detections: readonly Detection[],
  context: SelectContext,
): readonly Detection[] {
  const { size } = context;
  switch (selector.kind) {
    case 'side':
      return selectSide(selector.sides, detections, context);
    case 'ordinal':
      return pickSo(
        detections,
        (each) => distanceFromSide(each, selector.from, size),
        selector.index,
        placeTolerance,
        context,
      );
    case 'size': {
      const sign = selector.order === 'largest' ? -1 : 1;
      const measure = (each: Detection): number => sign * logSize(each, selector.by);
      return pickSo(detections, measure, selector.index, Math.log(areaTolerance), context);
    }
    case 'middle':
      return selectMiddle(detections, size);
    case 'ends':
      return selectEnds(detections, size);
    case 'depth':
      return selectDepth(selector.order === 'front' ? -1 : 1, detections, context);
    case 'between':
      return selectBetween(detections, context.anchorsOf(selector), context);
    case 'distance':
      return selectDistance(selector.order === 'nearest' ? 1 : -1, detections, context.anchorsOf(selector), context);
    case 'except':
      return withoutAnchors(detections, context.anchorsOf(selector));
    case 'relation':
      return selectRelation(selector.side, detections, context.anchorsOf(selector), context);
  }
}

/** The one at a place in an order or, where several are meant, the first or last of it. */
function pickSo(
  detections: readonly Detection[],
  measure: (detection: Detection) => number,
  index: number,
  tolerance: number,
  { count }: SelectContext,
): readonly Detection[] {
  if (count === undefined) return pick(detections, measure, index, tolerance);
  const sign = index < 0 ? -1 : 1;
  return pickFirst(detections, (each) => sign * measure(each), count, tolerance);
}

function selectEnds(detections: readonly Detection[], size: Size): readonly Detection[] {
  const axis = rowAxis(detections, size) ?? 'left';
  const place = (each: Detection): number => distanceFromSide(each, axis, size);
  return [...new Set([1, -1].flatMap((index) => pick(detections, place, index, placeTolerance)))];
}

function selectDepth(sign: 1 | -1, detections: readonly Detection[], { size, keepMany, count }: SelectContext) {
  const measure = (each: Detection): number => sign * nearness(each, size);
  if (count !== undefined) return pickFirst(detections, measure, count, placeTolerance);
  if (!keepMany) return pick(detections, measure, 1, placeTolerance);
  const values = detections.map(measure);
  const halfway = (Math.min(...values) + Math.max(...values)) / 2;
  return detections.filter((each) => measure(each) <= halfway + 1e-9);
}

/** What lies between the outermost of the anchors, as they stand across or down the picture. */
function selectBetween(
  detections: readonly Detection[],
  anchors: readonly Detection[],
  { size, keepMany }: SelectContext,
): readonly Detection[] {
  if (anchors.length < 2) return [];
  const others = withoutAnchors(detections, anchors);
  const spread = (side: Side): readonly number[] => anchors.map((each) => distanceFromSide(each, side, size));
  const width = (side: Side): number => Math.max(...spread(side)) - Math.min(...spread(side));
  const axis = width('left') >= width('top') ? 'left' : 'top';
  const [from, to] = [Math.min(...spread(axis)), Math.max(...spread(axis))];
  const place = (each: Detection): number => distanceFromSide(each, axis, size);
  const inside = others.filter((each) => place(each) > from && place(each) < to);
  if (keepMany) return inside;
  const middle = (from + to) / 2;
  return pick(inside, (each) => Math.abs(place(each) - middle), 1, placeTolerance);
}

/** A thing that is the only one of its kind is accepted on either side: people say "the left cup" of one cup, too. */
function selectSide(
  sides: readonly Side[],
  detections: readonly Detection[],
  { size, keepMany, count }: SelectContext,
) {
  const distance = (each: Detection): number =>
    sides.reduce((sum, side) => sum + distanceFromSide(each, side, size), 0);
  if (count !== undefined) return pickFirst(detections, distance, count, placeTolerance * sides.length);
  if (keepMany) {
    return detections.filter((each) => sides.every((side) => distanceFromSide(each, side, size) <= half + 1e-9));
  }
  return pick(detections, distance, 1, placeTolerance * sides.length);
}

function selectMiddle(detections: readonly Detection[], size: Size): readonly Detection[] {
  const axis = rowAxis(detections, size);
  if (axis && detections.length >= 3 && detections.length % 2 === 1) {
    const place = (each: Detection): number => distanceFromSide(each, axis, size);
    return pick(detections, place, (detections.length + 1) / 2, placeTolerance);
  }
  return pick(detections, (each) => distanceFromCentre(each, size), 1, placeTolerance);
}

/** The side to count a row or column from; undefined where the things stand all over the place. */
function rowAxis(detections: readonly Detection[], size: Size): 'left' | 'top' | undefined {
  const spread = (side: Side): number => {
    const places = detections.map((each) => distanceFromSide(each, side, size));
    return Math.max(...places) - Math.min(...places);
  };
  const [across, down] = [spread('left') * size.width, spread('top') * size.height];
  if (across > 2 * down) return 'left';
  return down > 2 * across ? 'top' : undefined;
}

function selectDistance(
  sign: 1 | -1,
  detections: readonly Detection[],
  anchors: readonly Detection[],
  context: SelectContext,
) {
  const others = withoutAnchors(detections, anchors);
  if (anchors.length === 0) return [];
  return pickSo(others, (each) => sign * nearestDistance(each, anchors, context.size), 1, placeTolerance, context);
}

function selectRelation(
  side: Side,
  detections: readonly Detection[],
  anchors: readonly Detection[],
  context: SelectContext,
) {
  const { size, keepMany } = context;
  const onSide = withoutAnchors(detections, anchors).filter((each) =>
    anchors.some((anchor) => distanceFromSide(each, side, size) < distanceFromSide(anchor, side, size)),
  );
  if (keepMany) return onSide;
  // "above the car" is over it rather than beside it, where there is such a thing.
  const inLine = onSide.filter(({ box }) => anchors.some((anchor) => overlaps(box, anchor.box, side)));
  return pick(inLine.length > 0 ? inLine : onSide, (each) => nearestDistance(each, anchors, size), 1, placeTolerance);
}

const nearestDistance = ({ box }: Detection, anchors: readonly Detection[], size: Size): number =>
  Math.min(...anchors.map((anchor) => distanceBetween(box, anchor.box, size)));

const withoutAnchors = (detections: readonly Detection[], anchors: readonly Detection[]): readonly Detection[] =>
  detections.filter(({ box }) => anchors.every((anchor) => iou(box, anchor.box) < sameThing));

/** Highest score first, then left to right and top to bottom: the order of the input plays no part. */
export const inOrder = (detections: readonly Detection[]): Detection[] =>
  [...detections].sort((one, other) => {
    const [a, b] = [boxCentre(one.box), boxCentre(other.box)];
    return other.score - one.score || a.x - b.x || a.y - b.y || logArea(other) - logArea(one);
  });

/** Whether two boxes overlap across the way from one to the other. */
function overlaps(one: Box, other: Box, side: Side): boolean {
  return side === 'top' || side === 'bottom'
    ? one.x < other.x + other.width && other.x < one.x + one.width
    : one.y < other.y + other.height && other.y < one.y + one.height;
}
