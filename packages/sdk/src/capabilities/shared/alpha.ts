import sharp from 'sharp';
import { type Box, clipBox, growBox } from '../../image/geometry.ts';
import { Mask } from '../../image/mask.ts';

/** How a selected mask becomes the region that is really edited. Lengths in pixels. */
export interface AlphaShape {
  /** Extends the region outwards, over soft edges and contact shadows. 0 keeps it. */
  readonly grow: number;
  /** Rounds ragged outlines: the sigma of a blur that is thresholded in the middle. 0 keeps them. */
  readonly smooth: number;
  /** Width of the soft edge, outwards from the grown region. 0 makes a hard edge. */
  readonly feather: number;
}

/** A feathered region: one weight a pixel, 0..255, over a whole-pixel box of the image. Outside the box every weight is 0. */
export interface AlphaRegion {
  readonly box: Box;
  readonly alpha: Uint8Array;
}

/** Grows, smooths and feathers a mask. The work happens in libvips' threads, on the mask's surroundings only. */
export async function shapeAlpha(mask: Mask, shape: AlphaShape): Promise<AlphaRegion | undefined> {
  if (!mask.bounds) return undefined;
  const reach = Math.ceil(shape.grow + 2 * shape.smooth + shape.feather) + 2;
  const box = clipBox(growBox(mask.bounds, reach), mask);
  if (!box) return undefined;
  let alpha = mask.crop(box).data.map((bit) => (bit ? 255 : 0));
  if (shape.smooth > 0) alpha = (await blur(alpha, box, shape.smooth)).map((weight) => (weight >= 128 ? 255 : 0));
  if (shape.grow > 0) {
    // A blurred straight edge falls to 10 % at 1.28 sigma: thresholding there moves the outline out by `grow`.
    const spread = await blur(alpha, box, shape.grow / 1.28);
    alpha = alpha.map((weight, index) => (weight || spread[index] >= 26 ? 255 : 0));
  }
  if (shape.feather > 0) {
    const soft = await blur(alpha, box, shape.feather / 2);
    // Twice the outer half of the blurred edge: full inside, falling to 0 over `feather` pixels outside.
    alpha = alpha.map((weight, index) => (weight ? 255 : Math.min(255, soft[index] * 2)));
  }
  return { box, alpha };
}

async function blur(data: Uint8Array, box: Box, sigma: number): Promise<Uint8Array> {
  return sharp(data, { raw: { width: box.width, height: box.height, channels: 1 } })
    .blur(Math.max(0.3, sigma))
    .extractChannel(0)
    .raw()
    .toBuffer();
}

/** The mask of every pixel an edit may touch: where the weight is not 0. */
export function editedMask(size: { width: number; height: number }, region: AlphaRegion): Mask {
  return new Mask(
    region.box.width,
    region.box.height,
    region.alpha.map((weight) => (weight ? 1 : 0)),
  ).placeOn(size, region.box.x, region.box.y);
}
