import type { LabPlanes } from './lab-planes.ts';
import { type Patch, patchesOf, type Region, regionOf } from './region.ts';
import { segmentLabels, sortedEdges } from './segments.ts';

/** Smallest patch, in cells. */
const smallest = 50;
/** Largest share of the picture that a thing's patch takes. */
const largestShare = 0.6;
/** How much difference parts forgive: from fine to coarse. */
const scales = [0.5, 3];
/** Levels between the darkest and the lightest that the picture is cut at, and those of its two axes of colour. */
const lightnessLevels = 8;
const colourLevels = 4;
/** Share of a patch's box that may lie along the picture's edge before the patch counts as ground or as cut off. */
const edgeShare = 0.3;

/** Patches that may be things: of parts that hold together by colour, and above or below levels of lightness and colour. */
export function candidates(planes: LabPlanes): Region[] {
  const seen = new Set<string>();
  const found: Region[] = [];
  const edges = sortedEdges(planes);
  for (const scale of scales) {
    const labels = segmentLabels(edges, planes, { scale, smallest });
    for (const patch of partsOf(labels, planes)) keep(patch, labels);
  }
  const labels = new Int32Array(planes.width * planes.height);
  const above = new Uint8Array(labels.length);
  for (const [plane, levels] of [
    [planes.L, lightnessLevels],
    [planes.a, colourLevels],
    [planes.b, colourLevels],
  ] as const) {
    for (const level of levelsOf(plane, levels)) {
      for (let at = 0; at < above.length; at++) above[at] = (plane[at] ?? 0) >= level ? 1 : 0;
      for (const patch of patchesOf(above, planes, labels, { smallest })) keep(patch, labels);
    }
  }
  return found;

  /** The same patch at two levels is one. */
  function keep(patch: Patch, of: Int32Array): void {
    if (!isThing(patch, planes)) return;
    const { x, y, width, height } = patch.box;
    const key = [x, y, x + width, y + height, Math.round(20 * Math.log(patch.area))].join();
    if (seen.has(key)) return;
    seen.add(key);
    found.push(regionOf(of, planes.width, patch.label, patch.box, patch.area));
  }
}

/** Patches of cells that are set, that may be things. */
export function patchCandidates(set: Uint8Array, { width, height }: LabPlanes): Region[] {
  const labels = new Int32Array(width * height);
  return patchesOf(set, { width, height }, labels, { smallest, skipped: 0 })
    .filter((patch) => isThing(patch, { width, height }))
    .map((patch) => regionOf(labels, width, patch.label, patch.box, patch.area));
}

function isThing({ box, area }: Patch, size: { readonly width: number; readonly height: number }): boolean {
  if (area < smallest || Math.min(box.width, box.height) < 4) return false;
  if (box.width * box.height > largestShare * size.width * size.height) return false;
  const across = (box.y <= 0 ? 1 : 0) + (box.y + box.height >= size.height ? 1 : 0);
  const down = (box.x <= 0 ? 1 : 0) + (box.x + box.width >= size.width ? 1 : 0);
  return (across * box.width + down * box.height) / (2 * (box.width + box.height)) < edgeShare;
}

function partsOf(labels: Int32Array, { width }: LabPlanes): Patch[] {
  const parts = new Map<number, { left: number; right: number; top: number; bottom: number; area: number }>();
  for (let at = 0; at < labels.length; at++) {
    const label = labels[at] ?? 0;
    const x = at % width;
    const y = (at - x) / width;
    const part = parts.get(label);
    if (!part) parts.set(label, { left: x, right: x, top: y, bottom: y, area: 1 });
    else {
      part.left = Math.min(part.left, x);
      part.right = Math.max(part.right, x);
      part.bottom = y;
      part.area++;
    }
  }
  return [...parts].map(([label, { left, right, top, bottom, area }]) => ({
    label,
    area,
    box: { x: left, y: top, width: right - left + 1, height: bottom - top + 1 },
  }));
}

/** Even steps between the 2nd and the 98th hundredth; none where the plane is flat. */
function levelsOf(plane: Float32Array, count: number): readonly number[] {
  const sample = Float32Array.from(
    { length: 2000 },
    (_, index) => plane[Math.floor((index / 2000) * plane.length)] ?? 0,
  );
  sample.sort();
  const [low, high] = [sample[20] ?? 0, sample[1979] ?? 0];
  if (high - low < 0.03) return [];
  return Array.from({ length: count }, (_, index) => low + ((index + 0.5) / count) * (high - low));
}
