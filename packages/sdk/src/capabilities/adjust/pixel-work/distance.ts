/**
 * The Euclidean distance of every pixel to the nearest seed, for a plane of squared start values (`Infinity` where there is
 * no seed; above 0 for a seed that lies a little beyond its pixel's centre). Exact up to `most` pixels, `Infinity` beyond,
 * and linear in the number of pixels: lower envelopes of parabolas along rows, then columns (Felzenszwalb and
 * Huttenlocher, "Distance transforms of sampled functions", 2012).
 */
export function distancesTo(seeds: Float32Array, width: number, height: number, most: number): Float32Array {
  const plane = Float32Array.from(seeds);
  const longest = Math.max(width, height);
  const line: Line = {
    values: new Float64Array(longest),
    places: new Int32Array(longest),
    borders: new Float64Array(longest + 1),
    farthest: (most + 1) ** 2,
  };
  for (let y = 0; y < height; y++) {
    line.values.set(plane.subarray(y * width, (y + 1) * width));
    transformLine(plane, y * width, 1, width, line);
  }
  // Columns lie scattered in memory: a strip of them is read together.
  const strip = Array.from({ length: 16 }, () => new Float64Array(height));
  for (let left = 0; left < width; left += strip.length) {
    const columns = Math.min(strip.length, width - left);
    for (let y = 0; y < height; y++)
      for (let column = 0; column < columns; column++) strip[column][y] = plane[y * width + left + column];
    for (let column = 0; column < columns; column++) {
      line.values.set(strip[column]);
      transformLine(plane, left + column, width, height, line);
    }
  }
  for (let at = 0; at < plane.length; at++) plane[at] = Math.sqrt(plane[at]);
  return plane;
}

interface Line {
  /** What is transformed. */
  readonly values: Float64Array;
  /** The parabolas of the lower envelope, and where each begins. */
  readonly places: Int32Array;
  readonly borders: Float64Array;
  /** Squared. */
  readonly farthest: number;
}

function transformLine(plane: Float32Array, start: number, step: number, length: number, line: Line): void {
  const { values, places, borders, farthest } = line;
  let last = -1;
  for (let at = 0; at < length; at++) {
    if (values[at] > farthest) continue;
    let meeting = Number.NEGATIVE_INFINITY;
    while (last >= 0) {
      const place = places[last];
      meeting = (values[at] + at * at - values[place] - place * place) / (2 * (at - place));
      if (meeting > borders[last]) break;
      last--;
    }
    last++;
    places[last] = at;
    borders[last] = last === 0 ? Number.NEGATIVE_INFINITY : meeting;
  }
  if (last < 0) return;
  borders[last + 1] = Number.POSITIVE_INFINITY;
  for (let at = 0, nearest = 0; at < length; at++) {
    while (borders[nearest + 1] < at) nearest++;
    const place = places[nearest];
    const squared = (at - place) ** 2 + values[place];
    plane[start + at * step] = squared > farthest ? Number.POSITIVE_INFINITY : squared;
  }
}
