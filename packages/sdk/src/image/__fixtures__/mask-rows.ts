import { Mask } from '../mask.ts';

/** A mask as it is drawn: a line for each row, `#` where it is set. */
export const maskOf = (rows: readonly string[]): Mask =>
  new Mask(
    rows[0].length,
    rows.length,
    Uint8Array.from(rows.join(''), (letter) => (letter === '#' ? 1 : 0)),
  );

export const rowsOf = ({ width, height, data }: Mask): string[] =>
  Array.from({ length: height }, (_, y) =>
    [...data.subarray(y * width, (y + 1) * width)].map((bit) => (bit ? '#' : '.')).join(''),
  );
