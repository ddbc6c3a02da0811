import { z } from 'zod';

/** Continuous coordinates; the origin is the top-left corner of the upright image, and pixel i covers [i, i+1). Unit: pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Top-left corner and size in pixels, continuous coordinates. No other form of box exists outside a wire format. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const pointSchema = z.object({ x: z.number(), y: z.number() }).strict();
export const boxSchema = z
  .object({ x: z.number(), y: z.number(), width: z.number().positive(), height: z.number().positive() })
  .strict();

export const boxArea = (box: Box): number => Math.max(0, box.width) * Math.max(0, box.height);

export const boxCentre = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });

/** The overlap of two boxes, or undefined where they share no area. */
export function intersectBoxes(a: Box, b: Box): Box | undefined {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

/** Intersection over union, 0..1. */
export function iou(a: Box, b: Box): number {
  const overlap = intersectBoxes(a, b);
  if (!overlap) return 0;
  const shared = boxArea(overlap);
  // Rounding can carry the quotient of equal boxes a hair over 1.
  return Math.min(1, shared / (boxArea(a) + boxArea(b) - shared));
}

/** The part of `box` inside an image of the given size, or undefined when there is none. */
export const clipBox = (box: Box, size: Size): Box | undefined =>
  intersectBoxes(box, { x: 0, y: 0, width: size.width, height: size.height });

/** Grown by `margin` pixels on every side (negative shrinks), unclipped. */
export const growBox = (box: Box, margin: number): Box => ({
  x: box.x - margin,
  y: box.y - margin,
  width: box.width + 2 * margin,
  height: box.height + 2 * margin,
});

/** The smallest box with whole-pixel edges that covers `box`. */
export function roundBoxOut(box: Box): Box {
  const x = Math.floor(box.x);
  const y = Math.floor(box.y);
  return { x, y, width: Math.ceil(box.x + box.width) - x, height: Math.ceil(box.y + box.height) - y };
}
