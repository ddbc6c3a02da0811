import { createHash } from 'node:crypto';
import { encodeImage } from '../../image/encode.ts';
import type { Image } from '../../image/image.ts';
import { inSlices } from '../../image/slices.ts';

/** Formats that every model of the contracts can decode. */
const sentAsTheyAre: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp']);
const slice = 256 * 1024;

const pngs = new WeakMap<Image, Promise<Uint8Array>>();
const keys = new WeakMap<Image, Promise<string>>();

/**
 * A picture as it travels: the file's own bytes where they are upright, sRGB and of a format that all models read; else
 * PNG, made once for each picture.
 */
export function pictureBytes(image: Image): Promise<Uint8Array> {
  const { original } = image;
  if (original && sentAsTheyAre.has(original.mediaType)) return Promise.resolve(original.bytes);
  return remembered(pngs, image, async () => (await encodeImage(image, { format: 'png' })).bytes);
}

/** SHA-256 of these bytes in hexadecimal: the name of the picture in the cache of `sam`. Hashed in short slices. */
export function pictureKey(image: Image): Promise<string> {
  return remembered(keys, image, async () => {
    const bytes = await pictureBytes(image);
    const hash = createHash('sha256');
    await inSlices(Math.ceil(bytes.length / slice), (from, to) => {
      hash.update(bytes.subarray(from * slice, to * slice));
    });
    return hash.digest('hex');
  });
}

/** One piece of work for each picture. Nobody's signal may stop it, since others may wait for it too. */
function remembered<Value>(
  memory: WeakMap<Image, Promise<Value>>,
  image: Image,
  make: () => Promise<Value>,
): Promise<Value> {
  const known = memory.get(image);
  if (known) return known;
  const made = make();
  memory.set(image, made);
  made.catch(() => memory.delete(image));
  return made;
}
