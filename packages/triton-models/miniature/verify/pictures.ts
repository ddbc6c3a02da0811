import { readFile } from 'node:fs/promises';
import { type Image, Mask } from '@atelier/sdk';
import { decodeImage } from '@atelier/sdk/image';

export const readPicture = async (path: string): Promise<Image> => decodeImage(new Uint8Array(await readFile(path)));

/** A mask from a PNG: set where it is white. */
export async function readMask(path: string): Promise<Mask> {
  const { width, height, data } = await readPicture(path);
  const bits = Uint8Array.from({ length: width * height }, (_, index) => (data[4 * index] >= 128 ? 1 : 0));
  return new Mask(width, height, bits);
}
