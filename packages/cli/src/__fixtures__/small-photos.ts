import { readFile, writeFile } from 'node:fs/promises';
import { decodeImage, encodeImage, resizePixels } from '@atelier/sdk/image';
import { photo } from './run-cli.ts';

/** Writes a sample photo, reduced: what is not about many pixels takes half the time. Cups are still found at a width of 180. */
export async function writeSmall(path: string, name: string, width: number): Promise<void> {
  const original = await decodeImage(await readFile(photo(name)));
  const size = { width, height: Math.round((original.height * width) / original.width) };
  await writeFile(path, (await encodeImage(await resizePixels(original, size), { format: 'png' })).bytes);
}
