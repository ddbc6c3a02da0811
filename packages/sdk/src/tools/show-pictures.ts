import type { FilePart, TextPart } from 'ai';
import type { Library } from '../assets/library.ts';
import type { Size } from '../image/geometry.ts';
import { Mask } from '../image/mask.ts';
import { drawOverlay } from '../image/overlay.ts';
import type { Pixels } from '../image/pixels.ts';
import { longestPreviewSide, type Preview, type PreviewOptions, previewOf } from '../image/preview.ts';
import { fitInside, resizePixels } from '../image/resize.ts';
import { inSlices } from '../image/slices.ts';

/** A preview of a picture by its id, with a mask drawn into it where one is named; undefined where there is none to show. */
export type ShowPicture = (image: string, mask?: string) => Promise<Preview | undefined>;

/**
 * Previews of the pictures that `open` gives access to. A picture that cannot be shown is left out: the words about it, which
 * go beside it, are what a run rests on.
 */
export const showPicturesOf =
  (open: () => Promise<{ readonly library: Library }>): ShowPicture =>
  async (id, maskId) => {
    try {
      const { library } = await open();
      return await previewById(library, id, { mask: maskId });
    } catch {
      return undefined;
    }
  };

export interface PreviewByIdOptions extends PreviewOptions {
  /** Id of a mask to tint in the picture. */
  readonly mask?: string | undefined;
}

/** A preview of a stored picture. Throws `not-found`. */
export async function previewById(library: Library, id: string, options: PreviewByIdOptions = {}): Promise<Preview> {
  const { mask: maskId, ...preview } = options;
  const image = await library.getImage(id, preview.signal);
  if (maskId === undefined) return previewOf(image, preview);
  const { mask } = await library.getMask(maskId);
  return previewOf(await withMask(image, mask, preview.maxSide ?? longestPreviewSide), preview);
}

/** The picture at preview size with the mask tinted: drawn at that size, because full-size drawing takes far longer. */
async function withMask(image: Pixels, mask: Mask, maxSide: number): Promise<Pixels> {
  const size = fitInside(image, maxSide);
  const small = await resizePixels(image, size);
  const shrunk = mask.width === size.width && mask.height === size.height ? mask : await shrink(mask, size);
  return { ...size, data: await drawOverlay(small, [{ mask: shrunk, label: '' }]) };
}

/** Every pixel that holds a part of the mask is set: thin things must not get lost. */
async function shrink(mask: Mask, { width, height }: Size): Promise<Mask> {
  const data = new Uint8Array(width * height);
  const columns = Uint32Array.from({ length: mask.width }, (_, x) => Math.floor((x * width) / mask.width));
  const shrinkRow = (y: number): void => {
    const row = Math.floor((y * height) / mask.height) * width;
    for (let x = 0; x < mask.width; x++) {
      if (mask.data[y * mask.width + x] !== 0) data[row + columns[x]] = 1;
    }
  };
  await inSlices(mask.height, (from, to) => {
    for (let y = from; y < to; y++) shrinkRow(y);
  });
  return new Mask(width, height, data);
}

/** A preview as a part of a message or of a tool's result, named by the picture's id. */
export const filePart = (id: string, { bytes, mediaType }: Preview) => ({
  type: 'file' as const,
  mediaType,
  data: { type: 'data' as const, data: bytes },
  filename: id,
});

/** A picture in a person's message: its id in words, then the preview. */
export const pictureParts = (id: string, preview: Preview): [TextPart, FilePart] => [
  { type: 'text', text: `[image ${id}, a small preview of it]` },
  filePart(id, preview),
];
