import type { Pixels } from '../../../image/pixels.ts';
import { inSlices } from '../../../image/slices.ts';

/** Pixels in which two pictures of one size differ, in any of the four channels. */
export async function countDifferent(one: Pixels, other: Pixels, signal?: AbortSignal): Promise<number> {
  const [before, after] = [one.data, other.data];
  let different = 0;
  const work = (from: number, to: number): void => {
    for (let at = from * one.width * 4; at < to * one.width * 4; at += 4) {
      const same =
        before[at] === after[at] &&
        before[at + 1] === after[at + 1] &&
        before[at + 2] === after[at + 2] &&
        before[at + 3] === after[at + 3];
      if (!same) different++;
    }
  };
  await inSlices(one.height, work, { signal });
  return different;
}
