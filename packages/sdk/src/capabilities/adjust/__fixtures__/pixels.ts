import type { Pixels } from '../../../image/pixels.ts';

type Rgba = readonly [red: number, green: number, blue: number, alpha?: number];

/** Pixels from a function of place; opaque unless it says otherwise. */
export function paint(width: number, height: number, colourAt: (x: number, y: number) => Rgba): Pixels {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue, alpha = 255] = colourAt(x, y);
      data.set([red, green, blue, alpha], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

/** One weight a pixel. */
export const weights = (width: number, height: number, weightAt: (x: number, y: number) => number): Uint8Array =>
  Uint8Array.from({ length: width * height }, (_, index) => weightAt(index % width, Math.floor(index / width)));

export const everywhere = ({ width, height }: Pixels): Uint8Array => new Uint8Array(width * height).fill(255);

export const at = ({ width, data }: Pixels, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];

export const withData = ({ width, height }: Pixels, data: Uint8Array): Pixels => ({ width, height, data });

/** A shaded ball of one colour, lit from the top left with a white highlight, on grey: like a thing in a photograph. */
export function ball(size: number, [red, green, blue]: Rgba): { pixels: Pixels; alpha: Uint8Array } {
  const radius = size * 0.4;
  const place = (x: number, y: number): [number, number] => [(x - size / 2) / radius, (y - size / 2) / radius];
  const inside = (x: number, y: number): boolean => Math.hypot(...place(x, y)) < 1;
  const pixels = paint(size, size, (x, y) => {
    if (!inside(x, y)) return [128, 128, 128];
    const [u, v] = place(x, y);
    const shade = 0.55 + 0.45 * (-u - v) * 0.7;
    const gloss = 200 * Math.exp(-((u + 0.4) ** 2 + (v + 0.4) ** 2) / 0.01);
    const channel = (value: number): number => Math.min(255, Math.round(value * shade + gloss));
    return [channel(red), channel(green), channel(blue)];
  });
  return { pixels, alpha: weights(size, size, (x, y) => (inside(x, y) ? 255 : 0)) };
}
