import { distanceInside } from './distance-transform.ts';
import { emptyField, type Field } from './field.ts';
import type { Level, PatchSet } from './level.ts';
import type { Random } from './random.ts';

/** Patch comparisons that one first guess may take; wide holes look at fewer candidates each. */
const mostComparisons = 400_000;
const fewestCandidates = 60;

/**
 * First guess on the coarsest level: the hole is filled ring by ring from its edge, each ring matched against what is
 * known by then (Newson et al., 2014, section 3.3). Changes the hole's colours and returns a match for every target.
 */
export function peel(level: Level, patches: PatchSet, random: Random): Field {
  const { width, height, hole, colour } = level;
  const { radius } = patches;
  const distance = distanceInside(hole, width, height);
  const candidates = pickCandidates(patches, random);
  const field = emptyField(level);
  const known = new Uint8Array(hole.length);
  const rings: number[][] = [];
  for (let pixel = 0; pixel < hole.length; pixel++) {
    if (hole[pixel] === 0) known[pixel] = 1;
    else {
      const ring = rings[distance[pixel]] ?? [];
      ring.push(pixel);
      rings[distance[pixel]] = ring;
    }
  }
  for (const ring of rings) {
    if (ring === undefined) continue;
    for (const pixel of ring) {
      const y = Math.floor(pixel / width);
      const centreX = Math.min(Math.max(pixel - y * width, radius), width - 1 - radius);
      const centreY = Math.min(Math.max(y, radius), height - 1 - radius);
      const centre = centreY * width + centreX;
      const source = bestMasked(level, patches, centre, known, candidates);
      field.source[centre] = source;
      const from = source + pixel - centre;
      colour.copyWithin(pixel * 4, from * 4, from * 4 + 4);
    }
    for (const pixel of ring) known[pixel] = 1;
  }
  for (const target of patches.targets) {
    if (field.source[target] < 0) field.source[target] = bestMasked(level, patches, target, known, candidates);
  }
  return field;
}

/**
 * A random share of all source patches, never none. Every first guess sees another share, of 30, 65 or 100 percent,
 * so that repeated guesses differ where several continuations are nearly as good.
 */
function pickCandidates(patches: PatchSet, random: Random): Int32Array {
  const most = Math.max(fewestCandidates, mostComparisons / patches.targets.length);
  const share = Math.min(1 - 0.35 * random.below(3), most / patches.sourceCount);
  const picked: number[] = [];
  for (let index = 0; index < patches.source.length; index++) {
    if (patches.source[index] === 1 && random.below(1000) < share * 1000) picked.push(index);
  }
  if (picked.length === 0) picked.push(patches.source.indexOf(1));
  return Int32Array.from(picked);
}

/** The candidate whose patch agrees best with the pixels around `centre` that are known so far. */
function bestMasked(
  level: Level,
  patches: PatchSet,
  centre: number,
  known: Uint8Array,
  candidates: Int32Array,
): number {
  const { width, colour } = level;
  const { radius, penalty } = patches;
  const offsets: number[] = [];
  for (let v = -radius; v <= radius; v++) {
    for (let u = -radius; u <= radius; u++) if (known[centre + v * width + u] === 1) offsets.push(v * width + u);
  }
  let best = candidates[0];
  let least = Number.POSITIVE_INFINITY;
  const knownShare = offsets.length / (2 * radius + 1) ** 2;
  for (const candidate of candidates) {
    let total = penalty[candidate] * knownShare;
    for (const offset of offsets) {
      const a = (centre + offset) * 4;
      const b = (candidate + offset) * 4;
      for (let channel = 0; channel < 4; channel++) {
        const difference = colour[a + channel] - colour[b + channel];
        total += difference * difference;
      }
      if (total >= least) break;
    }
    if (total < least) {
      least = total;
      best = candidate;
    }
  }
  return best;
}
