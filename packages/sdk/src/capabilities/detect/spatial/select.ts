import { boxCentre, iou, type Size } from '../../../image/geometry.ts';
import type { Detection } from '../contract.ts';
import {
  areaTolerance,
  distanceBetween,
  distanceFromCentre,
  distanceFromSide,
  logArea,
  placeTolerance,
} from './measure.ts';
import type { Side, SpatialSelector } from './parsed-phrase.ts';
import { pick } from './pick.ts';

export interface SelectContext {
  readonly size: Size;
  /** True where many are meant, or where another selector goes on choosing: sides then keep a half, not one. */
  readonly keepMany: boolean;
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
      return pick(detections, (each) => distanceFromSide(each, selector.from, size), selector.index, placeTolerance);
    case 'size': {
      const sign = selector.order === 'largest' ? -1 : 1;
      return pick(detections, (each) => sign * logArea(each), selector.index, Math.log(areaTolerance));
    }
    case 'middle':
      return selectMiddle(detections, size);
    case 'distance':
      return selectDistance(selector.order === 'nearest' ? 1 : -1, detections, context.anchorsOf(selector), context);
    case 'except':
      return withoutAnchors(detections, context.anchorsOf(selector));
    case 'relation':
      return selectRelation(selector.side, detections, context.anchorsOf(selector), context);
  }
}

/** A thing that is the only one of its kind is accepted on either side: people say "the left cup" of one cup, too. */
function selectSide(sides: readonly Side[], detections: readonly Detection[], { size, keepMany }: SelectContext) {
  if (keepMany) {
    return detections.filter((each) => sides.every((side) => distanceFromSide(each, side, size) <= half + 1e-9));
  }
  const distance = (each: Detection): number =>
    sides.reduce((sum, side) => sum + distanceFromSide(each, side, size), 0);
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
  return pick(others, (each) => sign * nearestDistance(each, anchors, context.size), 1, placeTolerance);
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
  return keepMany ? onSide : pick(onSide, (each) => nearestDistance(each, anchors, size), 1, placeTolerance);
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
