import { type Box, boxArea, intersectBoxes, type Point, type Size } from '../geometry.ts';

/** A badge that found its place. */
interface Placed<Plan> {
  readonly plan: Plan;
  readonly at: Point;
}

/**
 * Where each badge goes: at a corner of its thing if it can, always inside the picture, and apart from the others while there is room.
 * `full` is preferred; where it would have to stray from its thing, `bare` is taken.
 */
export function placeBadges<Plan extends Size>(
  picture: Size,
  badges: readonly { readonly full: Plan; readonly bare: Plan; readonly thing: Box }[],
): Placed<Plan>[] {
  const taken: Box[] = [];
  const things = badges.map((badge) => badge.thing);
  return badges.map(({ full, bare, thing }) => {
    const placed = findFree(picture, full, corners(full, thing), taken, things) ??
      findFree(picture, bare, corners(bare, thing), taken, things) ??
      findFree(picture, bare, corners(bare, thing), taken) ??
      findFree(picture, bare, everywhere(picture, bare, thing), taken) ?? {
        plan: bare,
        at: clampInto(picture, bare, thing),
      };
    taken.push({ ...placed.at, width: placed.plan.width, height: placed.plan.height });
    return placed;
  });
}

function findFree<Plan extends Size>(
  picture: Size,
  plan: Plan,
  wanted: Iterable<Point>,
  taken: readonly Box[],
  things: readonly Box[] = [],
): Placed<Plan> | undefined {
  for (const place of wanted) {
    const at = clampInto(picture, plan, place);
    const box = { ...at, width: plan.width, height: plan.height };
    if (taken.some((other) => intersectBoxes(box, other)) || things.some((thing) => hides(box, thing))) continue;
    return { plan, at };
  }
  return undefined;
}

/** Whether a badge would lie over most of a small thing. */
function hides(badge: Box, thing: Box): boolean {
  const shared = intersectBoxes(badge, thing);
  return shared !== undefined && boxArea(shared) > boxArea(thing) / 2;
}

/** Above the thing, else inside its corners, else below or beside it. */
function* corners(size: Size, thing: Box): Generator<Point> {
  const right = thing.x + thing.width - size.width;
  const bottom = thing.y + thing.height - size.height;
  const hasRoomAbove = thing.y >= size.height;
  if (hasRoomAbove) yield { x: thing.x, y: thing.y - size.height };
  yield { x: thing.x, y: thing.y };
  if (hasRoomAbove) yield { x: right, y: thing.y - size.height };
  yield { x: right, y: thing.y };
  yield { x: thing.x, y: bottom };
  yield { x: right, y: bottom };
  yield { x: thing.x, y: thing.y + thing.height };
  yield { x: thing.x + thing.width, y: thing.y };
  yield { x: thing.x - size.width, y: thing.y };
}

/** A grid over the picture, nearest to the thing's corner first. */
function everywhere(picture: Size, size: Size, thing: Box): Point[] {
  const places: Point[] = [];
  const stepX = Math.max(1, Math.floor(size.width / 2), Math.ceil(picture.width / 64));
  const stepY = Math.max(1, Math.floor(size.height / 2), Math.ceil(picture.height / 64));
  for (let y = 0; y <= picture.height - size.height; y += stepY) {
    for (let x = 0; x <= picture.width - size.width; x += stepX) places.push({ x, y });
  }
  const distance = ({ x, y }: Point): number => Math.hypot(x - thing.x, y - thing.y);
  return places.sort((a, b) => distance(a) - distance(b));
}

const clampInto = (picture: Size, size: Size, at: Point): Point => ({
  x: Math.round(Math.max(0, Math.min(at.x, picture.width - size.width))),
  y: Math.round(Math.max(0, Math.min(at.y, picture.height - size.height))),
});
