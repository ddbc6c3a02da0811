import type { Box, Size } from '@atelier/sdk';

export type Place =
  | 'upper left'
  | 'top'
  | 'upper right'
  | 'left'
  | 'middle'
  | 'right'
  | 'lower left'
  | 'bottom'
  | 'lower right';

const places: readonly (readonly [Place, Place, Place])[] = [
  ['upper left', 'top', 'upper right'],
  ['left', 'middle', 'right'],
  ['lower left', 'bottom', 'lower right'],
];

/** Which ninth of the picture the middle of a box lies in. */
export function placeOf({ x, y, width, height }: Box, size: Size): Place {
  const column = thirdOf((x + width / 2) / size.width);
  const row = thirdOf((y + height / 2) / size.height);
  return places[row]?.[column] ?? 'middle';
}

const thirdOf = (share: number): number => (share < 1 / 3 ? 0 : share < 2 / 3 ? 1 : 2);
