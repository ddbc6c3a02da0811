import { weightBounds } from './bounds.ts';

/** How the weights of a region lie in its crop. */
export interface RegionShape {
  /** Side of the square with the region's area, pixels. */
  readonly side: number;
  /** The shorter side of the box around the region, pixels; 0 for an empty region. */
  readonly shorter: number;
  /** True for a region around something: it holds most of the crop's edge and leaves out part of its middle. */
  readonly surrounds: boolean;
}

/** Smallest share of the crop that a thing in its middle takes. */
const smallestThing = 0.01;

export function regionShape(width: number, height: number, alpha: Uint8Array): RegionShape {
  let sum = 0;
  for (let index = 0; index < alpha.length; index++) sum += alpha[index];
  let edge = 0;
  for (let x = 0; x < width; x++) edge += alpha[x] + alpha[(height - 1) * width + x];
  for (let y = 0; y < height; y++) edge += alpha[y * width] + alpha[y * width + width - 1];
  const surrounds = edge > 255 * (width + height) && middleLeftOut(width, height, alpha) > smallestThing;
  const bounds = weightBounds(width, height, alpha);
  const shorter = bounds ? Math.min(bounds.right - bounds.left, bounds.bottom - bounds.top) : 0;
  return { side: Math.sqrt(sum / 255), shorter, surrounds };
}

/** Area left out within the middle three fifths of the crop, as a share of the crop. A face that fills its crop leaves out corners at most. */
function middleLeftOut(width: number, height: number, alpha: Uint8Array): number {
  let out = 0;
  for (let y = Math.floor(height * 0.2); y < height * 0.8; y++) {
    for (let x = Math.floor(width * 0.2); x < width * 0.8; x++) out += 255 - alpha[y * width + x];
  }
  return out / 255 / (width * height);
}
