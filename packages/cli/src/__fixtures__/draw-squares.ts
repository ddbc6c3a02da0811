import { writeFile } from 'node:fs/promises';
import { encodeImage, type Image, type Mask } from '@atelier/sdk/image';

/** What the test models know as grey, red and green. */
const colours = { grey: [200, 200, 200], red: [220, 30, 30], green: [30, 170, 60] } as const;
const [width, height] = [160, 120];

/** Squares on grey, in pixels. */
export const redSquare = { x: 20, y: 30, width: 40, height: 40 };
export const greenSquare = { x: 110, y: 70, width: 30, height: 30 };

/** Writes a picture with both squares. */
export async function drawSquares(path: string): Promise<void> {
  const data = new Uint8Array(width * height * 4).fill(255);
  const paint = (colour: keyof typeof colours, area: typeof redSquare) => {
    for (let y = area.y; y < area.y + area.height; y++)
      for (let x = area.x; x < area.x + area.width; x++) data.set(colours[colour], 4 * (y * width + x));
  };
  paint('grey', { x: 0, y: 0, width, height });
  paint('red', redSquare);
  paint('green', greenSquare);
  await writeFile(path, (await encodeImage({ width, height, data }, { format: 'png' })).bytes);
}

/** Red, green and blue of one pixel. */
export const pixelAt = ({ data }: Image, x: number, y: number): number[] => [
  ...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3),
];

/** How many pixels differ, inside and outside the mask. */
export function countChanges(before: Image, after: Image, mask: Mask): { inside: number; outside: number } {
  const changed = { inside: 0, outside: 0 };
  for (let pixel = 0; pixel < width * height; pixel++) {
    const same = [0, 1, 2, 3].every((channel) => before.data[4 * pixel + channel] === after.data[4 * pixel + channel]);
    if (!same) changed[mask.data[pixel] ? 'inside' : 'outside']++;
  }
  return changed;
}
