import type { Box, Point } from '@atelier/sdk';
import { findComponents } from './components.ts';
import { openCv } from './open-cv.ts';
import { type ColourPlane, emptyPlane, type Plane } from './plane.ts';

/** Colour distances in CIE Lab (8 bit) that are tried, from a plain surface to one with strong shading. */
const tolerances = [6, 8, 11, 15, 20, 27, 36];
const smallestShare = 0.002;
const largestShare = 0.45;

export interface Region {
  /** 1 where the thing likely is. */
  readonly plane: Plane;
  readonly area: number;
  readonly box: Box;
}

/**
 * Where the thing under the points likely is, in cells. Around each point the region of similar colour is grown with
 * rising tolerance; the one that grows least at the next step is taken (the stability of maximally stable extremal
 * regions, Matas et al. 2002): a thing's own region stands still until it leaks into what surrounds it.
 */
export function regionFromPoints(colours: ColourPlane, points: readonly Point[]): Region {
  const lab = toLab(colours);
  const regions = points.map((point) => stableRegion(lab, point));
  const union = emptyPlane(lab.width, lab.height);
  for (const { plane } of regions) {
    for (let cell = 0; cell < union.data.length; cell++) if (plane.data[cell]) union.data[cell] = 1;
  }
  return measure(union);
}

function toLab(colours: ColourPlane): ColourPlane {
  const cv = openCv();
  const mat = cv.matFromArray(colours.height, colours.width, cv.CV_8UC3, colours.data);
  try {
    // Hair, fur and cloth are one surface only once their texture is gone.
    cv.medianBlur(mat, mat, 7);
    cv.cvtColor(mat, mat, cv.COLOR_RGB2Lab);
    return { ...colours, data: Uint8Array.from(mat.data as Uint8Array) };
  } finally {
    mat.delete();
  }
}

function stableRegion(lab: ColourPlane, point: Point): Region {
  const regions = tolerances.map((tolerance) => similarRegion(lab, point, tolerance));
  const total = lab.width * lab.height;
  let best: { region: Region; growth: number } | undefined;
  for (let index = 0; index + 1 < regions.length; index++) {
    const region = regions[index];
    const next = regions[index + 1];
    if (!region || !next || region.area < smallestShare * total || region.area > largestShare * total) continue;
    const growth = next.area / region.area;
    if (!best || growth < best.growth) best = { region, growth };
  }
  return best?.region ?? surroundingsOf(lab, point);
}

/** Where no region stands out: a disk around the point, a fifth of the picture's shorter side across. */
function surroundingsOf({ width, height }: ColourPlane, point: Point): Region {
  const plane = emptyPlane(width, height);
  const radius = Math.max(1.5, Math.min(width, height) / 10);
  for (let cell = 0; cell < plane.data.length; cell++) {
    const x = (cell % width) + 0.5;
    const y = Math.floor(cell / width) + 0.5;
    if (Math.hypot(x - point.x, y - point.y) <= radius) plane.data[cell] = 1;
  }
  return measure(plane);
}

function similarRegion(lab: ColourPlane, point: Point, tolerance: number): Region {
  const { width, height, data } = lab;
  const seed = Math.min(height - 1, Math.floor(point.y)) * width + Math.min(width - 1, Math.floor(point.x));
  const similar = emptyPlane(width, height);
  const offset = (cell: number, channel: number) => (data[cell * 3 + channel] ?? 0) - (data[seed * 3 + channel] ?? 0);
  for (let cell = 0; cell < similar.data.length; cell++) {
    // Shading changes lightness more than chroma within one thing.
    const distance = Math.hypot(offset(cell, 0) / 2, offset(cell, 1), offset(cell, 2));
    similar.data[cell] = distance <= tolerance ? 1 : 0;
  }
  const { labels } = findComponents(similar, 1);
  const own = labels[seed];
  return measure({ width, height, data: Uint8Array.from(labels, (label) => (label === own ? 1 : 0)) });
}

function measure(plane: Plane): Region {
  const { width, height, data } = plane;
  let [left, right, top, bottom, area] = [width, 0, height, 0, 0];
  for (let cell = 0; cell < data.length; cell++) {
    if (!data[cell]) continue;
    const x = cell % width;
    const y = (cell - x) / width;
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
    area++;
  }
  return { plane, area, box: { x: left, y: top, width: right - left, height: bottom - top } };
}
