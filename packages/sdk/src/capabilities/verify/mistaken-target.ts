import { AtelierError } from '../../errors/atelier-error.ts';
import { iou } from '../../image/geometry.ts';
import type { Image } from '../../image/image.ts';
import type { Mask } from '../../image/mask.ts';
import type { Detection } from '../detect/contract.ts';
import { detectNouns } from '../detect/detect.ts';
import type { Verification } from '../shared/receipt.ts';
import type { CallOptions, VisionContext } from '../vision-context.ts';

/** The outline of what was cut out fits a box this well, when it is that thing. */
const fits = 0.6;

/**
 * Whether something else was cut out than what was named: the mask fits a surer detection of another name better than the
 * thing itself ("the table", of which a cup takes up the box). Such an edit may be done well, to the wrong thing.
 */
export async function mistakenTarget(
  context: VisionContext,
  image: Image,
  mask: Mask,
  things: readonly Detection[],
  options: CallOptions = {},
): Promise<Verification | undefined> {
  const [thing] = things;
  const { bounds } = mask;
  if (things.length !== 1 || !bounds) return undefined;
  const everything = await detectNouns(context, image, [], options).catch((error: unknown) => {
    // A detector that must be told what to look for cannot be asked what else is there.
    if (AtelierError.isInstance(error) && /unavailable|unknown/.test(error.code)) return [];
    throw error;
  });
  const other = everything.find(
    ({ label, score, box }) =>
      label !== thing.label &&
      score > thing.score &&
      iou(box, bounds) >= fits &&
      iou(box, bounds) > iou(thing.box, bounds),
  );
  if (!other) return undefined;
  const reason = `what was cut out looks like a ${other.label} (${Math.round(other.score * 100)} %), not a ${thing.label}`;
  return { ok: false, reason, by: 'the detections before the edit' };
}
