import type { Box } from '@atelier/sdk';
import type { Sighting } from './look.ts';

export type RowPlace = 'left' | 'middle' | 'right' | 'top' | 'bottom';

interface Axis {
  readonly ends: readonly [first: RowPlace, last: RowPlace];
  centre(box: Box): number;
  extent(box: Box): number;
}

const across: Axis = { ends: ['left', 'right'], centre: ({ x, width }) => x + width / 2, extent: ({ width }) => width };
const down: Axis = {
  ends: ['top', 'bottom'],
  centre: ({ y, height }) => y + height / 2,
  extent: ({ height }) => height,
};

/** Neighbours whose centres are nearer than this share of the larger thing are not one to the left of the other. */
const apart = 0.25;

/**
 * Two or three things by their place in a row or column, in its order; undefined where they stand in neither, or are
 * too many for such names.
 */
export function nameRow(sightings: readonly Sighting[]): readonly (readonly [RowPlace, Sighting])[] | undefined {
  if (sightings.length < 2 || sightings.length > 3) return undefined;
  const axis = smallestStep(sightings, across) >= smallestStep(sightings, down) ? across : down;
  if (smallestStep(sightings, axis) < apart * Math.max(...sightings.map(({ box }) => axis.extent(box))))
    return undefined;
  const [first, last] = axis.ends;
  return sightings
    .toSorted((a, b) => axis.centre(a.box) - axis.centre(b.box))
    .map((sighting, index, { length }) => [index === 0 ? first : index === length - 1 ? last : 'middle', sighting]);
}

function smallestStep(sightings: readonly Sighting[], { centre }: Axis): number {
  const centres = sightings.map(({ box }) => centre(box)).sort((a, b) => a - b);
  return Math.min(...centres.slice(1).map((value, index) => value - (centres[index] ?? value)));
}
