/**
 * Mixes one RGBA pixel of `patch` over one of `base` into `out` by `alpha` (1..254), rounding to nearest.
 * Offsets are in bytes. Where either pixel is translucent its colour weighs by its own alpha, as in compositing with premultiplied colour.
 */
export function blendPixel(
  out: Uint8Array,
  outAt: number,
  base: Uint8Array,
  baseAt: number,
  patch: Uint8Array,
  patchAt: number,
  alpha: number,
): void {
  const baseAlpha = base[baseAt + 3] ?? 0;
  const patchAlpha = patch[patchAt + 3] ?? 0;
  if (baseAlpha === 255 && patchAlpha === 255) {
    // The usual case, in whole numbers: half of 255 is none, so adding 127 before cutting off rounds to nearest.
    const rest = 255 - alpha;
    out[outAt] = (((base[baseAt] ?? 0) * rest + (patch[patchAt] ?? 0) * alpha + 127) / 255) | 0;
    out[outAt + 1] = (((base[baseAt + 1] ?? 0) * rest + (patch[patchAt + 1] ?? 0) * alpha + 127) / 255) | 0;
    out[outAt + 2] = (((base[baseAt + 2] ?? 0) * rest + (patch[patchAt + 2] ?? 0) * alpha + 127) / 255) | 0;
    out[outAt + 3] = 255;
    return;
  }
  let baseWeight = 255 - alpha;
  let patchWeight = alpha;
  // Two fully transparent pixels have no visible colour; their hidden ones are mixed as if they were opaque.
  if (baseAlpha !== patchAlpha && baseWeight * baseAlpha + patchWeight * patchAlpha > 0) {
    baseWeight *= baseAlpha;
    patchWeight *= patchAlpha;
  }
  const total = baseWeight + patchWeight;
  for (let channel = 0; channel < 3; channel++) {
    const mixed = (base[baseAt + channel] ?? 0) * baseWeight + (patch[patchAt + channel] ?? 0) * patchWeight;
    out[outAt + channel] = Math.round(mixed / total);
  }
  out[outAt + 3] = Math.round((baseAlpha * (255 - alpha) + patchAlpha * alpha) / 255);
}
