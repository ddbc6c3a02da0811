import { type Box, boxCentre } from '../../image/geometry.ts';
import { inSlices } from '../../image/slices.ts';
import type { AlphaRegion } from '../shared/alpha.ts';

/**
 * A region that holds several things, as one region for each of them, cut to its own bounds: a pixel belongs to the thing whose
 * box it lies deepest in, or nearest to; where boxes are equal, to the first. Things of which nothing is in the region are left
 * out. Boxes are in pixels of the picture.
 */
export async function thingsApart(
  region: AlphaRegion,
  things: readonly Box[],
  signal?: AbortSignal,
): Promise<readonly AlphaRegion[]> {
  if (things.length < 2) return [region];
  const { owners, bounds } = await findOwners(region, things, signal);
  const parts: AlphaRegion[] = [];
  for (const [owner, found] of bounds.entries()) {
    if (found) parts.push(await cutOut(region, owners, owner, found, signal));
  }
  return parts;
}

interface Owners {
  /** The index of the thing that a pixel of the region belongs to; 0 also where the weight is 0. */
  readonly owners: Uint16Array;
  /** By thing, in pixels of the region; undefined for one that owns nothing. */
  readonly bounds: readonly (Bounds | undefined)[];
}

interface Bounds {
  left: number;
  top: number;
  /** Past the last. */
  right: number;
  bottom: number;
}

async function findOwners({ box, alpha }: AlphaRegion, things: readonly Box[], signal?: AbortSignal): Promise<Owners> {
  const owners = new Uint16Array(alpha.length);
  const bounds = things.map((): Bounds | undefined => undefined);
  const centres = things.map(boxCentre);
  const nearest = (x: number, y: number): number => {
    let [found, least] = [0, Number.POSITIVE_INFINITY];
    for (let index = 0; index < things.length; index++) {
      const across = Math.abs(x - centres[index].x) / things[index].width;
      const down = Math.abs(y - centres[index].y) / things[index].height;
      const distance = Math.max(across, down);
      if (distance < least) [found, least] = [index, distance];
    }
    return found;
  };
  const work = (from: number, to: number): void => {
    for (let row = from; row < to; row++) {
      for (let column = 0; column < box.width; column++) {
        const at = row * box.width + column;
        if (alpha[at] === 0) continue;
        const owner = nearest(box.x + column + 0.5, box.y + row + 0.5);
        owners[at] = owner;
        bounds[owner] = withPixel(bounds[owner], column, row);
      }
    }
  };
  await inSlices(box.height, work, { signal });
  return { owners, bounds };
}

/** Rows come from the top. */
function withPixel(bounds: Bounds | undefined, column: number, row: number): Bounds {
  if (!bounds) return { left: column, top: row, right: column + 1, bottom: row + 1 };
  if (column < bounds.left) bounds.left = column;
  if (column >= bounds.right) bounds.right = column + 1;
  bounds.bottom = row + 1;
  return bounds;
}

async function cutOut(
  { box, alpha }: AlphaRegion,
  owners: Uint16Array,
  owner: number,
  { left, top, right, bottom }: Bounds,
  signal?: AbortSignal,
): Promise<AlphaRegion> {
  const [width, height] = [right - left, bottom - top];
  const own = new Uint8Array(width * height);
  const work = (from: number, to: number): void => {
    for (let row = from; row < to; row++) {
      const start = (top + row) * box.width + left;
      for (let column = 0; column < width; column++) {
        if (owners[start + column] === owner) own[row * width + column] = alpha[start + column];
      }
    }
  };
  await inSlices(height, work, { signal });
  return { box: { x: box.x + left, y: box.y + top, width, height }, alpha: own };
}
