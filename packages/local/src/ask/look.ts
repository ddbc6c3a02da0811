import type {
  Box,
  CallContext,
  Capability,
  Detection,
  DetectRequest,
  Image,
  SegmentRequest,
  SegmentResponse,
} from '@atelier/sdk';
import { anchorPhrases } from '@atelier/sdk';
import { lookUp } from '../detect/vocabulary.ts';
import type { ColourName } from './colour-names.ts';
import { coloursOf } from './colours-of.ts';
import { type ColourShare, mainColours } from './dominant-colours.ts';
import { meantOf } from './meant.ts';
import { counts, type Question, type Thing } from './question.ts';

/** The capabilities that answers rest on. Without `segment` colours are taken from the middle of the box. */
export interface Eyes {
  readonly detect: Capability<DetectRequest, readonly Detection[]>;
  readonly segment?: Capability<SegmentRequest, SegmentResponse> | undefined;
}

/** One thing seen, with its colours where the question is about them. */
export interface Sighting {
  readonly label: string;
  readonly score: number;
  readonly box: Box;
  readonly colours: readonly ColourName[];
}

/** What was seen of one thing asked about. */
export interface Finding {
  readonly thing: Thing;
  /** What the detectors call it. */
  readonly label: string;
  /** True where the words say more than the detectors can tell ("woman"). */
  readonly narrower: boolean;
  /** From left to right. */
  readonly sightings: readonly Sighting[];
  /** True where a place or size was said of the only one of its kind, which answers to any. */
  readonly only: boolean;
}

/** What detectors must look for, each once: the things, and what their places are told by ("the cup next to the dog"). */
export const phrasesOf = (things: readonly Thing[]): readonly string[] => [
  ...new Set(things.flatMap(({ phrase, which }) => [phrase, ...(which ? anchorPhrases(which.parsed) : [])])),
];

/** Looks for what the question is about; `scene` gives one finding per label, largest score first. */
export async function look(
  eyes: Eyes,
  image: Image,
  question: Question,
  context: CallContext,
): Promise<readonly Finding[]> {
  if (question.kind === 'scene') return await everything(eyes, image, context);
  const seen = await eyes.detect.run(
    { image, phrases: phrasesOf(question.things) },
    { ...context, progress: (share) => context.progress?.(share * 0.6) },
  );
  const known = new Map<Detection, readonly ColourShare[]>();
  const coloursSeen = async (detection: Detection, asked?: ColourName): Promise<readonly ColourName[]> => {
    const colours = known.get(detection) ?? (await coloursOf(eyes.segment, image, detection.box, context));
    known.set(detection, colours);
    return mainColours(colours, asked);
  };
  const findings: Finding[] = [];
  for (const thing of question.things) findings.push(await findThing(thing, question, { image, seen, coloursSeen }));
  context.progress?.(1);
  return findings;
}

interface View {
  readonly image: Image;
  readonly seen: readonly Detection[];
  coloursSeen(detection: Detection, asked?: ColourName): Promise<readonly ColourName[]>;
}

async function findThing(
  thing: Thing,
  { kind, colour }: Question,
  { image, seen, coloursSeen }: View,
): Promise<Finding> {
  const needsColour = kind === 'colour' || kind === 'colour-check';
  const candidates: Detection[] = [];
  for (const detection of seen) {
    if (detection.phrase !== thing.phrase) continue;
    if (!thing.colour || (await coloursSeen(detection, thing.colour)).includes(thing.colour))
      candidates.push(detection);
  }
  const meant = thing.which ? meantOf(kind, thing.which, { image, candidates, seen }) : candidates;
  const sightings: Sighting[] = [];
  for (const detection of meant.toSorted((a, b) => a.box.x - b.box.x)) {
    const { label, score, box } = detection;
    sightings.push({ label, score, box, colours: needsColour ? await coloursSeen(detection, colour) : [] });
  }
  const known = lookUp(thing.phrase);
  const only = thing.which !== undefined && candidates.length === 1 && !counts(kind);
  return { thing, label: known?.label ?? thing.phrase, narrower: known?.narrower ?? false, sightings, only };
}

/** Everything that is recognised, one finding per label. */
export async function everything(eyes: Eyes, image: Image, context: CallContext): Promise<readonly Finding[]> {
  const seen = await eyes.detect.run({ image, phrases: [] }, context);
  return [...new Set(seen.map(({ label }) => label))].map((label) => ({
    thing: { phrase: label },
    label,
    narrower: false,
    only: false,
    sightings: seen
      .filter((detection) => detection.label === label)
      .map((detection) => ({ ...detection, colours: [] })),
  }));
}
