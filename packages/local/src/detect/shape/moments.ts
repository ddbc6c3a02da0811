import type { Region } from './region.ts';

/** Place and spread of a patch. */
export interface Moments {
  readonly x: number;
  readonly y: number;
  /** The symmetric root of the covariance: maps the patch's own, round frame to picture cells. */
  readonly root: readonly [xx: number, xy: number, yy: number];
  /** Longer axis / shorter axis of the ellipse of the same spread. */
  readonly aspect: number;
}

export function momentsOf({ box, mask, area }: Region): Moments {
  let [sumX, sumY, sumXX, sumXY, sumYY] = [0, 0, 0, 0, 0];
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      if (!mask[y * box.width + x]) continue;
      sumX += x;
      sumY += y;
      sumXX += x * x;
      sumXY += x * y;
      sumYY += y * y;
    }
  }
  const [meanX, meanY] = [sumX / area, sumY / area];
  // A cell is a square of its own: a twelfth of its side squared on top of the spread of centres.
  const xx = sumXX / area - meanX ** 2 + 1 / 12;
  const yy = sumYY / area - meanY ** 2 + 1 / 12;
  const xy = sumXY / area - meanX * meanY;
  const determinant = Math.sqrt(Math.max(1e-9, xx * yy - xy * xy));
  const trace = Math.sqrt(xx + yy + 2 * determinant);
  const spread = Math.hypot((xx - yy) / 2, xy);
  const [long, short] = [(xx + yy) / 2 + spread, (xx + yy) / 2 - spread];
  return {
    x: box.x + meanX + 0.5,
    y: box.y + meanY + 0.5,
    root: [(xx + determinant) / trace, xy / trace, (yy + determinant) / trace],
    aspect: Math.sqrt(long / Math.max(1e-9, short)),
  };
}
