import { Mask } from './mask.ts';

/** The mask with everything that lies between its pixels: the smallest convex one around their centres. Empty stays empty. */
export function convexHull(mask: Mask): Mask {
  const { bounds, width, height } = mask;
  if (!bounds) return mask;
  const { left, right } = edges(mask, bounds.y, bounds.height);
  const starts = lowest(left);
  const ends = lowest(right.map((x) => -x)).map((x) => -x);
  const data = new Uint8Array(width * height);
  for (let row = 0; row < bounds.height; row++) {
    // What is a whole number but for rounding counts as that.
    const from = Math.ceil(starts[row] - 1e-6);
    const to = Math.floor(ends[row] + 1e-6) + 1;
    data.fill(1, (bounds.y + row) * width + from, (bounds.y + row) * width + to);
  }
  return new Mask(width, height, data);
}

/** The first and last set column of each row; infinite where a row has none. */
function edges({ data, width }: Mask, top: number, rows: number): { left: number[]; right: number[] } {
  const left: number[] = [];
  const right: number[] = [];
  for (let row = 0; row < rows; row++) {
    const line = data.subarray((top + row) * width, (top + row + 1) * width);
    const [first, last] = [line.findIndex((bit) => bit !== 0), line.findLastIndex((bit) => bit !== 0)];
    left.push(first < 0 ? Infinity : first);
    right.push(first < 0 ? -Infinity : last);
  }
  return { left, right };
}

/** The largest convex function below the values at 0, 1, 2, ... (Andrew's monotone chain); the first and last are finite. */
function lowest(values: readonly number[]): number[] {
  const corners: number[] = [];
  for (const [at, value] of values.entries()) {
    if (value === Infinity) continue;
    while (corners.length > 1) {
      const [before, last] = corners.slice(-2);
      const slope = (values[last] - values[before]) / (last - before);
      if (values[last] + slope * (at - last) < value) break;
      corners.pop();
    }
    corners.push(at);
  }
  const result = [...values];
  for (const [index, from] of corners.entries()) {
    const to = corners[index + 1] ?? from;
    for (let at = from; at < to; at++) {
      result[at] = values[from] + ((values[to] - values[from]) * (at - from)) / (to - from);
    }
  }
  return result;
}
