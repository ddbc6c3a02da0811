import { AtelierError } from '../../errors/atelier-error.ts';
import { boxArea, boxCentre, iou, type Size } from '../../image/geometry.ts';
import type { Detection } from '../detect/contract.ts';

/** A second thing is part of the subject when it stands out at least this much as strongly as the first. */
const companionShare = 0.5;

/**
 * What a picture is of, when nobody said: the largest, surest and most central things. Things that overlap the first
 * one are its parts (a face in a person) and add nothing. Throws `no-match` when nothing was recognised.
 */
export function mainSubject(seen: readonly Detection[], size: Size): readonly Detection[] {
  const ranked = [...seen].sort((a, b) => prominence(b, size) - prominence(a, size));
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
      other.label === first.label &&
      prominence(other, size) >= companionShare * prominence(first, size) &&
      iou(other.box, first.box) < 0.3,
  );
  return [first, ...companions];
}

function prominence(detection: Detection, size: Size): number {
  const centre = boxCentre(detection.box);
  const offCentre = Math.hypot(centre.x / size.width - 0.5, centre.y / size.height - 0.5);
  return detection.score * Math.sqrt(boxArea(detection.box) / (size.width * size.height)) * (1 - offCentre);
}
