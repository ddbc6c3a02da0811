import type { CallContext, Capability, Detection, Image, SegmentRequest, SegmentResponse } from '@atelier/sdk';
import { iou } from '@atelier/sdk/image';
import { keepColoured } from './colour/keep-coloured.ts';
import { knownThings } from './labels.ts';
import { bestNames, shareInside } from './merge.ts';
import type { RawDetection } from './raw-detection.ts';
import type { PhraseMeaning } from './read-phrase.ts';
import type { Shape } from './shape/find-shapes.ts';
import { type lookForShapes, wholeThings } from './shape/look-for-shapes.ts';
import type { ShapeWish } from './shape/shape-names.ts';
import type { lookForText } from './text/look-for-text.ts';

/** What phrases are answered with. */
export interface Finders {
  readonly shapes: ReturnType<typeof lookForShapes>;
  readonly text: ReturnType<typeof lookForText>;
  readonly segment: Capability<SegmentRequest, SegmentResponse>;
}

/** The picture, and what the networks saw in it. */
export interface Sight {
  readonly image: Image;
  readonly things: readonly RawDetection[];
  readonly context: CallContext;
}

/** A detection before it is told for which phrase. */
export type Answer = Omit<Detection, 'phrase'>;

/** Smallest scores of shapes and of lines of text when the request names none. */
export const leastShape = 0.4;
const leastText = 0.4;
/** Overlap (IoU) from which a patch and a thing are one. */
const samePlace = 0.5;
/** A patch that lies this far inside a thing of the same colour is a part of it. */
const partOf = 0.8;

/** Everything that answers to a phrase, best first. */
export async function answerPhrase(
  meaning: PhraseMeaning,
  finders: Finders,
  sight: Sight & { readonly threshold?: number | undefined },
): Promise<readonly Answer[]> {
  const { labels, shape, anything, text } = meaning;
  const answers: Answer[] = [];
  if (labels.length > 0 || anything) answers.push(...(await namedThings(meaning, finders, sight)));
  if (shape || anything) {
    const found = await finders.shapes(sight.image, meaning.colour, sight.context);
    const patches = shape ? ofShape(found, shape) : whateverThings(found);
    const least = sight.threshold ?? leastShape;
    answers.push(
      ...withoutRepeats(patches.filter(({ score }) => score >= least)).filter((patch) => isNew(patch, answers)),
    );
  }
  if (text) {
    const least = sight.threshold ?? leastText;
    const lines = await finders.text(sight.image, meaning.colour, sight.context);
    answers.push(...lines.filter(({ score }) => score >= least).map((line) => ({ label: 'text', ...line })));
  }
  return answers.sort((one, other) => other.score - one.score);
}

const labelOf = ({ thing }: RawDetection): string => knownThings[thing]?.label ?? '';

/** Things of the networks' own words; with a colour their score is what both say together. */
async function namedThings({ labels, anything, colour }: PhraseMeaning, { segment }: Finders, sight: Sight) {
  const { image, context } = sight;
  const things = anything ? bestNames(sight.things) : sight.things.filter((thing) => labels.includes(labelOf(thing)));
  if (!colour) return things.map((thing) => ({ label: labelOf(thing), score: thing.score, box: thing.box }));
  const named = things.map((detection) => ({ detection, label: labelOf(detection) }));
  const coloured = await keepColoured(named, colour, { image, segment, context });
  return coloured.map((thing) => ({
    label: labelOf(thing),
    // Half of its pixels is as much as a thing shows of its colour.
    score: thing.score * Math.min(1, 0.5 + thing.share),
    box: thing.box,
  }));
}

const ofShape = (shapes: readonly Shape[], { label, accepts }: ShapeWish): readonly Answer[] =>
  shapes.map(({ box, names }) => {
    const fits = Object.entries(names).map(([name, fit]) => fit * (accepts[name as keyof typeof accepts] ?? 0)); // Keys of `names`.
    return { label, box, score: Math.max(0, ...fits) };
  });

const whateverThings = (shapes: readonly Shape[]): readonly Answer[] =>
  wholeThings(shapes).map(({ box, solid }) => ({ label: 'thing', box, score: solid }));

function withoutRepeats(answers: readonly Answer[]): readonly Answer[] {
  const kept: Answer[] = [];
  for (const answer of answers.toSorted((a, b) => b.score - a.score)) {
    if (!kept.some(({ box }) => iou(box, answer.box) > samePlace)) kept.push(answer);
  }
  return kept;
}

const isNew = (patch: Answer, things: readonly Answer[]): boolean =>
  !things.some(({ box }) => iou(box, patch.box) > samePlace || shareInside(patch.box, box) > partOf);
