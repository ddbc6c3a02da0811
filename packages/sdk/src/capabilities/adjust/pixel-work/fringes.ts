import type { Size } from '../../../image/geometry.ts';
import type { Sample } from './samples.ts';

/** A patch that nowhere comes nearer to the outline of the region than this rim weight lies inside. */
const nearOutline = 0.7;
/** Share of a patch's surroundings in another colour from which it is taken for that colour's fringe. */
const fringeShare = 0.25;

/**
 * Patches of a kind that lie deep inside and run over into another colour are fringes of that colour: the reddish shadow
 * on the coffee is no part of the red cup. What is larger than all of the kind at the outline is no fringe. Answers the
 * samples that belong to such patches.
 */
export function findFringes(
  { width, height }: Size,
  samples: readonly Sample[],
  isKind: (sample: Sample) => boolean,
  isOther: (sample: Sample) => boolean,
): ReadonlySet<Sample> {
  const grid = new Grid(width, height, samples, isKind);
  const suspects: (readonly Sample[])[] = [];
  let atOutline = 0;
  for (const start of samples) {
    if (!grid.isFresh(start)) continue;
    const { patch, border } = grid.takePatch(start);
    if (patch.some(({ rim }) => rim >= nearOutline)) atOutline += patch.length;
    else if (border.filter(isOther).length > fringeShare * border.length) suspects.push(patch);
  }
  return new Set(suspects.filter((patch) => patch.length < atOutline).flat());
}

/** The samples in their places, with a margin of one, and which of the kind have not been taken yet. */
class Grid {
  readonly #stride: number;
  readonly #samples: (Sample | undefined)[];
  readonly #fresh: Uint8Array;

  constructor(width: number, height: number, samples: readonly Sample[], isKind: (sample: Sample) => boolean) {
    this.#stride = width + 2;
    this.#samples = Array.from({ length: this.#stride * (height + 2) });
    this.#fresh = new Uint8Array(this.#samples.length);
    for (const sample of samples) {
      const place = this.#placeOf(sample);
      this.#samples[place] = sample;
      this.#fresh[place] = isKind(sample) ? 1 : 0;
    }
  }

  #placeOf({ x, y }: Sample): number {
    return (y + 1) * this.#stride + x + 1;
  }

  isFresh(sample: Sample): boolean {
    return this.#fresh[this.#placeOf(sample)] === 1;
  }

  /** Takes the connected samples of the kind; answers them and, once for each contact, those that touch them. */
  takePatch(start: Sample): { readonly patch: readonly Sample[]; readonly border: readonly Sample[] } {
    const patch = [start];
    const border: Sample[] = [];
    const taken = new Set([this.#placeOf(start)]);
    this.#fresh[this.#placeOf(start)] = 0;
    // The list grows while it is walked.
    for (const sample of patch) {
      const here = this.#placeOf(sample);
      for (const place of [here - 1, here + 1, here - this.#stride, here + this.#stride]) {
        const neighbour = this.#samples[place];
        if (!neighbour || taken.has(place)) continue;
        if (this.#fresh[place] === 0) {
          border.push(neighbour);
          continue;
        }
        this.#fresh[place] = 0;
        taken.add(place);
        patch.push(neighbour);
      }
    }
    return { patch, border };
  }
}
