import { compositeInto } from '../../../image/composite.ts';
import { encodeImage } from '../../../image/encode.ts';
import { type Box, boxArea, clipBox, growBox, type Size } from '../../../image/geometry.ts';
import type { Image } from '../../../image/image.ts';
import { Mask } from '../../../image/mask.ts';
import { cropPixels } from '../../../image/resize.ts';
import { byteTable, translateBytes } from '../../../image/translate.ts';
import { placeMask, placePicture, planCanvas, takeFromCanvas } from '../../backend/canvas.ts';
import { decodePainting } from '../../backend/decode-painting.ts';
import { encodeMaskPng } from '../../backend/mask-png.ts';

/** A picture and its mask as the model gets them, and the way back from what it painted. */
export interface PlacedEdit {
  /** WIDTH and HEIGHT. */
  readonly size: Size;
  /** IMAGE and MASK, as PNG of exactly that size. */
  readonly picture: { readonly image: Uint8Array; readonly mask: Uint8Array };
  /** The whole picture as PNG, with what was painted blended in by the weights: where they are 0, it stays as it is. */
  finish(painted: Uint8Array): Promise<Uint8Array>;
}

/**
 * Brings the surroundings of what may change to a size that the model takes, so that a small spot on a large photograph is
 * painted in full detail. `weights`: one byte a pixel, 0..255, how much of it may be repainted.
 */
export async function placeEdit(
  base: Image,
  weights: Uint8Array,
  modelId: string,
  signal: AbortSignal | undefined,
): Promise<PlacedEdit> {
  const mask = new Mask(base.width, base.height, await translateBytes(weights, oneWhereAny, signal));
  const box = surroundings(mask);
  const crop = cropPixels(base, box);
  const canvas = planCanvas(crop);
  const [image, selected] = await Promise.all([
    placePicture(crop, canvas, signal).then((placed) => encodeImage(placed, { format: 'png', signal })),
    placeMask(mask.crop(box), canvas, signal).then((placed) => encodeMaskPng(placed, signal)),
  ]);
  return {
    size: { width: canvas.width, height: canvas.height },
    picture: { image: image.bytes, mask: selected },
    finish: async (painted) => {
      const pixels = await decodePainting(painted, canvas, modelId, signal);
      const patch = await takeFromCanvas(pixels, canvas, box, signal);
      const data = await compositeInto(base, patch, box, cropWeights(weights, base, box), signal);
      return (await encodeImage({ width: base.width, height: base.height, data }, { format: 'png', signal })).bytes;
    },
  };
}

const oneWhereAny = byteTable((weight) => (weight ? 1 : 0));

/** What may change and enough around it to continue from and to match the light. */
function surroundings(mask: Mask): Box {
  const whole = { x: 0, y: 0, width: mask.width, height: mask.height };
  const { bounds } = mask;
  if (!bounds) return whole;
  const margin = Math.max(48, Math.round(0.6 * Math.sqrt(boxArea(bounds))));
  return clipBox(growBox(bounds, margin), mask) ?? whole;
}

function cropWeights(weights: Uint8Array, { width }: Size, box: Box): Uint8Array {
  const cropped = new Uint8Array(box.width * box.height);
  for (let row = 0; row < box.height; row++) {
    const start = (box.y + row) * width + box.x;
    cropped.set(weights.subarray(start, start + box.width), row * box.width);
  }
  return cropped;
}
