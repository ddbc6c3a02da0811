import { unlessAborted } from '../../image/abort.ts';
import type { Box, Size } from '../../image/geometry.ts';
import { loadSharp } from '../../image/load-sharp.ts';
import { Mask } from '../../image/mask.ts';
import type { Pixels } from '../../image/pixels.ts';
import { cropPixels, resizePixels } from '../../image/resize.ts';
import { byteTable, translateBytes } from '../../image/translate.ts';

/** Stable Diffusion 3 works on patches of 2 x 2 latents of 8 x 8 pixels. */
const patch = 16;
/** Its training resolutions end at 1024, and below 512 its pictures fall apart. */
const longestSide = { least: 512, most: 1024 } as const;
/** Narrower strips show it too little to continue. */
const shortestSide = 256;

/** How a picture of any size lies on a canvas that the model can paint: scaled as a whole, in the middle, mirrored around. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Where the scaled picture lies, whole pixels. */
  readonly place: Box;
}

/**
 * The picture keeps its proportions and, where its longer side has 512 to 1024 pixels, its very pixels: only smaller ones
 * are enlarged and larger ones reduced. What is missing to multiples of 16 is added around it and cut off again.
 */
export function planCanvas({ width, height }: Size): Canvas {
  const longer = Math.max(width, height);
  const scale = Math.min(longestSide.most, Math.max(longestSide.least, longer)) / longer;
  const scaled = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const side = (length: number) => Math.max(shortestSide, Math.ceil(length / patch) * patch);
  const canvas = { width: side(scaled.width), height: side(scaled.height) };
  const x = Math.floor((canvas.width - scaled.width) / 2);
  const y = Math.floor((canvas.height - scaled.height) / 2);
  return { ...canvas, place: { x, y, ...scaled } };
}

/** The picture on its canvas; what lies around it is its own mirror image, so that no false edge is seen. */
export async function placePicture(pixels: Pixels, canvas: Canvas, signal: AbortSignal | undefined): Promise<Pixels> {
  const { width, height } = canvas;
  const scaled = await resizePixels(pixels, sizeOf(canvas.place), { signal });
  const data = await extend(scaled.data, 4, canvas, 'mirror', signal);
  return { width, height, data };
}

/** The mask on the same canvas, covering every pixel that it touches at the new size; nothing around the picture. */
export async function placeMask(mask: Mask, canvas: Canvas, signal: AbortSignal | undefined): Promise<Mask> {
  const { place } = canvas;
  const full = await translateBytes(mask.data, fullWhereSet, signal);
  const scaled =
    place.width === mask.width && place.height === mask.height ? full : await scalePlane(full, mask, place, signal);
  const covered = await translateBytes(await extend(scaled, 1, canvas, 'background', signal), oneWhereAny, signal);
  return new Mask(canvas.width, canvas.height, covered);
}

/** What was painted where the picture lies, at the picture's own size. */
export async function takeFromCanvas(
  painted: Pixels,
  canvas: Canvas,
  size: Size,
  signal: AbortSignal | undefined,
): Promise<Pixels> {
  return resizePixels(cropPixels(painted, canvas.place), sizeOf(size), { signal });
}

const fullWhereSet = byteTable((bit) => (bit ? 255 : 0));
const oneWhereAny = byteTable((value) => (value ? 1 : 0));
const sizeOf = ({ width, height }: Size): Size => ({ width, height });

async function scalePlane(
  data: Uint8Array,
  from: Size,
  to: Size,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const sharp = await loadSharp();
  const raw = { width: from.width, height: from.height, channels: 1 } as const;
  const work = sharp(data, { raw, limitInputPixels: false })
    .toColourspace('b-w')
    .resize({ width: to.width, height: to.height, fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
  return unlessAborted(work, signal);
}

async function extend(
  data: Uint8Array,
  channels: 1 | 4,
  { width, height, place }: Canvas,
  extendWith: 'mirror' | 'background',
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  if (width === place.width && height === place.height) return data;
  const sharp = await loadSharp();
  const raw = { width: place.width, height: place.height, channels };
  const picture = sharp(data, { raw, limitInputPixels: false });
  const edges = {
    left: place.x,
    top: place.y,
    right: width - place.width - place.x,
    bottom: height - place.height - place.y,
  };
  const work = (channels === 1 ? picture.toColourspace('b-w') : picture)
    .extend({ ...edges, extendWith, background: { r: 0, g: 0, b: 0, alpha: 1 } })
    .raw()
    .toBuffer();
  const extended = await unlessAborted(work, signal);
  return new Uint8Array(extended.buffer, extended.byteOffset, extended.length);
}
