import type { Box, Image } from '@atelier/sdk';
import sharp from 'sharp';
import { decode } from './photo.ts';

export interface Writing {
  readonly text: string;
  /** Pixels. */
  readonly size: number;
  readonly colour: string;
  /** Where the base line begins. */
  readonly x: number;
  readonly y: number;
  /** Degrees, clockwise. */
  readonly turn?: number;
}

/** A picture with words on it, through JPEG, and the box of their ink; for tests. */
export async function writeOn(image: Image, writing: Writing): Promise<{ readonly image: Image; readonly ink: Box }> {
  const { width, height, data } = image;
  const { text, size, colour, x, y, turn = 0 } = writing;
  const svg = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><text x="${x}" y="${y}" transform="rotate(${turn} ${x} ${y})" font-family="sans-serif" font-size="${size}" fill="${colour}">${text}</text></svg>`,
  );
  const written = sharp(data, { raw: { width, height, channels: 4 } }).composite([{ input: svg }]);
  const layer = await sharp(svg).raw().toBuffer();
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let at = 0; at < width * height; at++) {
    if ((layer[4 * at + 3] ?? 0) < 128) continue;
    left = Math.min(left, at % width);
    right = Math.max(right, (at % width) + 1);
    top = Math.min(top, Math.floor(at / width));
    bottom = Math.max(bottom, Math.floor(at / width) + 1);
  }
  return {
    image: await decode(await written.removeAlpha().jpeg({ quality: 70 }).toBuffer()),
    ink: { x: left, y: top, width: right - left, height: bottom - top },
  };
}
