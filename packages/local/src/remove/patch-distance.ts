/** By how many grey levels a copied patch may be made lighter or darker, per colour, to suit its new place. */
const largestTone = 20;
/** Price of a tone shift, as a share of what leaving the difference would have cost. */
const tonePrice = 0.25;

/**
 * The tone shift that suits a patch to its new place: the difference of the two means, within limits. Light falls off
 * across most surfaces, so patches that differ only by a shade are often the best there are (Darabi et al., 2012).
 *
 * @param mean four interleaved channel means a pixel, of the patch centred there.
 */
export function toneShift(mean: Uint8Array, target: number, source: number, channel: number): number {
  const difference = mean[target * 4 + channel] - mean[source * 4 + channel];
  return Math.min(largestTone, Math.max(-largestTone, difference));
}

/**
 * Sum of squared differences of two square patches over four interleaved channels, after the tone shift of the colours.
 * Stops after the row in which the sum reaches `limit`: the exact value above it does not matter to a search.
 *
 * @param target, source pixel indices of the patches' centres; both patches must lie inside the picture.
 */
export function patchDistance(
  colour: Uint8Array,
  mean: Uint8Array,
  width: number,
  radius: number,
  target: number,
  source: number,
  limit: number,
): number {
  const side = 2 * radius + 1;
  const rowBytes = side * 4;
  const stride = width * 4;
  const corner = radius * width + radius;
  const tone0 = toneShift(mean, target, source, 0);
  const tone1 = toneShift(mean, target, source, 1);
  const tone2 = toneShift(mean, target, source, 2);
  let a = (target - corner) * 4;
  let b = (source - corner) * 4;
  let total = Math.floor(tonePrice * side * side * (tone0 * tone0 + tone1 * tone1 + tone2 * tone2));
  for (let row = 0; row < side && total < limit; row++) {
    for (let byte = 0; byte < rowBytes; byte += 4) {
      const d0 = colour[a + byte] - colour[b + byte] - tone0;
      const d1 = colour[a + byte + 1] - colour[b + byte + 1] - tone1;
      const d2 = colour[a + byte + 2] - colour[b + byte + 2] - tone2;
      const d3 = colour[a + byte + 3] - colour[b + byte + 3];
      total += d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
    }
    a += stride;
    b += stride;
  }
  return total;
}
