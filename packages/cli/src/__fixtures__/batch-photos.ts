import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cropPixels, decodeImage, encodeImage, Mask, resizePixels } from '@atelier/sdk/image';
import { photo } from './run-cli.ts';

/** Size of the photos that `writeCrops` writes. */
export const cropSize = { width: 160, height: 120 };

/** Small photographs of one size: crops of a sample, each a little further to the right and down. */
export async function writeCrops(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const coffee = await decodeImage(await readFile(photo('coffee.png')));
  for (let number = 0; number < count; number++) {
    const cropped = await cropPixels(coffee, { x: number * 10, y: number * 5, width: 320, height: 240 });
    const { bytes } = await encodeImage(await resizePixels(cropped, cropSize), { format: 'png' });
    await writeFile(join(folder, `p${String(number).padStart(2, '0')}.png`), bytes);
  }
}

/** What the recipes of tests leave alone, in pixels of a crop. */
export const kept = { x: 10, y: 10, width: 40, height: 30 };

const brighten = { tool: 'adjust_image', operation: 'brighten', parameters: { amount: 0.2 }, region: 'everything' };
const blur = {
  tool: 'adjust_image',
  operation: 'blur',
  // By its pixels: a thing that is found or cut out first takes half a second a photo.
  target: { mask: Mask.fromBox(cropSize, { x: 30, y: 20, width: 60, height: 40 }).toRle() },
};

/** Writes a recipe that brightens everything, and blurs a place, but not the pixels of `kept`. */
export async function writeRecipe(path: string, steps: readonly object[] = [brighten, blur]): Promise<void> {
  const protect = [{ box: kept, size: cropSize }];
  await writeFile(path, JSON.stringify({ format: 'atelier-recipe', version: 1, protect, steps }));
}

export const steps = { brighten, blur };
