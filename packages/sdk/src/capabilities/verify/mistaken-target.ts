import { type Box, boxArea, intersectBoxes } from '../../image/geometry.ts';
import type { Image } from '../../image/image.ts';
import type { Mask } from '../../image/mask.ts';
import type { Detection } from '../detect/contract.ts';
import { detectAnything } from '../detect/detect.ts';
import type { Verification } from '../shared/receipt.ts';
import type { CallOptions, VisionContext } from '../vision-context.ts';
import { coverage } from './coverage.ts';

/** Who says that something else was cut out than was named: no other attempt on it would be better. */
export const byEarlierDetections = 'the detections before the edit';
/** Who says that a part of the thing had to stay. */
export const byProtection = 'the protection';

/** A thing takes up another's box when it lies in it and fills at least this share of it. */
const takesUp = 0.5;
/** It was cut out when the mask holds at least this share of its box. */
const cutOut = 0.6;

/**
 * Whether something else was cut out than what was named: a surer thing of another name takes up the box of the named one,
 * and the mask holds it ("the table", of which all that is seen well is the cup). Such an edit may be done well, to the wrong thing.
 */
export async function mistakenTarget(
  context: VisionContext,
  image: Image,
  mask: Mask,
  things: readonly Detection[],
  options: CallOptions = {},
): Promise<Verification | undefined> {
  const [thing] = things;
  if (things.length !== 1) return undefined;
  // A detector that must be told what to look for cannot be asked what else is there.
  const everything = await detectAnything(context, image, options);
  const other = everything.find(
    ({ label, score, box }) =>
      label !== thing.label && score > thing.score && fills(box, thing.box) && coverage(mask, box) >= cutOut,
  );
  if (!other) return undefined;
  const reason = `what was cut out looks like a ${other.label} (${Math.round(other.score * 100)} %), not a ${thing.label}`;
  return { ok: false, reason, by: byEarlierDetections };
}

function fills(inner: Box, outer: Box): boolean {
  const shared = intersectBoxes(inner, outer);
  if (!shared) return false;
  return boxArea(shared) >= 0.8 * boxArea(inner) && boxArea(shared) >= takesUp * boxArea(outer);
}
