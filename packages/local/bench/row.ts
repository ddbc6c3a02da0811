/** One line of the bench table. */
export interface BenchRow {
  readonly what: string;
  readonly measured: string;
  /** What it should be. */
  readonly bar: string;
  readonly ok: boolean;
}

export const atMost = (what: string, value: number, bar: number, unit: string, digits = 2): BenchRow => ({
  what,
  measured: `${value.toFixed(digits)} ${unit}`,
  bar: `<= ${bar} ${unit}`,
  ok: value <= bar,
});

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
