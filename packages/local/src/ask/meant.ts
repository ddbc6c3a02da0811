import { anchorPhrases, type Detection, type Image, resolvePhrase } from '@atelier/sdk';
import { placeOf } from './place.ts';
import { counts, type QuestionKind } from './question.ts';
import type { Which } from './which.ts';

interface Seen {
  readonly image: Image;
  /** What could be the thing: its kind, in its colour. */
  readonly candidates: readonly Detection[];
  /** All detections, among them what places are told by. */
  readonly seen: readonly Detection[];
}

/**
 * The detections that words of place and size leave; several where which one is meant cannot be told. "Is there a cup on
 * the left?" holds the words against the picture; "what colour is the left cup?" takes them as the asker's way to point.
 */
export function meantOf(
  kind: QuestionKind,
  { parsed }: Which,
  { image, candidates, seen }: Seen,
): readonly Detection[] {
  const nouns = anchorPhrases(parsed);
  const context = { size: image, anchors: seen.filter(({ phrase }) => nouns.includes(phrase)) };
  if (!counts(kind)) return resolvePhrase(parsed, candidates, context).matches;
  const inMiddle = parsed.selectors.some((selector) => selector.kind === 'middle');
  const selectors = parsed.selectors.filter((selector) => selector.kind !== 'middle');
  const { matches } = resolvePhrase({ ...parsed, selectors, all: true }, candidates, context);
  return inMiddle ? matches.filter(({ box }) => placeOf(box, image) === 'middle') : matches;
}
