/** Of a region in its crop, pixels. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  /** Past the last. */
  readonly right: number;
  readonly bottom: number;
}

/** Around the weights of a half and more, so that a feathered edge does not move them; undefined where there are none. */
export function weightBounds(width: number, height: number, alpha: Uint8Array): Bounds | undefined {
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let y = 0; y < height; y++) {
    const row = alpha.subarray(y * width, (y + 1) * width);
    let first = 0;
    while (first < width && row[first] < 128) first++;
    if (first === width) continue;
    let last = width - 1;
    while (row[last] < 128) last--;
    left = Math.min(left, first);
    right = Math.max(right, last + 1);
    top = Math.min(top, y);
    bottom = y + 1;
  }
  return bottom === 0 ? undefined : { left, top, right, bottom };
}
