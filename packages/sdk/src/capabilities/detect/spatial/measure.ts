import { type Box, boxArea, boxCentre, type Size } from '../../../image/geometry.ts';
import type { Detection } from '../contract.ts';
import type { Side } from './parsed-phrase.ts';

/** Differences smaller than this share of the picture's width, height or diagonal are left to a person. */
export const placeTolerance = 0.03;
/** Areas nearer to each other than this ratio are left to a person: about 4 % in width and height. */
export const areaTolerance = 1.08;

/** How far a box's centre lies from a side of the picture, 0 (at it) .. 1 (at the other). */
export function distanceFromSide({ box }: Detection, side: Side, size: Size): number {
  const { x, y } = boxCentre(box);
  if (side === 'left') return x / size.width;
  if (side === 'right') return 1 - x / size.width;
  return side === 'top' ? y / size.height : 1 - y / size.height;
}

export const distanceFromCentre = ({ box }: Detection, size: Size): number => {
  const { x, y } = boxCentre(box);
  return Math.hypot(x / size.width - 0.5, y / size.height - 0.5);
};

/** Gap between two boxes and a tenth of the way between their centres, which decides where boxes touch; shares of the diagonal. */
export function distanceBetween(one: Box, other: Box, size: Size): number {
  const [a, b] = [boxCentre(one), boxCentre(other)];
  const gapX = Math.max(0, Math.abs(a.x - b.x) - (one.width + other.width) / 2);
  const gapY = Math.max(0, Math.abs(a.y - b.y) - (one.height + other.height) / 2);
  const between = Math.hypot(a.x - b.x, a.y - b.y);
  return (Math.hypot(gapX, gapY) + 0.1 * between) / Math.hypot(size.width, size.height);
}

/** Logarithm, so that a difference is a ratio. */
export const logArea = ({ box }: Detection): number => Math.log(Math.max(1e-9, boxArea(box)));

/** As a logarithm: of the area or, where it is said, of the height or width. */
export function logSize(detection: Detection, by: 'height' | 'width' | undefined): number {
  return by === undefined ? logArea(detection) : 2 * Math.log(Math.max(1e-9, detection.box[by]));
}

/** How near a thing stands to who looks: its lower edge, 0 (at the top of the picture) .. 1. */
export const nearness = ({ box }: Detection, size: Size): number => (box.y + box.height) / size.height;
