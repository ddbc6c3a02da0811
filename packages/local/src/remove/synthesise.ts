import type { Size } from '@atelier/sdk';
import type { Pixels } from '@atelier/sdk/image';
import { distanceInside } from './distance-transform.ts';
import { type Field, measure, refineField } from './field.ts';
import { type Level, largeLevel } from './level.ts';
import { updateMeans } from './means.ts';
import { peel } from './onion-peel.ts';
import { buildPyramid, type Step } from './pyramid.ts';
import type { Random } from './random.ts';
import { search } from './search.ts';
import { chooseSources, expandSources } from './source-map.ts';
import { vote } from './vote.ts';

/** Trust in a patch falls by this factor with every pixel further into the hole (Wexler et al., 2007). */
const trustDecay = 1.3;

/** Most independent solutions of the coarse levels; the one whose patches agree best goes on. */
const mostAttempts = 6;
/** Levels with no more target patches than this belong to the coarse solution. */
const coarseTargets = 4_000;

/** Which pixel to copy to where, and by how much to change its tone. */
export interface Solution {
  /** Per pixel, the pixel of the surroundings to copy (an index); -1 outside the hole. */
  readonly sources: Int32Array;
  /** Grey levels to add, three interleaved colours a pixel, of the picture halved `halvings` times. */
  readonly tone: Int8Array;
  /** Width of the picture that `tone` belongs to. */
  readonly toneWidth: number;
  readonly halvings: number;
}

/** Finds, for every hole pixel, the pixel of the surroundings to copy; none that is `foreign`. */
export function synthesise(
  pixels: Pixels,
  hole: Uint8Array,
  random: Random,
  report: (fraction: number) => void,
  foreign?: Uint8Array,
): Solution {
  const { steps, halvings } = buildPyramid(pixels, hole, foreign);
  const work = steps.map(
    ({ patches: { targets } }) =>
      targets.length * (targets.length > coarseTargets ? roundsFor(targets.length) + 1 : 40),
  );
  const allWork = work.reduce((sum, share) => sum + share, 0);
  let done = 0;
  const finished = (amount: number): void => {
    done += amount;
    report(Math.min(1, done / allWork));
  };
  let from = steps.length - 1;
  while (from > 0 && steps[from - 1].patches.targets.length <= coarseTargets) from--;
  let field = solveCoarse(steps, from, random);
  finished(work.slice(from).reduce((sum, share) => sum + share, 0));
  for (let index = from - 1; index >= 0; index--) {
    const { level, patches } = steps[index];
    field = refineField(steps[index + 1].level, field, level, patches, random);
    improve(steps[index], field, random);
    finished(work[index]);
  }
  const { level, patches } = steps[0];
  const { sources, tone } = chooseSources(level, patches, field);
  return { sources: toFullSize(sources, pixels, hole, halvings), tone, toneWidth: level.width, halvings };
}

/** Undoes the halvings before the finest solved level. */
function toFullSize(solved: Int32Array, size: Size, hole: Uint8Array, halvings: number): Int32Array {
  let sources = solved;
  for (let left = halvings - 1; left >= 0; left--) {
    const fine = halved(size, left);
    // In between, every pixel with a match goes on; only the full size knows the exact hole.
    const wanted = left === 0 ? hole : undefined;
    sources = expandSources(sources, halved(size, left + 1).width, fine, wanted);
  }
  return sources;
}

function halved(size: Size, times: number): Size {
  let { width, height } = size;
  for (let turn = 0; turn < times; turn++) {
    width = (width + 1) >> 1;
    height = (height + 1) >> 1;
  }
  return { width, height };
}

interface CoarseSolution {
  readonly field: Field;
  readonly energy: number;
  readonly colour: Uint8Array;
}

/** Solves the coarse levels several times from different first guesses and leaves the best solution in place. */
function solveCoarse(steps: readonly Step[], finest: number, random: Random): Field {
  let best = solveOnce(steps, finest, random);
  // Long thin holes have large coarsest levels and few ways to be filled: fewer attempts will do.
  const attempts = Math.min(
    mostAttempts,
    Math.max(2, Math.round(6_000 / steps[steps.length - 1].patches.targets.length)),
  );
  for (let attempt = 1; attempt < attempts; attempt++) {
    const other = solveOnce(steps, finest, random);
    if (other.energy < best.energy) best = other;
  }
  steps[finest].level.colour.set(best.colour);
  return best.field;
}

function solveOnce(steps: readonly Step[], finest: number, random: Random): CoarseSolution {
  const last = steps[steps.length - 1];
  let field = peel(last.level, last.patches, random);
  improve(last, field, random);
  for (let index = steps.length - 2; index >= finest; index--) {
    field = refineField(steps[index + 1].level, field, steps[index].level, steps[index].patches, random);
    improve(steps[index], field, random);
  }
  const { level, patches } = steps[finest];
  updateMeans(level, patches);
  measure(level, patches, field);
  let energy = 0;
  for (const target of patches.targets) energy += field.cost[target];
  return { field, energy, colour: level.colour.slice() };
}

/** How often a level alternates between searching and voting: often where that is cheap. */
function roundsFor(targets: number): number {
  if (targets < 2_000) return 14;
  if (targets < 8_000) return 8;
  if (targets < 30_000) return 4;
  if (targets <= largeLevel) return 2;
  return 1;
}

function improve(step: Step, field: Field, random: Random): void {
  const { level, patches } = step;
  const confidence = trust(level);
  const rounds = roundsFor(patches.targets.length);
  const large = patches.targets.length > largeLevel;
  updateMeans(level, patches);
  vote(level, patches, field, confidence, { tolerance: 0.5 });
  for (let round = 0; round < rounds; round++) {
    updateMeans(level, patches);
    measure(level, patches, field);
    search(level, patches, field, random, {
      passes: large ? 1 : 2,
      reach: large ? 0 : Math.max(level.width, level.height) >> 1,
    });
    if (!large) vote(level, patches, field, confidence, { tolerance: 0.5 });
  }
}

function trust(level: Level): Float32Array {
  const depth = distanceInside(level.hole, level.width, level.height);
  const confidence = new Float32Array(depth.length);
  for (let pixel = 0; pixel < depth.length; pixel++) confidence[pixel] = trustDecay ** -Math.min(depth[pixel], 200);
  return confidence;
}
