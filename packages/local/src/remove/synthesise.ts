import type { Pixels } from '@atelier/sdk/image';
import { distanceInside } from './distance-transform.ts';
import { type Field, measure, refineField } from './field.ts';
import type { Level } from './level.ts';
import { peel } from './onion-peel.ts';
import { buildPyramid, type Step } from './pyramid.ts';
import type { Random } from './random.ts';
import { search } from './search.ts';
import { chooseSources } from './source-map.ts';
import { vote } from './vote.ts';

/** Trust in a patch falls by this factor with every pixel further into the hole (Wexler et al., 2007). */
const trustDecay = 1.3;

/** Finds, for every hole pixel, the pixel of the surroundings to copy (an index; -1 outside the hole). */
export function synthesise(
  pixels: Pixels,
  hole: Uint8Array,
  random: Random,
  report: (fraction: number) => void,
): Int32Array {
  const steps = buildPyramid(pixels, hole);
  const coarsest = steps[steps.length - 1];
  const work = steps.map(({ patches }) => patches.targets.length * (roundsFor(patches.targets.length) + 1));
  const allWork = work.reduce((sum, share) => sum + share, 0);
  let done = 0;
  let field = peel(coarsest.level, coarsest.patches, random);
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index];
    if (index < steps.length - 1) {
      field = refineField(steps[index + 1].level, field, step.level, step.patches, random);
    }
    improve(step, field, random, (share) => report((done + share * work[index]) / allWork));
    done += work[index];
  }
  return chooseSources(steps[0].level, steps[0].patches, field);
}

/** How often a level alternates between searching and voting: often where that is cheap. */
function roundsFor(targets: number): number {
  if (targets < 2_000) return 14;
  if (targets < 8_000) return 8;
  if (targets < 30_000) return 4;
  if (targets < 120_000) return 2;
  return 1;
}

function improve(step: Step, field: Field, random: Random, report: (fraction: number) => void): void {
  const { level, patches } = step;
  const confidence = trust(level);
  const rounds = roundsFor(patches.targets.length);
  const large = patches.targets.length >= 120_000;
  vote(level, patches, field, confidence, { tolerance: 0.5 });
  for (let round = 0; round < rounds; round++) {
    measure(level, patches, field);
    search(level, patches, field, random, {
      passes: large ? 1 : 2,
      reach: large ? 0 : Math.max(level.width, level.height) >> 1,
    });
    if (!large) vote(level, patches, field, confidence, { tolerance: 0.5 });
    report((round + 1) / rounds);
  }
}

function trust(level: Level): Float32Array {
  const depth = distanceInside(level.hole, level.width, level.height);
  const confidence = new Float32Array(depth.length);
  for (let pixel = 0; pixel < depth.length; pixel++) confidence[pixel] = trustDecay ** -Math.min(depth[pixel], 200);
  return confidence;
}
