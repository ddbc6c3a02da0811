import type { Box, Point, PointPrompt, Size } from '@atelier/sdk';
import { openCv } from './open-cv.ts';
import type { FloatPlane, Plane } from './plane.ts';

/** Where the thing's outline is expected on the scale of locations; its middle is 0. */
const expectedOutline = 0.9;
/** Distances are measured against this share of the thing's longer side. */
const reach = 0.35;
/** A box that ends this close to the picture's edge, as a share of its own side, is taken to end there. */
const touching = 0.006;

/** The location of every cell of a grid. */
export function locationPlane({ width, height }: Size, locate: (place: Point) => number): FloatPlane {
  const data = new Float32Array(width * height);
  for (let y = 0, cell = 0; y < height; y++) {
    for (let x = 0; x < width; x++, cell++) data[cell] = locate({ x: x + 0.5, y: y + 0.5 });
  }
  return { width, height, data };
}

/**
 * Location by a box: 0 in its middle, 1 on the inscribed ellipse. On a side where the picture cuts it off the thing goes
 * on, so places there count as half as far.
 */
export function locationInBox(box: Box, cut: Sides): (place: Point) => number {
  const centreX = box.x + box.width / 2;
  const centreY = box.y + box.height / 2;
  const weight = (isCut: boolean) => (isCut ? 0.5 : 1);
  const [left, right, top, bottom] = [cut.left, cut.right, cut.top, cut.bottom].map(weight);
  return ({ x, y }) => {
    const across = ((x - centreX) / (box.width / 2)) * ((x < centreX ? left : right) ?? 1);
    const down = ((y - centreY) / (box.height / 2)) * ((y < centreY ? top : bottom) ?? 1);
    return Math.hypot(across, down);
  };
}

/** Something about each side of a box. */
export interface Sides {
  readonly left: boolean;
  readonly top: boolean;
  readonly right: boolean;
  readonly bottom: boolean;
}

/** On which sides the picture cuts off what is in the box. */
export function cutSides(box: Box, picture: Size): Sides {
  const nearX = touching * box.width;
  const nearY = touching * box.height;
  return {
    left: box.x <= nearX,
    top: box.y <= nearY,
    right: box.x + box.width >= picture.width - nearX,
    bottom: box.y + box.height >= picture.height - nearY,
  };
}

/** Location by a region that is likely the thing: `expectedOutline` on its outline, less inside, more outside. */
export function locationByRegion(region: Plane, side: number): FloatPlane {
  const inside = distances(region, 1);
  const outside = distances(region, 0);
  const data = inside.map((depth, cell) => {
    const away = (outside[cell] ?? 0) - depth;
    return Math.max(0, expectedOutline + away / (reach * side));
  });
  return { width: region.width, height: region.height, data };
}

/** For each cell of the given value, how far the nearest cell of the other value is; 0 for the others. */
function distances({ width, height, data }: Plane, value: number): Float32Array {
  const cv = openCv();
  const cells = cv.matFromArray(
    height,
    width,
    cv.CV_8UC1,
    data.map((bit) => (bit === value ? 1 : 0)),
  );
  const result = new cv.Mat();
  try {
    cv.distanceTransform(cells, result, cv.DIST_L2, cv.DIST_MASK_5);
    return Float32Array.from(result.data32F as Float32Array);
  } finally {
    cells.delete();
    result.delete();
  }
}

/** Lets points weigh in: near a point on the thing is near its middle, near one beside it is outside. */
export function withPoints(location: FloatPlane, points: readonly PointPrompt[], side: number): FloatPlane {
  if (points.length === 0) return location;
  const on = points.filter(({ positive }) => positive);
  const beside = points.filter(({ positive }) => !positive);
  const locate = (cell: number) => {
    const base = location.data[cell] ?? 0;
    const x = (cell % location.width) + 0.5;
    const y = Math.floor(cell / location.width) + 0.5;
    const near = on.length > 0 ? nearest(on, x, y) : (base * side) / 2;
    const far = beside.length > 0 ? nearest(beside, x, y) : reach * side;
    // Midway between a point on the thing and one beside it is where the outline is expected.
    return 0.4 * base + 0.6 * 2 * expectedOutline * (near / (near + far + 1e-6));
  };
  return { ...location, data: Float32Array.from(location.data, (_, cell) => locate(cell)) };
}

const nearest = (points: readonly Point[], x: number, y: number): number =>
  points.reduce((least, point) => Math.min(least, Math.hypot(point.x - x, point.y - y)), Number.POSITIVE_INFINITY);
