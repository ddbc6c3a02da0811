import type { Box } from '../../image/geometry.ts';
import { iou } from '../../image/geometry.ts';
import type { Image } from '../../image/image.ts';
import type { Detection } from '../detect/contract.ts';
import { detectNouns } from '../detect/detect.ts';
import { route } from '../route.ts';
import type { Verification } from '../shared/receipt.ts';
import type { CallOptions, VisionContext } from '../vision-context.ts';
import { honestly } from './honestly.ts';

/** Boxes that overlap this much are about the same place. */
export const samePlace = 0.3;

export interface RemovalClaim {
  readonly before: Image;
  readonly after: Image;
  /** The bounds of the edited mask. */
  readonly box: Box;
  /** What was seen there before, where words led to the edit. */
  readonly things: readonly Detection[];
}

/**
 * Removed = no detection of the same label with IoU >= 0.3 against the edited region at half its old score or more.
 * Without a known thing (the caller gave a mask or a box), the picture before the edit says what was there.
 */
export function verifyRemoved(
  context: VisionContext,
  claim: RemovalClaim,
  options: CallOptions = {},
): Promise<Verification> {
  return honestly(options.signal, async () => {
    const things = claim.things.length > 0 ? claim.things : await whatWasThere(context, claim, options);
    if (things.length === 0) return { ok: false, reason: 'nothing that was recognised was there before', by: 'nobody' };
    const findings: Verification[] = [];
    for (const thing of things) findings.push(await isGone(context, claim, thing, options));
    return findings.find(({ ok }) => !ok) ?? findings[0];
  });
}

async function whatWasThere(context: VisionContext, claim: RemovalClaim, options: CallOptions) {
  const seen = await detectNouns(context, claim.before, [], options);
  return seen.filter((detection) => iou(detection.box, claim.box) >= samePlace).slice(0, 1);
}

async function isGone(
  context: VisionContext,
  claim: RemovalClaim,
  thing: Detection,
  options: CallOptions,
): Promise<Verification> {
  const threshold = thing.score / 2;
  const request = { image: claim.after, phrases: [thing.label], threshold };
  const { backend, capability } = route(context.backends, 'detect', request);
  const still = (await detectNouns(context, claim.after, [thing.label], { ...options, threshold })).find(
    // Several things may have been removed at once: each is looked for in its own place as well as in the whole region.
    (seen) => iou(seen.box, claim.box) >= samePlace || iou(seen.box, thing.box) >= samePlace,
  );
  const by = `${backend} (${capability.model})`;
  if (!still) return { ok: true, reason: `no ${thing.label} is seen there any more`, by };
  return { ok: false, reason: `a ${thing.label} is still seen there (${Math.round(still.score * 100)} %)`, by };
}
