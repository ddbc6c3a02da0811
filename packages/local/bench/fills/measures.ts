/** Brightness (Rec. 601 luma, 0..255) of RGBA pixels. */
export function lumaOf(data: Uint8Array): Float32Array {
  const luma = new Float32Array(data.length / 4);
  for (let pixel = 0; pixel < luma.length; pixel++) {
    luma[pixel] = 0.299 * data[pixel * 4] + 0.587 * data[pixel * 4 + 1] + 0.114 * data[pixel * 4 + 2];
  }
  return luma;
}

const bandCount = 3;
const binCount = 31;

/** Differences of Gaussians, each an octave wider than the one before, at full size. */
export function bandsOf(luma: Float32Array, width: number, height: number): Float32Array[] {
  const bands: Float32Array[] = [];
  let current = luma;
  for (let band = 0; band < bandCount; band++) {
    const next = blur(current, width, height, 1 << band);
    bands.push(current.map((value, index) => value - next[index]));
    current = next;
  }
  return bands;
}

/** Separable 1-4-6-4-1 blur whose taps lie `step` apart; the frame is mirrored by clamping. */
function blur(from: Float32Array, width: number, height: number, step: number): Float32Array {
  const taps = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16];
  const along = (input: Float32Array, dx: number, dy: number): Float32Array => {
    const output = new Float32Array(input.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let tap = -2; tap <= 2; tap++) {
          const u = Math.min(width - 1, Math.max(0, x + tap * step * dx));
          const v = Math.min(height - 1, Math.max(0, y + tap * step * dy));
          sum += taps[tap + 2] * input[v * width + u];
        }
        output[y * width + x] = sum;
      }
    }
    return output;
  };
  return along(along(from, 1, 0), 0, 1);
}

/**
 * How unlike the texture in the hole is to the original's: 0 = the same statistics, 1 = as wrong as a flat fill.
 * Mean over three bands of the L1 distance between the histograms of band coefficients in the hole, each divided by
 * the distance that a fill without any detail would have.
 */
export function bandPassError(
  original: Uint8Array,
  filled: Uint8Array,
  hole: Uint8Array,
  width: number,
  height: number,
): number {
  const truth = bandsOf(lumaOf(original), width, height);
  const found = bandsOf(lumaOf(filled), width, height);
  let total = 0;
  for (let band = 0; band < bandCount; band++) {
    const range = 3 * Math.max(0.5, rootMeanSquare(truth[band], hole));
    const expected = histogram(truth[band], hole, range);
    const flat = histogram(new Float32Array(hole.length), hole, range);
    total += distance(histogram(found[band], hole, range), expected) / distance(flat, expected);
  }
  return total / bandCount;
}

/** Root of the mean square of the values inside the hole. */
export function rootMeanSquare(values: Float32Array, hole: Uint8Array): number {
  let sum = 0;
  let count = 0;
  for (let pixel = 0; pixel < hole.length; pixel++) {
    if (hole[pixel] === 0) continue;
    sum += values[pixel] ** 2;
    count++;
  }
  return Math.sqrt(sum / count);
}

function histogram(values: Float32Array, hole: Uint8Array, range: number): Float32Array {
  const bins = new Float32Array(binCount);
  let count = 0;
  for (let pixel = 0; pixel < hole.length; pixel++) {
    if (hole[pixel] === 0) continue;
    const place = Math.floor(((values[pixel] + range) / (2 * range)) * binCount);
    bins[Math.min(binCount - 1, Math.max(0, place))]++;
    count++;
  }
  return bins.map((value) => value / count);
}

function distance(first: Float32Array, second: Float32Array): number {
  return first.reduce((sum, value, index) => sum + Math.abs(value - second[index]), 0);
}

/** Peak signal-to-noise ratio over the hole's colour values, in decibels. */
export function psnr(original: Uint8Array, filled: Uint8Array, hole: Uint8Array): number {
  let sum = 0;
  let count = 0;
  for (let pixel = 0; pixel < hole.length; pixel++) {
    if (hole[pixel] === 0) continue;
    for (let channel = 0; channel < 3; channel++) {
      sum += (original[pixel * 4 + channel] - filled[pixel * 4 + channel]) ** 2;
      count++;
    }
  }
  return 10 * Math.log10((255 * 255) / Math.max(sum / count, 1e-9));
}

/** Mean structural similarity (Wang et al., 2004) of brightness over 8 x 8 windows centred in the hole. */
export function ssim(
  original: Uint8Array,
  filled: Uint8Array,
  hole: Uint8Array,
  width: number,
  height: number,
): number {
  const first = lumaOf(original);
  const second = lumaOf(filled);
  let total = 0;
  let count = 0;
  for (let y = 4; y < height - 4; y += 2) {
    for (let x = 4; x < width - 4; x += 2) {
      if (hole[y * width + x] === 0) continue;
      total += windowSsim(first, second, y * width + x, width);
      count++;
    }
  }
  return total / count;
}

function windowSsim(first: Float32Array, second: Float32Array, centre: number, width: number): number {
  let sumA = 0;
  let sumB = 0;
  let sumAA = 0;
  let sumBB = 0;
  let sumAB = 0;
  for (let v = -4; v < 4; v++) {
    for (let u = -4; u < 4; u++) {
      const a = first[centre + v * width + u];
      const b = second[centre + v * width + u];
      sumA += a;
      sumB += b;
      sumAA += a * a;
      sumBB += b * b;
      sumAB += a * b;
    }
  }
  const meanA = sumA / 64;
  const meanB = sumB / 64;
  const c1 = 6.5025;
  const c2 = 58.5225;
  const covariance = sumAB / 64 - meanA * meanB;
  const variances = sumAA / 64 - meanA ** 2 + (sumBB / 64 - meanB ** 2);
  return ((2 * meanA * meanB + c1) * (2 * covariance + c2)) / ((meanA ** 2 + meanB ** 2 + c1) * (variances + c2));
}
