import type { Box, Point } from '@atelier/sdk';
import { findComponents } from './components.ts';
import { openCv } from './open-cv.ts';
import { type ColourPlane, emptyPlane } from './plane.ts';

/** Colour distances in CIE Lab (8 bit) that are tried, from a plain surface to one with strong shading. */
const tolerances = [6, 8, 11, 15, 20, 27, 36];
const smallestShare = 0.0008;
const largestShare = 0.45;

/**
 * The box of the thing that all the points are on, in cells. Around each point the region of similar colour is grown with rising
 * tolerance; the one that grows least at the next step is taken (the stability of maximally stable extremal regions,
 * Matas et al. 2002): a thing's own region stands still until it leaks into what surrounds it.
 */
export function boxFromPoints(colours: ColourPlane, points: readonly Point[]): Box {
  const lab = toLab(colours);
  const boxes = points.map((point) => stableRegion(lab, point));
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

function toLab(colours: ColourPlane): ColourPlane {
  const cv = openCv();
  const mat = cv.matFromArray(colours.height, colours.width, cv.CV_8UC3, colours.data);
  try {
    cv.medianBlur(mat, mat, 5);
    cv.cvtColor(mat, mat, cv.COLOR_RGB2Lab);
    return { ...colours, data: Uint8Array.from(mat.data as Uint8Array) };
  } finally {
    mat.delete();
  }
}

interface Region {
  readonly area: number;
  readonly box: Box;
}

function stableRegion(lab: ColourPlane, point: Point): Box {
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
  if (best) return best.region.box;
  // No region stands out: the surroundings of the point, a fifth of the picture's shorter side.
  const side = Math.min(lab.width, lab.height) / 5;
  const x = Math.max(0, point.x - side / 2);
  const y = Math.max(0, point.y - side / 2);
  return { x, y, width: Math.min(lab.width - x, side), height: Math.min(lab.height - y, side) };
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
  const { labels, areas } = findComponents(similar, 1);
  const own = labels[seed] ?? 0;
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let cell = 0; cell < labels.length; cell++) {
    if (labels[cell] !== own) continue;
    const x = cell % width;
    const y = (cell - x) / width;
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  return { area: areas[own] ?? 0, box: { x: left, y: top, width: right - left, height: bottom - top } };
}
