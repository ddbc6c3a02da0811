import type { PooledServer, PoolMember } from './pool-member.ts';
import { rendezvousRank } from './rendezvous.ts';

export interface Choice<S extends PooledServer> {
  /** At least one. */
  readonly members: readonly PoolMember<S>[];
  /** Servers that this call was on already: the others come first. */
  readonly tried: ReadonlySet<PoolMember<S>>;
  readonly routeKey: string | undefined;
  readonly random: () => number;
}

/**
 * Of the healthy servers the one with the least load, or the one that the key belongs to. When none is healthy a server is
 * tried all the same, because a client that refuses by itself does not notice that a server is back: the least loaded,
 * and among those the one whose trial is due next, which has been left alone for the longest time.
 */
export function chooseMember<S extends PooledServer>({ members, tried, routeKey, random }: Choice<S>): PoolMember<S> {
  let best = least(members, (member) => member.tier);
  best = least(best, (member) => (tried.has(member) ? 1 : 0));
  if (routeKey !== undefined && best.length > 1) {
    best = least(best, (member) => -rendezvousRank(routeKey, member.server.url));
  }
  best = least(best, (member) => member.load);
  best = least(best, (member) => (member.tier === 2 ? member.breaker.dueAt : 0));
  const chosen = best[Math.floor(random() * best.length)];
  if (!chosen) throw new RangeError('There is nothing to choose from.');
  return chosen;
}

/** All that share the smallest measure. */
function least<T>(values: readonly T[], measure: (value: T) => number): readonly T[] {
  if (values.length < 2) return values;
  const measures = values.map(measure);
  const smallest = Math.min(...measures);
  return values.filter((_, index) => measures[index] === smallest);
}
