import type { PointPrompt } from '@atelier/sdk';
import { findComponents } from './components.ts';
import { openCv } from './open-cv.ts';
import type { FloatPlane, Plane } from './plane.ts';

/** Parts this much smaller than the largest one are dropped unless a point marks them. */
const smallestPart = 0.1;
/** Holes up to this share of the thing are its own markings; larger ones may show what is behind (a handle). */
const largestHole = 0.012;
/** In cells: wide enough to round off single cells, narrow enough to keep a spoon's handle. */
const smoothing = 1.2;

/** One thing out of a raw cut: stray parts dropped, small holes filled, outline smoothed. Points always keep their say. */
export function cleanShape(cut: Plane, location: FloatPlane, points: readonly PointPrompt[]): Plane {
  const kept = keepParts(cut, location, points);
  const filled = fillHoles(kept, points);
  return keepParts(fillHoles(smooth(filled), points), location, points);
}

function cellsOf({ width, height }: Plane, points: readonly PointPrompt[], positive: boolean): number[] {
  return points
    .filter((point) => point.positive === positive)
    .map(({ x, y }) => Math.min(height - 1, Math.floor(y)) * width + Math.min(width - 1, Math.floor(x)));
}

function keepParts(cut: Plane, location: FloatPlane, points: readonly PointPrompt[]): Plane {
  const { labels, areas } = findComponents(cut, 1);
  const marked = new Set(cellsOf(cut, points, true).map((cell) => labels[cell]));
  // Cells near the middle count more, so that a large leak at the rim does not outweigh the thing itself.
  const weights = new Float64Array(areas.length);
  for (let cell = 0; cell < labels.length; cell++) {
    const part = labels[cell] ?? 0;
    if (part) weights[part] = (weights[part] ?? 0) + Math.max(0.1, 1.2 - (location.data[cell] ?? 0));
  }
  const largest = Math.max(...weights.slice(1), 0);
  const keep = areas.map((_, part) => part > 0 && (marked.has(part) || (weights[part] ?? 0) >= smallestPart * largest));
  const data = new Uint8Array(labels.length);
  for (let cell = 0; cell < data.length; cell++) data[cell] = keep[labels[cell] ?? 0] ? 1 : 0;
  return { ...cut, data };
}

function fillHoles(shape: Plane, points: readonly PointPrompt[]): Plane {
  const area = shape.data.reduce((sum, bit) => sum + bit, 0);
  const { labels, areas, atRim } = findComponents(shape, 0);
  const marked = new Set(cellsOf(shape, points, false).map((cell) => labels[cell]));
  const fill = areas.map((hole, part) => part > 0 && !atRim[part] && !marked.has(part) && hole <= largestHole * area);
  return { ...shape, data: shape.data.map((bit, cell) => (bit || fill[labels[cell] ?? 0] ? 1 : 0)) };
}

function smooth(shape: Plane): Plane {
  const cv = openCv();
  const soft = cv.matFromArray(
    shape.height,
    shape.width,
    cv.CV_8UC1,
    shape.data.map((bit) => bit * 255),
  );
  try {
    // Replicated borders: a thing cut off by the picture's edge stays cut off straight.
    cv.GaussianBlur(soft, soft, new cv.Size(0, 0), smoothing, smoothing, cv.BORDER_REPLICATE);
    const levels: Uint8Array = soft.data;
    return { ...shape, data: levels.map((level) => (level >= 128 ? 1 : 0)) };
  } finally {
    soft.delete();
  }
}
