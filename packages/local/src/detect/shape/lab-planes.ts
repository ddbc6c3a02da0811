import { oklabOfBytes } from '@atelier/sdk/adjust';

/** A small picture in OKLab, smoothed where it is noisy and sharp at its edges. */
export interface LabPlanes {
  readonly width: number;
  readonly height: number;
  readonly L: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
}

/** From RGB bytes. Two rounds of a 3 x 3 median take noise and the ripples of JPEG away and leave edges where they are. */
export function labPlanes(rgb: Uint8Array, width: number, height: number): LabPlanes {
  const smooth = median(median(rgb, width, height), width, height);
  const [L, a, b] = [0, 1, 2].map(() => new Float32Array(width * height));
  if (!L || !a || !b) throw new RangeError('unreachable');
  for (let at = 0; at < width * height; at++) {
    const lab = oklabOfBytes(smooth[at * 3] ?? 0, smooth[at * 3 + 1] ?? 0, smooth[at * 3 + 2] ?? 0);
    L[at] = lab.L;
    a[at] = lab.a;
    b[at] = lab.b;
  }
  return { width, height, L, a, b };
}

/** Of three, the one in the middle. */
const middle = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

/** The median of each channel over 3 x 3 cells, by sorted columns (Paeth 1990). */
function median(rgb: Uint8Array, width: number, height: number): Uint8Array {
  const out = new Uint8Array(rgb.length);
  const stride = width * 3;
  const low = new Uint8Array(stride);
  const mid = new Uint8Array(stride);
  const high = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const above = Math.max(0, y - 1) * stride;
    const here = y * stride;
    const below = Math.min(height - 1, y + 1) * stride;
    for (let index = 0; index < stride; index++) {
      const [p = 0, q = 0, r = 0] = [rgb[above + index], rgb[here + index], rgb[below + index]];
      const [smaller, larger] = p < q ? [p, q] : [q, p];
      low[index] = Math.min(smaller, r);
      high[index] = Math.max(larger, r);
      mid[index] = Math.max(smaller, Math.min(larger, r));
    }
    for (let index = 0; index < stride; index++) {
      const before = index >= 3 ? index - 3 : index;
      const after = index < stride - 3 ? index + 3 : index;
      out[here + index] = middle(
        Math.max(low[before] ?? 0, low[index] ?? 0, low[after] ?? 0),
        middle(mid[before] ?? 0, mid[index] ?? 0, mid[after] ?? 0),
        Math.min(high[before] ?? 0, high[index] ?? 0, high[after] ?? 0),
      );
    }
  }
  return out;
}
