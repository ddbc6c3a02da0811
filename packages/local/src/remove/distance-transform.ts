/**
 * Chessboard distance of every hole pixel to the nearest pixel outside the hole, 0 outside it. Pixels beyond the
 * frame count as unknown: a hole that touches the border grows inwards from its known side only.
 */
export function distanceInside(hole: Uint8Array, width: number, height: number): Uint16Array {
  const far = 0xffff;
  const distance = new Uint16Array(hole.length);
  for (let index = 0; index < hole.length; index++) distance[index] = hole[index] === 0 ? 0 : far;
  sweep(distance, width, height, 1);
  sweep(distance, width, height, -1);
  return distance;
}

/** One raster pass of the two-pass transform; `direction` -1 runs it backwards from the last pixel. */
function sweep(distance: Uint16Array, width: number, height: number, direction: 1 | -1): void {
  const firstRow = direction === 1 ? 0 : height - 1;
  const firstColumn = direction === 1 ? 0 : width - 1;
  for (let row = 0, y = firstRow; row < height; row++, y += direction) {
    for (let column = 0, x = firstColumn; column < width; column++, x += direction) {
      const index = y * width + x;
      let best = distance[index];
      if (best === 0) continue;
      if (column > 0) best = Math.min(best, distance[index - direction] + 1);
      if (row > 0) {
        const above = index - direction * width;
        best = Math.min(best, distance[above] + 1);
        if (x > 0) best = Math.min(best, distance[above - 1] + 1);
        if (x < width - 1) best = Math.min(best, distance[above + 1] + 1);
      }
      distance[index] = best;
    }
  }
}
