import { costScale } from './link-costs.ts';
import { type CutCosts, minimumCut } from './minimum-cut.ts';
import type { FloatPlane, Plane } from './plane.ts';
import type { Scene } from './scene.ts';

const rounds = 2;
/** What the place of a cell says against what its colour says. */
const placeWeight = 3;
const colourWeight = 0.6;
/** No colour alone may decide: evidence is kept within this factor of e. */
const strongest = 2.5;
/** Beyond this location nothing belongs to the thing. */
export const farthest = 1.5;
/** How fast belief falls across the expected outline. */
const sharpness = 8;
/** Share of the first belief that is kept in later rounds, so that a leak does not feed itself. */
const faithfulness = 0.6;
const decided = 1_000_000;

/** Cells that are known to be on the thing (1) or beside it (-1); 0 elsewhere. */
export type KnownCells = Int8Array;

/**
 * Cuts in the manner of GrabCut (Rother, Kolmogorov, Blake 2004): shades are weighed by how often they occur within and
 * around the shape, the cheapest cut gives the next shape, and so on. `extent` is the location where the outline is
 * expected; beyond it, and beyond the box, cells only cost more. Answers with the shape after each round.
 */
export function cutShapes(
  scene: Scene,
  links: CutCosts['links'],
  location: FloatPlane,
  known: KnownCells,
  extent: number,
): Plane[] {
  const { width, height } = location;
  const prior = location.data.map((place, cell) => {
    const mark = known[cell] ?? 0;
    return mark === 0 ? 1 / (1 + Math.exp((place - extent) * sharpness)) : (mark + 1) / 2;
  });
  let belief = prior;
  return Array.from({ length: rounds }, () => {
    const evidence = weighShades(scene, belief);
    const cells = new Int32Array(location.data.length).map((_, cell) => {
      const place = location.data[cell] ?? 0;
      const mark = known[cell] ?? 0;
      if (mark !== 0) return mark * decided;
      if (place > farthest) return -decided;
      const colour = evidence[scene.shades[cell] ?? 0] ?? 0;
      return Math.round(costScale * (colourWeight * colour + placeWeight * (extent - place)));
    });
    const data = minimumCut({ width, height, cells, links });
    belief = prior.map((share, cell) => faithfulness * share + (1 - faithfulness) * (data[cell] ?? 0));
    return { width, height, data };
  });
}

/** By shade: the logarithm of how much more frequent it is on the thing than around it. */
function weighShades({ shades, shadeCount, kinship }: Scene, belief: Float32Array): Float32Array {
  const inside = new Float64Array(shadeCount);
  const around = new Float64Array(shadeCount);
  let total = 0;
  for (let cell = 0; cell < belief.length; cell++) {
    const share = belief[cell] ?? 0;
    const shade = shades[cell] ?? 0;
    inside[shade] += share;
    around[shade] += 1 - share;
    total += share;
  }
  return Float32Array.from({ length: shadeCount }, (_, shade) => {
    let own = 0;
    let other = 0;
    for (let kin = 0; kin < shadeCount; kin++) {
      const weight = kinship[shade * shadeCount + kin] ?? 0;
      own += weight * (inside[kin] ?? 0);
      other += weight * (around[kin] ?? 0);
    }
    const ratio = (own / (total || 1) + 1e-4) / (other / (belief.length - total || 1) + 1e-4);
    return Math.max(-strongest, Math.min(strongest, Math.log(ratio)));
  });
}
