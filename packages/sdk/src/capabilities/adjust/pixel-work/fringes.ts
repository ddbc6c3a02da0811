import type { Size } from '../../../image/geometry.ts';
import type { Sample } from './samples.ts';

/** A patch that nowhere comes nearer to the outline of the region than this rim weight lies inside. */
const nearOutline = 0.7;
/** Share of a patch's surroundings in another colour from which it is taken for that colour's fringe. */
const fringeShare = 0.25;

/**
 * Patches of a kind that lie deep inside and run over into another colour are fringes of that colour: the reddish shadow
 * on the coffee is no part of the red cup. Answers the samples that belong to such patches.
 */
export function findFringes(
  size: Size,
  samples: readonly Sample[],
  isKind: (sample: Sample) => boolean,
  isOther: (sample: Sample) => boolean,
): ReadonlySet<Sample> {
  const grid = new Map(samples.map((sample) => [sample.y * size.width + sample.x, sample] as const));
  const kinds = new Set(samples.filter(isKind));
  const fringes = new Set<Sample>();
  const seen = new Set<Sample>();
  for (const start of kinds) {
    if (seen.has(start)) continue;
    const { patch, border } = growPatch(start, size.width, grid, kinds, seen);
    if (patch.some(({ rim }) => rim >= nearOutline)) continue;
    const others = border.filter(isOther).length;
    if (others > fringeShare * border.length) for (const sample of patch) fringes.add(sample);
  }
  return fringes;
}

/** The connected samples of the kind, and those that touch them. */
function growPatch(
  start: Sample,
  width: number,
  grid: ReadonlyMap<number, Sample>,
  kinds: ReadonlySet<Sample>,
  seen: Set<Sample>,
): { readonly patch: readonly Sample[]; readonly border: readonly Sample[] } {
  const patch = [start];
  const border = new Set<Sample>();
  seen.add(start);
  // The list grows while it is walked.
  for (const { x, y } of patch) {
    const here = y * width + x;
    for (const neighbour of [x > 0 ? here - 1 : -1, x + 1 < width ? here + 1 : -1, here - width, here + width]) {
      const sample = grid.get(neighbour);
      if (!sample || seen.has(sample)) continue;
      if (!kinds.has(sample)) {
        border.add(sample);
        continue;
      }
      seen.add(sample);
      patch.push(sample);
    }
  }
  return { patch, border: [...border] };
}
