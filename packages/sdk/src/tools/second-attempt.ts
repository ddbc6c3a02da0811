import { type AlphaShape, editedMask, shapeAlpha } from '../capabilities/shared/alpha.ts';
import type { Edit } from '../capabilities/shared/edit.ts';
import { byEarlierDetections, byProtection } from '../capabilities/verify/mistaken-target.ts';
import { convexHull } from '../image/convex-hull.ts';
import type { Image } from '../image/image.ts';
import type { Mask } from '../image/mask.ts';

/** What one attempt works with. */
export interface Attempt {
  readonly mask: Mask;
  readonly seed: number;
  readonly prompt?: string | undefined;
}

/** A failed attempt's mask grows by this share of the thing's extent: what was left over lay at its edge most often. */
const growth = 0.12;
/** Where nobody could look, the wrong thing was cut out, or a part has to stay, there is nothing to do better. */
const hopeless: ReadonlySet<string> = new Set(['nobody', byEarlierDetections, byProtection]);
/** Pixels; smaller growth changes nothing that could be seen. */
const leastGrowth = 6;

/**
 * Paints, and once more where the second look found that it failed: with a larger mask (of a repainted thing its convex
 * hull, larger), another seed, and a prompt that asks for the thing alone. The second one counts only when it passes; otherwise the first stands, as failed as it was.
 */
export async function withSecondAttempt(
  image: Image,
  first: Attempt,
  paint: (attempt: Attempt) => Promise<Edit>,
): Promise<Edit> {
  const edit = await paint(first);
  const { ok, by, reason } = edit.verified;
  if (ok || hopeless.has(by)) return edit;
  const second = await change(image, first);
  const again = await paint(second);
  if (!again.verified.ok) return edit;
  return { ...again, receipt: { ...again.receipt, retry: { reason, change: describe(first, second) } } };
}

async function change(image: Image, { mask, seed, prompt }: Attempt): Promise<Attempt> {
  const grow = Math.max(leastGrowth, growth * Math.sqrt(mask.area));
  const shape: AlphaShape = { grow, smooth: 0, feather: 0 };
  const region = await shapeAlpha(prompt === undefined ? mask : roomIn(mask), shape);
  return {
    mask: region ? await editedMask(image, region) : mask,
    seed: seed + 1,
    ...(prompt === undefined ? {} : { prompt: `${prompt}, the whole of it, clearly visible, in the middle` }),
  };
}

/** A hull that is larger than a star's joins things that stand apart, or belongs to a fence: what lies between is not meant. */
const mostRoom = 1.8;

/** What comes instead has an outline of its own: a ball does not fit into a star, but into the room between its tips. */
function roomIn(mask: Mask): Mask {
  const hull = convexHull(mask);
  return hull.area <= mostRoom * mask.area ? hull : mask;
}

function describe(first: Attempt, second: Attempt): string {
  const pixels = `mask grown from ${first.mask.area} to ${second.mask.area} pixels, seed ${first.seed} to ${second.seed}`;
  return second.prompt === undefined ? pixels : `${pixels}, prompt "${second.prompt}"`;
}
