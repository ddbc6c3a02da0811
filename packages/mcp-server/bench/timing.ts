/** Milliseconds. */
export interface Timing {
  readonly p50: number;
  readonly p95: number;
}

/** How long a call takes, by the name of the way to it. */
export type Ways = Readonly<Record<string, () => Promise<unknown>>>;

/** Takes turns between the ways, so that what else the machine does falls on all of them. The first tenth is not counted. */
export async function timeInTurns(ways: Ways, rounds: number): Promise<Readonly<Record<string, Timing>>> {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  const warmUp = Math.ceil(rounds / 10);
  for (let round = 0; round < warmUp + rounds; round++) {
    for (const [name, call] of Object.entries(ways)) {
      const begun = performance.now();
      await call();
      if (round >= warmUp) times[name]?.push(performance.now() - begun);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, timingOf(list)]));
}

export function timingOf(times: readonly number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}
