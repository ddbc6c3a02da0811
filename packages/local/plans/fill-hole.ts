import type { Image, Mask, Pixels } from '@atelier/sdk';
import { grain } from './backdrop.ts';

/** What the mask covers, in the mean colour of what lies just outside of it, grained. */
export function fillHole(image: Image, mask: Mask, seed: number): Pixels {
  const { width, height } = image;
  const middle = meanAround(image, mask);
  const data = Uint8Array.from(image.data);
  for (let at = 0; at < mask.data.length; at++) {
    if (!mask.data[at]) continue;
    const shade = 6 * grain(at % width, Math.floor(at / width), seed + 31);
    for (let channel = 0; channel < 3; channel++)
      data[at * 4 + channel] = Math.max(0, Math.min(255, Math.round(middle[channel] + shade)));
    data[at * 4 + 3] = 255;
  }
  return { width, height, data };
}

function meanAround({ width, height, data }: Image, mask: Mask): readonly number[] {
  const sum = [0, 0, 0];
  let count = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (mask.data[at] || data[at * 4 + 3] < 128 || !isNear(mask, x, y)) continue;
      for (let channel = 0; channel < 3; channel++) sum[channel] += data[at * 4 + channel];
      count++;
    }
  return sum.map((value) => (count > 0 ? value / count : 200));
}

const reach = 4;
const isNear = ({ width, height, data }: Mask, x: number, y: number): boolean =>
  (x >= reach && data[y * width + x - reach] === 1) ||
  (x + reach < width && data[y * width + x + reach] === 1) ||
  (y >= reach && data[(y - reach) * width + x] === 1) ||
  (y + reach < height && data[(y + reach) * width + x] === 1);
