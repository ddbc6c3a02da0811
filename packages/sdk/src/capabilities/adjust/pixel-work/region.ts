/** How the weights of a region lie in its crop. */
export interface RegionShape {
  /** Sum of the weights, in whole pixels. */
  readonly area: number;
  /** Side of the square with that area, pixels. */
  readonly side: number;
  /** True where the region holds most of the crop's edge, as a background or the whole picture does and a thing with a margin around it does not. */
  readonly surrounds: boolean;
}

export function regionShape(width: number, height: number, alpha: Uint8Array): RegionShape {
  let sum = 0;
  for (let index = 0; index < alpha.length; index++) sum += alpha[index];
  let edge = 0;
  for (let x = 0; x < width; x++) edge += alpha[x] + alpha[(height - 1) * width + x];
  for (let y = 0; y < height; y++) edge += alpha[y * width] + alpha[y * width + width - 1];
  return { area: sum / 255, side: Math.sqrt(sum / 255), surrounds: edge > 255 * (width + height) };
}
