import { Image } from '@atelier/sdk/image';
import { pngOf } from './requests.ts';

/** A mask that is white all over. */
export async function wholeMask(width: number, height: number): Promise<Uint8Array> {
  return pngOf(await Image.fromPixels({ width, height, data: new Uint8Array(width * height * 4).fill(255) }));
}
