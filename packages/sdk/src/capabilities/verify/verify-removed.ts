import { iou } from '../../image/geometry.ts';
import type { Image } from '../../image/image.ts';
import type { Mask } from '../../image/mask.ts';
import type { Detection } from '../detect/contract.ts';
import { detectNouns } from '../detect/detect.ts';
import { route } from '../route.ts';
import type { Verification } from '../shared/receipt.ts';
import type { CallOptions, VisionContext } from '../vision-context.ts';
import { coverage } from './coverage.ts';
import { honestly, worstOf } from './honestly.ts';

/** Boxes that overlap this much are about the same place. */
export const samePlace = 0.3;

export interface RemovalClaim {
  readonly before: Image;
  readonly after: Image;
  /** What was cut out, and everything that was painted over. */
  readonly selected: Mask;
  readonly edited: Mask;
  /** What was seen there before, where words led to the edit. */
  readonly things: readonly Detection[];
}

/** Remains of a thing lie in what was painted over at least this much as fully as the thing itself did. */
const asCovered = 0.75;

/**
 * Removed = no detection of the same label with IoU >= 0.3 against the edited region at half its old score or more, not
 * counting what reaches well beyond the edited pixels: the saucer that a cup stood on is not the cup, even to a detector
 * that calls it one. Without a known thing (the caller gave a mask or a box), the picture before the edit says what was there.
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
    return worstOf(findings);
  });
}

async function whatWasThere(context: VisionContext, claim: RemovalClaim, options: CallOptions) {
  const seen = await detectNouns(context, claim.before, [], options);
  const { bounds } = claim.selected;
  return seen.filter(({ box }) => bounds && iou(box, bounds) >= samePlace).slice(0, 1);
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
  const places = [thing.box, claim.edited.bounds ?? thing.box];
  const seen = (await detectNouns(context, claim.after, [thing.label], { ...options, threshold })).filter(({ box }) =>
    // Several things may have been removed at once: each is looked for in its own place as well as in the whole region.
    places.some((place) => iou(box, place) >= samePlace),
  );
  const enough = asCovered * coverage(claim.edited, thing.box);
  const still = seen.find(({ box }) => coverage(claim.edited, box) >= enough);
  const by = `${backend} (${capability.model})`;
  if (still) return { ok: false, reason: `a ${thing.label} is still seen there (${percent(still.score)})`, by };
  const gone = `no ${thing.label} is seen there any more`;
  const [larger] = seen;
  if (!larger) return { ok: true, reason: gone, by };
  // Whoever reads the proof should know what was set aside.
  return { ok: true, reason: `${gone}; what reaches beyond the edit looks like one (${percent(larger.score)})`, by };
}

const percent = (score: number): string => `${Math.round(score * 100)} %`;
