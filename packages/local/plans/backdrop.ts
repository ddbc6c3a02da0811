import type { Pixels, Size } from '@atelier/sdk';

/** Deterministic grain, -1..1. */
export function grain(x: number, y: number, seed: number): number {
  let hash = Math.imul(x + 374761, 668265263) ^ Math.imul(y + 1274126, 2246822519) ^ Math.imul(seed + 1, 3266489917);
  hash = Math.imul(hash ^ (hash >>> 13), 1274126177);
  return ((hash ^ (hash >>> 16)) & 0xffff) / 0x7fff - 1;
}

/** The camera was not held quite level: the floor falls by this much a pixel, about two degrees. */
const slant = 0.036;
const wall = [206, 210, 212] as const;
const floor = [172, 160, 146] as const;

/** A wall and a floor, a little grained: what every scene stands in front of. */
export function paintBackdrop({ width, height }: Size): Pixels {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isWall = y < height * 0.62 + slant * (x - width / 2);
      const base = isWall ? wall : floor;
      const light = 1 + 0.05 * grain(x, y, 99) - (isWall ? 0.06 * (y / height) : 0);
      const at = (y * width + x) * 4;
      for (let channel = 0; channel < 3; channel++) data[at + channel] = Math.round(base[channel] * light);
      data[at + 3] = 255;
    }
  return { width, height, data };
}
