import type { Box, PointPrompt } from '@atelier/sdk';
import { label } from './grab-cut.ts';
import { emptyPlane, type FloatPlane, type Plane } from './plane.ts';

/** Boxes of detectors are a little off: a ring of this share of the box's longer side outside it may still be the thing. */
const ringShare = 0.1;
/** Points mark a disk of this share of the box's longer side. */
const diskShare = 0.015;

/** Sure background beyond the ring, probably the thing within the inscribed ellipse, sure around points. */
export function firstGuess(box: Box, points: readonly PointPrompt[], location: FloatPlane, extent: number): Plane {
  const { width, height } = location;
  const guess = emptyPlane(width, height);
  const side = Math.max(box.width, box.height);
  const ring = ringShare * side;
  for (let y = 0, cell = 0; y < height; y++) {
    const outside = y + 0.5 < box.y - ring || y + 0.5 > box.y + box.height + ring;
    for (let x = 0; x < width; x++, cell++) {
      const beyond = outside || x + 0.5 < box.x - ring || x + 0.5 > box.x + box.width + ring;
      const near = (location.data[cell] ?? 0) < extent;
      guess.data[cell] = beyond ? label.background : near ? label.probablyThing : label.probablyBackground;
    }
  }
  for (const point of points) drawDisk(guess, point, Math.max(1, diskShare * side));
  return guess;
}

function drawDisk({ width, height, data }: Plane, point: PointPrompt, radius: number): void {
  const value = point.positive ? label.thing : label.background;
  for (let y = Math.max(0, Math.floor(point.y - radius)); y <= Math.min(height - 1, point.y + radius); y++) {
    for (let x = Math.max(0, Math.floor(point.x - radius)); x <= Math.min(width - 1, point.x + radius); x++) {
      const holds = x === Math.floor(point.x) && y === Math.floor(point.y);
      if (holds || Math.hypot(x + 0.5 - point.x, y + 0.5 - point.y) <= radius) data[y * width + x] = value;
    }
  }
}
