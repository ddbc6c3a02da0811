import { type Box, boxCentre } from '../../image/geometry.ts';
import { inSlices } from '../../image/slices.ts';

/**
 * The weights of a region that holds several things, one set for each of them: a pixel belongs to the thing whose box it lies
 * deepest in, or nearest to. Things of which nothing is in the region are left out. `box` is the region's; all in pixels of
 * the picture.
 */
export async function thingsApart(
  alpha: Uint8Array,
  box: Box,
  things: readonly Box[],
  signal?: AbortSignal,
): Promise<readonly Uint8Array[]> {
  if (things.length < 2) return [alpha];
  const parts = things.map(() => new Uint8Array(alpha.length));
  const centres = things.map(boxCentre);
  const work = (from: number, to: number): void => {
    for (let row = from; row < to; row++) {
      for (let column = 0; column < box.width; column++) {
        const at = row * box.width + column;
        if (alpha[at] === 0) continue;
        let [nearest, least] = [0, Number.POSITIVE_INFINITY];
        for (let index = 0; index < things.length; index++) {
          const { width, height } = things[index];
          const across = Math.abs(box.x + column + 0.5 - centres[index].x) / width;
          const down = Math.abs(box.y + row + 0.5 - centres[index].y) / height;
          const distance = Math.max(across, down);
          if (distance < least) [nearest, least] = [index, distance];
        }
        parts[nearest][at] = alpha[at];
      }
    }
  };
  await inSlices(box.height, work, { signal });
  return parts.filter((part) => part.some((weight) => weight > 0));
}
