/**
 * Sum of squared differences of two square patches over four interleaved channels.
 * Stops after the row in which the sum reaches `limit`: the exact value above it does not matter to a search.
 *
 * @param first, second pixel indices of the patches' centres; both patches must lie inside the picture.
 */
export function patchDistance(
  colour: Uint8Array,
  width: number,
  radius: number,
  first: number,
  second: number,
  limit: number,
): number {
  const side = 2 * radius + 1;
  const rowBytes = side * 4;
  const stride = width * 4;
  const corner = radius * width + radius;
  let a = (first - corner) * 4;
  let b = (second - corner) * 4;
  let total = 0;
  for (let row = 0; row < side; row++) {
    for (let byte = 0; byte < rowBytes; byte += 4) {
      const d0 = colour[a + byte] - colour[b + byte];
      const d1 = colour[a + byte + 1] - colour[b + byte + 1];
      const d2 = colour[a + byte + 2] - colour[b + byte + 2];
      const d3 = colour[a + byte + 3] - colour[b + byte + 3];
      total += d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
    }
    if (total >= limit) return total;
    a += stride;
    b += stride;
  }
  return total;
}
