import { AtelierError } from '../errors/atelier-error.ts';
import { blendPixel } from './blend.ts';
import type { Point, Size } from './geometry.ts';
import type { Pixels } from './pixels.ts';
import { inSlices } from './slices.ts';

/**
 * A copy of `base` with `patch` blended in at the whole-pixel position `at`, pixel by pixel with the weight `alpha / 255`
 * (`alpha`: one byte per patch pixel). Where alpha is 0 the base's bytes stay as they are; where it is 255 the patch's are taken.
 * Alpha channels are blended too. The work is cut into short slices. Throws `invalid-input` when the patch does not lie inside the base.
 */
export async function compositeInto(
  base: Pixels,
  patch: Pixels,
  at: Point,
  alpha: Uint8Array,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  checkFit(base, patch, at, alpha);
  const result = new Uint8Array(base.data.length);
  await inSlices(
    base.height,
    (from, to) => {
      result.set(base.data.subarray(from * base.width * 4, to * base.width * 4), from * base.width * 4);
      const last = Math.min(to, at.y + patch.height);
      for (let y = Math.max(from, at.y); y < last; y++) blendRow(result, base, patch, alpha, at, y);
    },
    { signal },
  );
  return result;
}

function blendRow(result: Uint8Array, base: Pixels, patch: Pixels, alpha: Uint8Array, at: Point, y: number): void {
  const alphaStart = (y - at.y) * patch.width;
  const baseStart = (y * base.width + at.x) * 4;
  for (let x = 0; x < patch.width; x++) {
    const weight = alpha[alphaStart + x] ?? 0;
    if (weight === 0) continue;
    const target = baseStart + x * 4;
    const source = (alphaStart + x) * 4;
    if (weight === 255) {
      result[target] = patch.data[source] ?? 0;
      result[target + 1] = patch.data[source + 1] ?? 0;
      result[target + 2] = patch.data[source + 2] ?? 0;
      result[target + 3] = patch.data[source + 3] ?? 0;
    } else {
      blendPixel(result, target, base.data, target, patch.data, source, weight);
    }
  }
}

export interface ChangedPixels {
  /** Pixels that differ where alpha is 0 or beyond the patch. An honest edit has none. */
  readonly outside: number;
  /** Pixels that differ where alpha is above 0. */
  readonly inside: number;
}

/**
 * Counts the pixels of the whole picture in which `result` differs from `base`, apart by whether the patch of size `alphaSize`,
 * placed at `at` with the weights `alpha`, was allowed to change them. Any of the four channels counts, colour under alpha 0 too.
 */
export async function countChangedOutside(
  base: Pixels,
  result: Uint8Array,
  at: Point,
  alphaSize: Size,
  alpha: Uint8Array,
  signal?: AbortSignal,
): Promise<ChangedPixels> {
  checkFit(base, alphaSize, at, alpha);
  if (result.length !== base.data.length) {
    throw new AtelierError({
      code: 'invalid-input',
      message: 'Pictures of different sizes cannot be compared pixel by pixel.',
    });
  }
  const before = Buffer.from(base.data.buffer, base.data.byteOffset, base.data.length);
  let outside = 0;
  let inside = 0;
  const countRow = (y: number): void => {
    const start = y * base.width * 4;
    const end = start + base.width * 4;
    if (before.compare(result, start, end, start, end) === 0) return;
    const alphaRow = y >= at.y && y < at.y + alphaSize.height ? (y - at.y) * alphaSize.width : -1;
    for (let x = 0, pixel = start; x < base.width; x++, pixel += 4) {
      if (
        before[pixel] === result[pixel] &&
        before[pixel + 1] === result[pixel + 1] &&
        before[pixel + 2] === result[pixel + 2] &&
        before[pixel + 3] === result[pixel + 3]
      ) {
        continue;
      }
      const column = x - at.x;
      if (alphaRow >= 0 && column >= 0 && column < alphaSize.width && alpha[alphaRow + column] !== 0) inside++;
      else outside++;
    }
  };
  const work = (from: number, to: number): void => {
    for (let y = from; y < to; y++) countRow(y);
  };
  await inSlices(base.height, work, { signal });
  return { outside, inside };
}

function checkFit(base: Pixels, patch: Size, at: Point, alpha: Uint8Array): void {
  const whole = Number.isInteger(at.x) && Number.isInteger(at.y);
  if (!whole || at.x < 0 || at.y < 0 || at.x + patch.width > base.width || at.y + patch.height > base.height) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `A patch of ${patch.width} x ${patch.height} at (${at.x}, ${at.y}) does not lie inside a picture of ${base.width} x ${base.height}.`,
    });
  }
  if (alpha.length !== patch.width * patch.height) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `A patch of ${patch.width} x ${patch.height} takes as many alpha values; ${alpha.length} were given.`,
    });
  }
}
