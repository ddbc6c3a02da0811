import { decodeImage } from '../../image/decode.ts';
import type { Size } from '../../image/geometry.ts';
import type { Image } from '../../image/image.ts';
import { OutputReader } from './outputs.ts';

/** What the sd3 model painted, of exactly the size that it was asked for. Throws `response-invalid` for anything else. */
export async function decodePainting(
  painted: Uint8Array,
  { width, height }: Size,
  model: string,
  signal: AbortSignal | undefined,
): Promise<Image> {
  const reader = new OutputReader(model, {});
  const picture = await decodeImage(painted, { maxPixels: width * height, signal }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw reader.refuse('an IMAGE that cannot be decoded', cause);
  });
  if (picture.width === width && picture.height === height) return picture;
  throw reader.refuse(`an IMAGE of ${picture.width} x ${picture.height} instead of ${width} x ${height}`);
}
