import type { PointPrompt, Size } from '@atelier/sdk';
import type { KnownCells } from './cut-shapes.ts';

/** Points mark a disk of this share of the thing's longer side. */
const diskShare = 0.015;

/** What the points say: 1 around those on the thing, -1 around those beside it. `side` is the thing's longer side. */
export function knownCells({ width, height }: Size, points: readonly PointPrompt[], side: number): KnownCells {
  const known = new Int8Array(width * height);
  const radius = Math.max(1, diskShare * side);
  for (const point of points) {
    for (let y = Math.max(0, Math.floor(point.y - radius)); y <= Math.min(height - 1, point.y + radius); y++) {
      for (let x = Math.max(0, Math.floor(point.x - radius)); x <= Math.min(width - 1, point.x + radius); x++) {
        const holds = x === Math.floor(point.x) && y === Math.floor(point.y);
        const near = Math.hypot(x + 0.5 - point.x, y + 0.5 - point.y) <= radius;
        if (holds || near) known[y * width + x] = point.positive ? 1 : -1;
      }
    }
  }
  return known;
}
