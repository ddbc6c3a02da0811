import { Mask } from '../../image/mask.ts';
import { inSlices } from '../../image/slices.ts';

/**
 * Every pixel whose centre lies within `radius` pixels of the centre of a set one: a dilation by a disc, exact, in time that
 * does not depend on the radius. Unlike a blurred and thresholded mask it keeps thin things.
 */
export async function growMask(mask: Mask, radius: number, signal?: AbortSignal): Promise<Mask> {
  const { width, height } = mask;
  const reach = Math.max(0, Math.floor(radius));
  const distances = await verticalDistances(mask, reach + 1, signal);
  // Half the length of the run that a set pixel so many rows away makes in this row.
  const halves = Array.from({ length: reach + 1 }, (_, rows) => Math.floor(Math.sqrt(radius ** 2 - rows ** 2)));
  const data = new Uint8Array(width * height);
  await inSlices(
    height,
    (from, to) => {
      const changes = new Int32Array(width + 1);
      for (let y = from; y < to; y++) {
        changes.fill(0);
        for (let x = 0; x < width; x++) {
          const rows = distances[y * width + x];
          if (rows > reach) continue;
          changes[Math.max(0, x - halves[rows])]++;
          changes[Math.min(width, x + halves[rows] + 1)]--;
        }
        for (let x = 0, runs = 0; x < width; x++) {
          runs += changes[x];
          if (runs > 0) data[y * width + x] = 1;
        }
      }
    },
    { signal },
  );
  return new Mask(width, height, data);
}

/** Rows to the nearest set pixel of the same column, at most `most`. */
async function verticalDistances(
  { width, height, data }: Mask,
  most: number,
  signal?: AbortSignal,
): Promise<Uint32Array> {
  const distances = new Uint32Array(width * height);
  const sweep = (y: number, before: number): void => {
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const known = before >= 0 && before < height ? distances[before * width + x] + 1 : most;
      distances[at] = data[at] === 0 ? Math.min(known, before < y ? most : distances[at]) : 0;
    }
  };
  await inSlices(
    height,
    (from, to) => {
      for (let y = from; y < to; y++) sweep(y, y - 1);
    },
    { signal },
  );
  await inSlices(
    height,
    (from, to) => {
      for (let y = height - 1 - from; y > height - 1 - to; y--) sweep(y, y + 1);
    },
    { signal },
  );
  return distances;
}
