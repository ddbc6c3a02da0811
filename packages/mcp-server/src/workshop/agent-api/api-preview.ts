import { decodeImage, drawOverlay, inSlices, Mask, type Pixels, previewOf, type Size } from '@atelier/sdk/image';
import type { AgentClient } from '@atelier/server/client';
import type { PreviewFile, PreviewRequest } from '../workshop.ts';
import type { ApiPictures } from './api-pictures.ts';
import { withAtelierErrors } from './as-atelier-error.ts';

/** Widths that the API makes previews of, in pixels. */
const [narrowest, widest] = [16, 2048];
const usualSide = 768;

/**
 * A small copy, made from the API's own: the file itself is not fetched. A mask is tinted here, at that size. Throws `not-found`.
 */
export async function apiPreview(
  client: AgentClient,
  pictures: ApiPictures,
  id: string,
  { maxBytes, maxSide = usualSide, mask: maskId, signal }: PreviewRequest,
): Promise<PreviewFile> {
  const width = Math.min(Math.max(maxSide, narrowest), widest);
  const rle = maskId === undefined ? undefined : await pictures.mask(maskId, signal);
  return withAtelierErrors(async () => {
    const blob = await client.image(id, { width, signal });
    const small = await decodeImage(new Uint8Array(await blob.arrayBuffer()), { signal });
    const shown = rle === undefined ? small : await tinted(small, await shrink(Mask.fromRle(rle), small, signal));
    return previewOf(shown, { maxBytes, maxSide, signal });
  }, signal);
}

const tinted = async (pixels: Pixels, mask: Mask): Promise<Pixels> => ({
  width: pixels.width,
  height: pixels.height,
  data: await drawOverlay(pixels, [{ mask, label: '' }]),
});

/** Every pixel that holds a part of the mask is set: thin things must not get lost. */
async function shrink(mask: Mask, { width, height }: Size, signal: AbortSignal | undefined): Promise<Mask> {
  if (mask.width === width && mask.height === height) return mask;
  const data = new Uint8Array(width * height);
  const columns = Uint32Array.from({ length: mask.width }, (_, x) => Math.floor((x * width) / mask.width));
  const shrinkRows = (from: number, to: number): void => {
    for (let y = from; y < to; y++) {
      const row = Math.floor((y * height) / mask.height) * width;
      for (let x = 0; x < mask.width; x++) {
        if (mask.data[y * mask.width + x] !== 0) data[row + (columns[x] ?? 0)] = 1;
      }
    }
  };
  await inSlices(mask.height, shrinkRows, { signal });
  return new Mask(width, height, data);
}
