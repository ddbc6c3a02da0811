import type { LabPlanes } from './lab-planes.ts';
import { ramp } from './name-outline.ts';
import type { Region } from './region.ts';

/** Cells inside and outside the outline that are compared. */
const stepAway = 3;
/** Median difference (OKLab) across an outline that nobody sees, and from which everybody does. */
const invisible = 0.025;
const plain = 0.07;

/** What is seen along an outline and inside it. */
export interface EdgeRating {
  /** 0..1: whether the outline stands out, all the way around. */
  readonly clear: number;
  /** 0..1: whether the inside is one paint, however lit. */
  readonly even: number;
}

/** Compares colours across the outline, and those inside with a smooth change of light. */
export function rateEdge(planes: LabPlanes, region: Region): EdgeRating {
  const places = outlinePlaces(planes, region);
  if (places.length === 0) return { clear: 0, even: 0 };
  const differences = places.map(({ at }) => differenceOf(planes, at(1 - stepAway), at(stepAway)));
  const median = medianOf(differences);
  const visible = differences.filter((difference) => difference > Math.max(invisible, 0.3 * median)).length;
  const clear = ramp(median, invisible, plain) * ramp(visible / differences.length, 0.6, 0.92);
  if (clear === 0 || isShadow(planes, places)) return { clear: 0, even: 0 };
  return { clear, even: ramp(roughness(planes, region) / Math.max(1e-6, median), 0.7, 0.25) };
}

interface OutlinePlace {
  /** The cell so many cells outside the outline; negative: inside. */
  at(away: number): number;
}

/** Steps at an outline less than this share of those further apart are soft. */
const soft = 0.5;
/** How dark shadows are beside the lit ground, in lightness, and how far their colour may stray from it. */
const darkest = 0.5;
const lightest = 0.97;
const sameColour = 0.02;

/** A soft-edged patch of its surroundings' colour in less light: OKLab as a whole is scaled when light is taken away. */
function isShadow(planes: LabPlanes, places: readonly OutlinePlace[]): boolean {
  const [inner, outer] = [1 - stepAway - 1, stepAway + 1];
  const steps = places.map(({ at }) => differenceOf(planes, at(-1), at(1)));
  const wide = places.map(({ at }) => differenceOf(planes, at(inner), at(outer)));
  if (medianOf(steps) > soft * medianOf(wide)) return false;
  const mean = (plane: Float32Array, away: number): number =>
    places.reduce((sum, { at }) => sum + (plane[at(away)] ?? 0), 0) / places.length;
  const dimmed = mean(planes.L, inner) / Math.max(1e-6, mean(planes.L, outer));
  if (dimmed < darkest || dimmed > lightest) return false;
  const strays = Math.hypot(
    mean(planes.a, inner) - dimmed * mean(planes.a, outer),
    mean(planes.b, inner) - dimmed * mean(planes.b, outer),
  );
  return strays < sameColour;
}

const differenceOf = ({ L, a, b }: LabPlanes, one: number, other: number): number =>
  Math.hypot((L[one] ?? 0) - (L[other] ?? 0), (a[one] ?? 0) - (a[other] ?? 0), (b[one] ?? 0) - (b[other] ?? 0));

function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length >> 1] ?? 0;
}

function outlinePlaces({ width, height }: LabPlanes, { box, mask }: Region): OutlinePlace[] {
  const inside = (x: number, y: number): number =>
    x >= 0 && y >= 0 && x < box.width && y < box.height ? (mask[y * box.width + x] ?? 0) : 0;
  const places: OutlinePlace[] = [];
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      if (!inside(x, y) || (inside(x - 1, y) && inside(x + 1, y) && inside(x, y - 1) && inside(x, y + 1))) continue;
      let downX = 0;
      let downY = 0;
      for (let dy = -2; dy <= 2; dy++) {
        for (let dx = -2; dx <= 2; dx++) {
          if (inside(x + dx, y + dy)) continue;
          downX += dx;
          downY += dy;
        }
      }
      const length = Math.hypot(downX, downY);
      if (length === 0) continue;
      places.push({
        at(away) {
          const column = Math.min(width - 1, Math.max(0, Math.round(box.x + x + (downX / length) * away)));
          const row = Math.min(height - 1, Math.max(0, Math.round(box.y + y + (downY / length) * away)));
          return row * width + column;
        },
      });
    }
  }
  return places;
}

/** Mean difference of neighbours two cells apart inside, away from the outline: small for any shading, large for a picture of something. */
function roughness({ width, L, a, b }: LabPlanes, { box, mask }: Region): number {
  let [sum, count] = [0, 0];
  for (let y = 2; y < box.height - 4; y += 2) {
    for (let x = 2; x < box.width - 4; x += 2) {
      const here = y * box.width + x;
      const far = [here - 2, here + 4, here - 2 * box.width, here + 4 * box.width];
      if (!mask[here] || far.some((at) => !mask[at])) continue;
      const at = (box.y + y) * width + box.x + x;
      for (const next of [at + 2, at + 2 * width]) {
        sum += Math.hypot((L[at] ?? 0) - (L[next] ?? 0), (a[at] ?? 0) - (a[next] ?? 0), (b[at] ?? 0) - (b[next] ?? 0));
        count++;
      }
    }
  }
  return count === 0 ? 0 : sum / count;
}
