import { z } from 'zod';
import type { Pixels } from '../../../image/pixels.ts';
import type { PixelOperation } from '../operation.ts';
import { desaturatePhrasings } from '../phrasing/desaturate-phrasings.ts';
import {
  byteOfLinear,
  chromaOf,
  linearOfByte,
  linearOfOklab,
  oklabOfBytes,
  oklabOfLinear,
} from '../pixel-work/oklab.ts';

const parameters = z
  .object({
    amount: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe('How much of the colour goes, 0..1; 1 leaves black and white. Default 1.'),
  })
  .strict();

type DesaturateParameters = z.infer<typeof parameters>;

/** Chroma (OKLab) that no eye sees. */
const colourless = 0.004;
/** Share of the expected loss of chroma from which it happened, and the largest change of lightness that is none. */
const leastShare = 0.8;
const sameLightness = 0.01;

/** Pixels that are looked at: enough for a mean, few enough for the event loop. */
const compared = 60_000;

/** Weighted means over a region: chroma, and how much lightness differs between the two pictures. */
function compare(before: Pixels, after: Pixels, alpha: Uint8Array): { old: number; now: number; shift: number } {
  const { width, height } = before;
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / compared)));
  let [old, now, shift, sum] = [0, 0, 0, 0];
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const index = y * width + x;
      const weight = alpha[index];
      if (weight === 0) continue;
      const at = index * 4;
      const one = oklabOfBytes(before.data[at], before.data[at + 1], before.data[at + 2]);
      const other = oklabOfBytes(after.data[at], after.data[at + 1], after.data[at + 2]);
      old += weight * chromaOf(one);
      now += weight * chromaOf(other);
      shift += weight * Math.abs(one.L - other.L);
      sum += weight;
    }
  }
  const total = Math.max(1, sum);
  return { old: old / total, now: now / total, shift: shift / total };
}

export const desaturate: PixelOperation<DesaturateParameters> = {
  kind: 'pixels',
  name: 'desaturate',
  description:
    'Take the colour out of a region, to black and white or part of the way; every place keeps its perceived lightness.',
  parameters,
  example: { amount: 1 },
  phrasings: desaturatePhrasings,
  apply({ data }, { amount }, alpha) {
    const result = Uint8Array.from(data);
    for (let index = 0; index < alpha.length; index++) {
      if (alpha[index] === 0) continue;
      const at = index * 4;
      const { L, a, b } = oklabOfLinear([
        linearOfByte[data[at]],
        linearOfByte[data[at + 1]],
        linearOfByte[data[at + 2]],
      ]);
      if (amount === 1) {
        // Without a and b all three channels are the cube of the lightness.
        result.fill(Math.round(byteOfLinear(L ** 3)), at, at + 3);
        continue;
      }
      const [red, green, blue] = linearOfOklab({ L, a: a * (1 - amount), b: b * (1 - amount) });
      result[at] = Math.round(byteOfLinear(red));
      result[at + 1] = Math.round(byteOfLinear(green));
      result[at + 2] = Math.round(byteOfLinear(blue));
    }
    return result;
  },
  measure(before, after, { amount }, alpha) {
    const { old, now, shift } = compare(before, after, alpha);
    const gone = now <= colourless || old - now >= leastShare * amount * old;
    const evidence = `mean chroma ${old.toFixed(3)} before, ${now.toFixed(3)} after (OKLab), lightness within ${shift.toFixed(3)}`;
    return { done: amount > 0 && now < old && gone && shift <= sameLightness, evidence };
  },
};
