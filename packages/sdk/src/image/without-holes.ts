import { Mask } from './mask.ts';

/**
 * The mask together with what it encloses on all sides, each hole of at most `most` times its area: the hole of a ring or a
 * handle, the gaps of a railing. Larger ones stay open: a frame is not its picture. Neighbours are above, below and beside.
 */
export function withoutHoles(mask: Mask, most: number): Mask {
  const { bounds, width, height } = mask;
  if (!bounds) return mask;
  // With a border of one pixel, which is outside.
  const side = bounds.width + 2;
  const seen = new Uint8Array(side * (bounds.height + 2));
  for (let y = 0; y < bounds.height; y++)
    seen.set(rowOf(mask, bounds.x, bounds.y + y, bounds.width), (y + 1) * side + 1);
  flood(seen, 0, side);
  const data = Uint8Array.from(mask.data);
  for (let at = 0; at < seen.length; at++) {
    if (seen[at] !== 0) continue;
    const hole = flood(seen, at, side);
    if (hole.length > most * mask.area) continue;
    for (const place of hole) {
      const [x, y] = [(place % side) - 1, Math.floor(place / side) - 1];
      data[(bounds.y + y) * width + bounds.x + x] = 1;
    }
  }
  return new Mask(width, height, data);
}

const rowOf = ({ data, width }: Mask, x: number, y: number, length: number): Uint8Array =>
  data.subarray(y * width + x, y * width + x + length);

/** Sets all zeros that hang together with the one at `start`, and says where they were. */
function flood(plane: Uint8Array, start: number, side: number): readonly number[] {
  const found = [start];
  plane[start] = 1;
  // It grows while it is gone through.
  for (const at of found) {
    const column = at % side;
    for (const next of [at - side, at + side, column > 0 ? at - 1 : -1, column < side - 1 ? at + 1 : -1]) {
      if (next < 0 || next >= plane.length || plane[next] !== 0) continue;
      plane[next] = 1;
      found.push(next);
    }
  }
  return found;
}
