import { AtelierError } from '../../errors/atelier-error.ts';
import { boxArea, boxCentre, intersectBoxes, iou, type Size } from '../../image/geometry.ts';
import type { Detection } from '../detect/contract.ts';

/** A second thing is part of the subject when it stands out at least this much as strongly as the first. */
const companionShare = 0.5;

/**
 * What a picture is of, when nobody said: the largest, surest and most central things, of whatever name. Things that
 * overlap the first one are its parts (a face in a person) and add nothing. Throws `no-match` when nothing was recognised.
 */
export function mainSubject(seen: readonly Detection[], size: Size): readonly Detection[] {
  const ranked = seen
    .filter((thing) => !seen.some((other) => isMostOf(other, thing)))
    .sort((a, b) => prominence(b, size) - prominence(a, size));
  const [first] = ranked;
  if (!first) {
    throw new AtelierError({
      code: 'no-match',
      message: 'No main subject was recognised in the picture.',
      hint: 'Name the subject, or give a box around it.',
    });
  }
  const companions = ranked.filter(
    (other) =>
      other !== first &&
      prominence(other, size) >= companionShare * prominence(first, size) &&
      iou(other.box, first.box) < 0.3,
  );
  return [first, ...companions];
}

/** A surer thing of another name that fills most of a box is what is to be seen in it: a cup in the box of "table". */
const isMostOf = (other: Detection, thing: Detection): boolean => {
  const shared = intersectBoxes(other.box, thing.box);
  return (
    other.label !== thing.label &&
    other.score > thing.score &&
    shared !== undefined &&
    boxArea(shared) >= 0.8 * boxArea(other.box) &&
    boxArea(shared) >= 0.35 * boxArea(thing.box)
  );
};

function prominence(detection: Detection, size: Size): number {
  const centre = boxCentre(detection.box);
  const offCentre = Math.hypot(centre.x / size.width - 0.5, centre.y / size.height - 0.5);
  return detection.score * Math.sqrt(boxArea(detection.box) / (size.width * size.height)) * (1 - offCentre);
}
