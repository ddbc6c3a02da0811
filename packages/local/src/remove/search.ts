import type { Field } from './field.ts';
import type { Level, PatchSet } from './level.ts';
import { patchDistance } from './patch-distance.ts';
import type { Random } from './random.ts';

export interface SearchOptions {
  /** Passes over all targets; odd passes run backwards. */
  readonly passes: number;
  /** Largest distance of the random tries, in pixels; they halve from there. 0 switches them off. */
  readonly reach: number;
}

/** PatchMatch (Barnes et al., 2009): good matches spread to neighbours, and random tries find new ones. */
export function search(level: Level, patches: PatchSet, field: Field, random: Random, options: SearchOptions): void {
  for (let pass = 0; pass < options.passes; pass++) {
    const forward = pass % 2 === 0;
    const count = patches.targets.length;
    for (let step = 0; step < count; step++) {
      const target = patches.targets[forward ? step : count - 1 - step];
      propagate(level, patches, field, target, forward ? 1 : -1);
      if (options.reach > 0) tryAround(level, patches, field, target, random, options.reach);
    }
  }
}

function propagate(level: Level, patches: PatchSet, field: Field, target: number, direction: 1 | -1): void {
  const { width } = level;
  let best = field.source[target];
  let cost = field.cost[target];
  for (let turn = 0; turn < 2; turn++) {
    const step = turn === 0 ? direction : direction * width;
    const neighbour = target - step;
    const theirs = neighbour >= 0 && neighbour < field.source.length ? field.source[neighbour] : -1;
    if (theirs < 0) continue;
    const candidate = theirs + step;
    if (candidate === best || candidate < 0 || patches.source[candidate] !== 1) continue;
    const found = priced(level, patches, target, candidate, cost);
    if (found < cost) {
      best = candidate;
      cost = found;
    }
  }
  field.source[target] = best;
  field.cost[target] = cost;
}

function tryAround(level: Level, patches: PatchSet, field: Field, target: number, random: Random, reach: number): void {
  const { width, height } = level;
  let best = field.source[target];
  let cost = field.cost[target];
  for (let distance = reach; distance >= 1; distance >>= 1) {
    const y = Math.floor(best / width);
    const x = best - y * width;
    const tryX = x + random.below(2 * distance + 1) - distance;
    const tryY = y + random.below(2 * distance + 1) - distance;
    if (tryX < 0 || tryY < 0 || tryX >= width || tryY >= height) continue;
    const candidate = tryY * width + tryX;
    if (patches.source[candidate] !== 1 || candidate === best) continue;
    const found = priced(level, patches, target, candidate, cost);
    if (found < cost) {
      best = candidate;
      cost = found;
    }
  }
  field.source[target] = best;
  field.cost[target] = cost;
}

/** The cost of a candidate, or anything of at least `limit` where it is no better. */
function priced(level: Level, patches: PatchSet, target: number, candidate: number, limit: number): number {
  const penalty = patches.penalty[candidate];
  if (penalty >= limit) return limit;
  return (
    penalty + patchDistance(level.colour, patches.mean, level.width, patches.radius, target, candidate, limit - penalty)
  );
}
