import { type Box, clipBox } from '../../image/geometry.ts';
import type { Mask } from '../../image/mask.ts';

/** Share of a box's pixels that the mask holds, on a grid of at most 128 x 128 of them. */
export function coverage(mask: Mask, box: Box): number {
  const inside = clipBox(box, mask);
  if (!inside) return 0;
  const columns = Math.min(128, Math.ceil(inside.width));
  const rows = Math.min(128, Math.ceil(inside.height));
  let set = 0;
  for (let row = 0; row < rows; row++) {
    const y = Math.floor(inside.y + ((row + 0.5) * inside.height) / rows);
    for (let column = 0; column < columns; column++) {
      const x = Math.floor(inside.x + ((column + 0.5) * inside.width) / columns);
      if (mask.data[y * mask.width + x]) set++;
    }
  }
  return set / (rows * columns);
}
