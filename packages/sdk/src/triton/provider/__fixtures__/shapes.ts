import { encodeImage } from '../../../image/encode.ts';
import type { Pixels } from '../../../image/pixels.ts';

/** A coloured rectangle. Edges in pixels. */
export interface Patch {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly colour: readonly [red: number, green: number, blue: number, alpha?: number];
}

export const colours = {
  red: [220, 30, 30],
  green: [30, 170, 60],
  blue: [30, 60, 220],
  yellow: [240, 220, 40],
  orange: [245, 140, 20],
  purple: [130, 40, 160],
  grey: [200, 200, 200],
  black: [0, 0, 0],
  white: [255, 255, 255],
} as const;

/** Rectangles on a plain background, as the test models can see them. */
export function drawPatches(
  width: number,
  height: number,
  patches: readonly Patch[],
  background: Patch['colour'] = colours.grey,
): Pixels {
  const data = new Uint8Array(width * height * 4);
  for (const { x, y, width: w, height: h, colour } of [{ x: 0, y: 0, width, height, colour: background }, ...patches]) {
    const [red, green, blue, alpha = 255] = colour;
    for (let row = y; row < y + h; row++)
      for (let column = x; column < x + w; column++) data.set([red, green, blue, alpha], (row * width + column) * 4);
  }
  return { width, height, data };
}

export const toPng = async (pixels: Pixels): Promise<Uint8Array> =>
  (await encodeImage(pixels, { format: 'png' })).bytes;

/** Six kinds of things: an answer of about twenty words. */
export const crowd = (): Promise<Uint8Array> =>
  toPng(
    drawPatches(
      320,
      120,
      (['red', 'green', 'blue', 'yellow', 'orange', 'purple'] as const).map((name, index) => ({
        x: 10 + index * 50,
        y: 20,
        width: 40,
        height: 40,
        colour: colours[name],
      })),
    ),
  );
