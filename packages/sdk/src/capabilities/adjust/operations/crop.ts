import { z } from 'zod';
import { type Box, clipBox, growBox, roundBoxOut } from '../../../image/geometry.ts';
import { cropPixels } from '../../../image/resize.ts';
import { countDifferent } from '../frame-work/count-different.ts';
import type { FrameOperation } from '../operation.ts';
import { cropPhrasings } from '../phrasing/crop-phrasings.ts';

const parameters = z
  .object({
    margin: z
      .number()
      .min(0)
      .max(3)
      .default(0.1)
      .describe('Room around the thing, as a share of its longer side, 0 to 3. Default 0.1.'),
  })
  .strict();

type CropParameters = z.infer<typeof parameters>;

const holds = (outer: Box, inner: Box): boolean =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  outer.x + outer.width >= inner.x + inner.width &&
  outer.y + outer.height >= inner.y + inner.height;

export const crop: FrameOperation<CropParameters> = {
  kind: 'frame',
  name: 'crop',
  description: 'Cut the picture down to a thing, with some room around it. The pixels that stay are not changed.',
  parameters,
  example: { margin: 0.2 },
  region: 'subject',
  phrasings: cropPhrasings,
  async frame({ image, parameters: { margin }, thing }) {
    const { width, height } = image;
    if (!thing) return { unchanged: 'there is no thing to crop to' };
    const room = margin * Math.max(thing.width, thing.height);
    const kept = clipBox(roundBoxOut(growBox(thing, room)), image) ?? thing;
    if (kept.width === width && kept.height === height)
      return { unchanged: 'the thing with its margin fills the picture: there is nothing to cut off' };
    return { frame: { angle: 0, crop: kept } };
  },
  async measure(before, after, { crop: kept }, { thing, signal }) {
    const fits = after.width === kept.width && after.height === kept.height;
    const changed = fits ? await countDifferent(cropPixels(before, kept), after, signal) : after.width * after.height;
    const whole = thing !== undefined && holds(kept, thing);
    const sizes = `${before.width} x ${before.height} cut down to ${after.width} x ${after.height} pixels`;
    const evidence = `${sizes}, ${changed} of them changed, ${whole ? 'the whole thing inside' : 'part of the thing cut off'}`;
    return { done: changed === 0 && whole, evidence };
  },
};
