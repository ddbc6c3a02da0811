import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pixels } from '@atelier/sdk/image';
import sharp from 'sharp';
import { Random } from '../../src/remove/random.ts';
import { betterRival, type FilledCase, fillAll, type Method, score } from './fills.ts';

/** Which method is on which side of a sheet. */
export interface BlindKey {
  readonly A: Method;
  readonly B: Method;
}

const gap = 8;

/**
 * Writes one PNG a hole for a blind comparison: A on the left, the picture with its hole in the middle, B on the right.
 * A and B are our fill and the better rival's, on sides drawn by seed; `key.json` says which is which.
 */
export async function writeBlindSheet(folder: string, results?: readonly FilledCase[], seed = 11): Promise<void> {
  const filledCases = results ?? (await fillAll());
  const rival = betterRival(score(filledCases)).method;
  const random = new Random(seed);
  const key: Record<string, BlindKey> = {};
  await mkdir(folder, { recursive: true });
  for (const { fillCase, filled } of filledCases) {
    const sides: BlindKey = random.below(2) === 0 ? { A: 'ours', B: rival } : { A: rival, B: 'ours' };
    key[fillCase.name] = sides;
    const panels = [filled[sides.A], holed(fillCase.pixels, fillCase.hole), filled[sides.B]];
    await writePanels(join(folder, `${fillCase.name}.png`), panels, fillCase.pixels);
  }
  await writeFile(join(folder, 'key.json'), `${JSON.stringify(key, null, 2)}\n`);
}

function holed(pixels: Pixels, hole: Uint8Array): Uint8Array {
  const data = Uint8Array.from(pixels.data);
  for (let pixel = 0; pixel < hole.length; pixel++) if (hole[pixel] === 1) data.set([255, 0, 255, 255], pixel * 4);
  return data;
}

async function writePanels(path: string, panels: readonly Uint8Array[], size: Pixels): Promise<void> {
  const { width, height } = size;
  await sharp({
    create: { width: panels.length * width + (panels.length - 1) * gap, height, channels: 4, background: '#ffffff' },
  })
    .composite(
      panels.map((input, index) => ({
        input: Buffer.from(input),
        raw: { width, height, channels: 4 as const },
        left: index * (width + gap),
        top: 0,
      })),
    )
    .png()
    .toFile(path);
}
