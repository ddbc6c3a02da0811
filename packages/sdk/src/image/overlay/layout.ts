import { type Box, boxArea, intersectBoxes, type Point, type Size } from '../geometry.ts';

/** Where each badge goes: beside its thing's upper left corner if it can, always inside the picture, apart from the others while there is room. */
export function placeBadges(picture: Size, badges: readonly { readonly size: Size; readonly thing: Box }[]): Point[] {
  const placed: Box[] = [];
  return badges.map(({ size, thing }) => {
    const best = choosePlace(picture, size, thing, placed);
    placed.push({ ...best, ...size });
    return best;
  });
}

function choosePlace(picture: Size, size: Size, thing: Box, placed: readonly Box[]): Point {
  let best: Point | undefined;
  let bestOverlap = Number.POSITIVE_INFINITY;
  for (const wanted of candidates(picture, size, thing)) {
    const place = clampInto(picture, size, wanted);
    const overlap = placed.reduce((sum, other) => sum + sharedArea({ ...place, ...size }, other), 0);
    if (overlap === 0) return place;
    if (overlap < bestOverlap) {
      best = place;
      bestOverlap = overlap;
    }
  }
  return best ?? { x: 0, y: 0 };
}

function* candidates(picture: Size, size: Size, thing: Box): Generator<Point> {
  const right = thing.x + thing.width;
  const bottom = thing.y + thing.height;
  if (thing.y >= size.height) yield { x: thing.x, y: thing.y - size.height };
  yield { x: thing.x, y: thing.y };
  if (thing.y >= size.height) yield { x: right - size.width, y: thing.y - size.height };
  yield { x: right - size.width, y: thing.y };
  yield { x: thing.x, y: bottom - size.height };
  yield { x: right - size.width, y: bottom - size.height };
  yield { x: thing.x, y: bottom };
  // Then anywhere, nearest to the corner first.
  const places: Point[] = [];
  const stepX = Math.max(1, Math.floor(size.width / 2), Math.ceil(picture.width / 64));
  const stepY = Math.max(1, Math.floor(size.height / 2), Math.ceil(picture.height / 64));
  for (let y = 0; y <= picture.height - size.height; y += stepY) {
    for (let x = 0; x <= picture.width - size.width; x += stepX) places.push({ x, y });
  }
  const distance = ({ x, y }: Point): number => Math.hypot(x - thing.x, y - thing.y);
  yield* places.sort((a, b) => distance(a) - distance(b));
}

const clampInto = (picture: Size, size: Size, at: Point): Point => ({
  x: Math.round(Math.max(0, Math.min(at.x, picture.width - size.width))),
  y: Math.round(Math.max(0, Math.min(at.y, picture.height - size.height))),
});

function sharedArea(a: Box, b: Box): number {
  const shared = intersectBoxes(a, b);
  return shared ? boxArea(shared) : 0;
}
