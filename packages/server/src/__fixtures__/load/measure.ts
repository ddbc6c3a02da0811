/** The value below which this share of them lies: nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** Theil-Sen: the median of the slopes between all pairs, which a few odd points do not turn. Value a unit of `x`. */
export function slope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const slopes = points.flatMap((a, index) => points.slice(index + 1).map((b) => (b.y - a.y) / (b.x - a.x)));
  return quantile(slopes, 0.5);
}
