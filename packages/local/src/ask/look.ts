import type {
  Box,
  CallContext,
  Capability,
  Detection,
  DetectRequest,
  Image,
  Mask,
  SegmentRequest,
  SegmentResponse,
} from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { lookUp } from '../detect/vocabulary.ts';
import type { ColourName } from './colour-names.ts';
import { type ColourShare, dominantColours, mainColours } from './dominant-colours.ts';
import type { Question, Thing } from './question.ts';

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
}

/** Looks for what the question is about; `scene` gives one finding per label, largest score first. */
export async function look(
  eyes: Eyes,
  image: Image,
  question: Question,
  context: CallContext,
): Promise<readonly Finding[]> {
  if (question.kind === 'scene') return await everything(eyes, image, context);
  const phrases = [...new Set(question.things.map(({ phrase }) => phrase))];
  const seen = await eyes.detect.run(
    { image, phrases },
    { ...context, progress: (share) => context.progress?.(share * 0.6) },
  );
  const needsColour = question.kind === 'colour' || question.kind === 'colour-check';
  const findings: Finding[] = [];
  for (const thing of question.things) {
    const mine = seen.filter(({ phrase }) => phrase === thing.phrase).sort((a, b) => a.box.x - b.box.x);
    const sightings: Sighting[] = [];
    for (const { label, score, box } of mine) {
      const colours = needsColour || thing.colour ? mainColours(await coloursOf(eyes, image, box, context)) : [];
      if (!thing.colour || colours.includes(thing.colour)) sightings.push({ label, score, box, colours });
    }
    const known = lookUp(thing.phrase);
    findings.push({ thing, label: known?.label ?? thing.phrase, narrower: known?.narrower ?? false, sightings });
  }
  context.progress?.(1);
  return findings;
}

/** Everything that is recognised, one finding per label. */
export async function everything(eyes: Eyes, image: Image, context: CallContext): Promise<readonly Finding[]> {
  const seen = await eyes.detect.run({ image, phrases: [] }, context);
  return [...new Set(seen.map(({ label }) => label))].map((label) => ({
    thing: { phrase: label },
    label,
    narrower: false,
    sightings: seen
      .filter((detection) => detection.label === label)
      .map((detection) => ({ ...detection, colours: [] })),
  }));
}

async function coloursOf(
  { segment }: Eyes,
  image: Image,
  box: Box,
  context: CallContext,
): Promise<readonly ColourShare[]> {
  const request = { image, box };
  if (segment?.able(request) !== true) return dominantColours(image, box);
  const mask = await maskOf(segment, request, context);
  return mask ? dominantColours(image, mask.bounds ?? box, mask) : dominantColours(image, box);
}

/** Undefined where nothing stands out from its surroundings: the box is then all there is to go by. */
async function maskOf(
  segment: NonNullable<Eyes['segment']>,
  request: SegmentRequest,
  { signal }: CallContext,
): Promise<Mask | undefined> {
  try {
    const { mask } = await segment.run(request, signal ? { signal } : {});
    return mask.area > 0 ? mask : undefined;
  } catch (error) {
    if (AtelierError.isInstance(error) && error.code === 'no-match') return undefined;
    throw error;
  }
}
