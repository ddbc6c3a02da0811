import { type Box, clipBox, growBox } from '../../image/geometry.ts';
import { loadSharp } from '../../image/load-sharp.ts';
import { Mask } from '../../image/mask.ts';
import { inSlices } from '../../image/slices.ts';
import { byteTable, translateBytes } from '../../image/translate.ts';

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

const fullWhereSet = byteTable((bit) => (bit ? 255 : 0));
const oneWhereAny = byteTable((weight) => (weight ? 1 : 0));
const fullFrom = (threshold: number): Uint8Array => byteTable((weight) => (weight >= threshold ? 255 : 0));
const doubled = byteTable((weight) => Math.min(255, weight * 2));

/** Grows, smooths and feathers a mask, looking at its surroundings only. Blurs run in libvips' threads. */
export async function shapeAlpha(mask: Mask, shape: AlphaShape): Promise<AlphaRegion | undefined> {
  if (!mask.bounds) return undefined;
  const reach = Math.ceil(shape.grow + 2 * shape.smooth + shape.feather) + 2;
  const box = clipBox(growBox(mask.bounds, reach), mask);
  if (!box) return undefined;
  let alpha: Uint8Array = await translateBytes(mask.crop(box).data, fullWhereSet);
  if (shape.smooth > 0) {
    const rounded = await translateBytes(await blur(alpha, box, shape.smooth), fullFrom(128));
    // A thing thinner than the smoothing would vanish; then it keeps its ragged outline.
    if (rounded.includes(255)) alpha = rounded;
  }
  // A blurred straight edge falls to 10 % at 1.28 sigma: thresholding there moves the outline out by `grow`.
  if (shape.grow > 0) alpha = await extend(alpha, await blur(alpha, box, shape.grow / 1.28), fullFrom(26));
  // Twice the outer half of a blurred edge: full inside, falling to 0 over `feather` pixels outside.
  if (shape.feather > 0) alpha = await extend(alpha, await blur(alpha, box, shape.feather / 2), doubled);
  return { box, alpha };
}

async function blur(data: Uint8Array, { width, height }: Box, sigma: number): Promise<Uint8Array> {
  // libvips refuses narrower blurs than 0.3. sharp has an order of its own for operations, so nothing else is chained here.
  const sharp = await loadSharp();
  const plane = sharp(data, { raw: { width, height, channels: 1 } }).toColourspace('b-w');
  return plane.blur(Math.max(0.3, sigma)).raw().toBuffer();
}

/** Full weight where there was any; elsewhere what the table makes of the blurred weight. */
async function extend(hard: Uint8Array, soft: Uint8Array, table: Uint8Array): Promise<Uint8Array> {
  const result = await translateBytes(soft, table);
  const chunk = 4096;
  await inSlices(Math.ceil(hard.length / chunk), (from, to) => {
    const end = Math.min(hard.length, to * chunk);
    for (let i = from * chunk; i < end; i++) if (hard[i]) result[i] = 255;
  });
  return result;
}

/** The weights as a mask of the box's size: set where the weight is not 0. */
export async function weightedMask(box: { width: number; height: number }, alpha: Uint8Array): Promise<Mask> {
  return new Mask(box.width, box.height, await translateBytes(alpha, oneWhereAny));
}

/** The mask of every pixel an edit may touch: where the weight is not 0. */
export async function editedMask(size: { width: number; height: number }, region: AlphaRegion): Promise<Mask> {
  return (await weightedMask(region.box, region.alpha)).placeOn(size, region.box.x, region.box.y);
}
