import { findComponents } from './components.ts';
import { toLab } from './lab.ts';
import { costScale, linkCosts } from './link-costs.ts';
import { minimumCut } from './minimum-cut.ts';
import { openCv } from './open-cv.ts';
import type { ColourPlane, Plane } from './plane.ts';

/** What the coarse outline says against the picture's edges. */
const trust = 1.5;
/** Cells whose neighbourhood is the shape's, or not the shape's, by this share stay what they are. */
const certain = 0.97;
/** In coarse cells. */
const softness = 0.9;
const decided = 1_000_000;

/** The shape on a finer grid: within about two coarse cells its outline moves to the strongest edges. */
export function sharpenShape(fine: ColourPlane, shape: Plane): Plane {
  const { width, height } = fine;
  if (shape.width === width && shape.height === height) return shape;
  const share = enlarge(shape, width, height);
  const cells = Int32Array.from(share, (value) => {
    if (value > certain) return decided;
    return value < 1 - certain ? -decided : Math.round(costScale * trust * (2 * value - 1));
  });
  const data = minimumCut({ width, height, cells, links: linkCosts(toLab(fine), fine) });
  return withoutSpecks({ width, height, data }, cells);
}

/** How much of the shape is around each cell of the finer grid, 0..1. */
function enlarge(shape: Plane, width: number, height: number): Float32Array {
  const cv = openCv();
  const mat = cv.matFromArray(shape.height, shape.width, cv.CV_32FC1, Float32Array.from(shape.data));
  try {
    cv.GaussianBlur(mat, mat, new cv.Size(0, 0), softness, softness, cv.BORDER_REPLICATE);
    cv.resize(mat, mat, new cv.Size(width, height), 0, 0, cv.INTER_LINEAR);
    return Float32Array.from(mat.data32F as Float32Array);
  } finally {
    mat.delete();
  }
}

/** Parts and holes without any cell that was decided before are markings of the picture, not of the shape. */
function withoutSpecks(shape: Plane, costs: Int32Array): Plane {
  let { data } = shape;
  for (const value of [1, 0]) {
    const { labels } = findComponents({ ...shape, data }, value);
    const founded = new Set<number>();
    costs.forEach((cost, cell) => {
      if (cost === (value ? decided : -decided)) founded.add(labels[cell] ?? 0);
    });
    // Things too thin to have a decided cell stay as they are.
    if (![...founded].some((part) => part > 0)) continue;
    data = data.map((bit, cell) => (bit === value && !founded.has(labels[cell] ?? 0) ? 1 - value : bit));
  }
  return { ...shape, data };
}
