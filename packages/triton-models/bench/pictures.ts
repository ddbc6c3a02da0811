import { readFile } from 'node:fs/promises';
import { decodeImage, encodeImage, Image, resizePixels } from '@atelier/sdk/image';

const photos = new URL('../../../photos/', import.meta.url);

/** A shipped photograph in a size of one's own. */
export async function photo(
  name: string,
  width: number,
  height: number,
  format: 'jpeg' | 'png' = 'jpeg',
): Promise<Uint8Array> {
  const image = await decodeImage(new Uint8Array(await readFile(new URL(name, photos))));
  const resized = await Image.fromPixels(await resizePixels(image, { width, height }));
  return (await encodeImage(resized, { format })).bytes;
}

/** A PNG that is white in its middle, a quarter of the whole, and black around. */
export async function middleMask(width: number, height: number): Promise<Uint8Array> {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const inside = Math.abs(x - width / 2) < width / 4 && Math.abs(y - height / 2) < height / 4;
      data.set([inside ? 255 : 0, inside ? 255 : 0, inside ? 255 : 0, 255], (y * width + x) * 4);
    }
  }
  return (await encodeImage(await Image.fromPixels({ width, height, data }), { format: 'png' })).bytes;
}

/**
 * The same pixels in another file: a number behind the picture's end, which decoders do not read. So no cache knows it, and
 * decoding costs the same.
 */
export function variantOf(picture: Uint8Array, index: number): Uint8Array {
  const variant = new Uint8Array(picture.length + 8);
  variant.set(picture);
  new DataView(variant.buffer).setFloat64(picture.length, index);
  return variant;
}
