import type { CallContext, Capability, Detection, DetectRequest } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { createSegment } from '../segment/create-segment.ts';
import type { RunTask } from '../worker/pool.ts';
import { answerPhrase, type Finders } from './answer-phrase.ts';
import { knownThings } from './labels.ts';
import type { Thresholds } from './look-everywhere.ts';
import { bestNames, mergeDetections } from './merge.ts';
import { type PhraseMeaning, readPhrase } from './read-phrase.ts';
import { rememberingLook } from './remembered-look.ts';
import { lookForShapes } from './shape/look-for-shapes.ts';
import { lookForText } from './text/look-for-text.ts';
import { unknownPhrases } from './unknown-phrases.ts';
import { knownLabels } from './vocabulary.ts';

/**
 * Smallest scores reported when the request names none. At 0.3 the sample photographs keep their main things and little
 * else; BlazeFace gives true faces 0.85 and more, but a cat's face or a latte's foam up to 0.76.
 */
export const defaultThreshold = { objects: 0.3, faces: 0.8 } as const;
/** The models' noise floor: nothing below is a detection, whatever was asked. */
const lowestThreshold = 0.02;

/**
 * Finds the 80 things of COCO (CenterNet) and faces (BlazeFace) by name, plain shapes by their outlines, text by its
 * strokes, and of all of them those of a colour ("the red cup", "the blue square", "the white text"). Default threshold
 * 0.3, for shapes and text 0.4, for faces 0.8. Scores of things are the models' own, with a colour lowered by how
 * little of it they show; those of shapes and text are measured. Throws `phrase-unknown`, `invalid-input`, `backend-failed`.
 */
export function createDetect(runTask: RunTask): Capability<DetectRequest, readonly Detection[]> {
  const look = rememberingLook(runTask);
  const finders: Finders = {
    shapes: lookForShapes(runTask),
    text: lookForText(runTask),
    segment: createSegment(runTask),
  };
  return {
    model: 'centernet-coco+blazeface',
    able: ({ phrases }) => unknownPhrases(phrases) ?? true,
    run: (request, context) => detect(look, finders, request, context),
  };
}

interface Wanted {
  readonly phrase: string;
  readonly meaning: PhraseMeaning;
}

async function detect(
  look: ReturnType<typeof rememberingLook>,
  finders: Finders,
  request: DetectRequest,
  context: CallContext,
): Promise<readonly Detection[]> {
  const wanted = understand(request);
  const { image, threshold } = request;
  const looked = await look(image, thresholds(request, wanted), context);
  const things = mergeDetections(looked);
  if (!wanted) {
    context.progress?.(1);
    return bestNames(things).map(({ thing, score, box }) => {
      const label = knownThings[thing]?.label ?? '';
      return { label, score, box, phrase: label };
    });
  }
  const detections: Detection[] = [];
  // What the networks said is told already; what comes after reports nothing until the end.
  const quiet: CallContext = context.signal ? { signal: context.signal } : {};
  for (const { phrase, meaning } of wanted) {
    const answers = await answerPhrase(meaning, finders, { image, things, threshold, context: quiet });
    detections.push(...answers.map((answer) => ({ ...answer, phrase })));
  }
  context.progress?.(1);
  return detections.sort((one, other) => other.score - one.score);
}

/** What each phrase means; undefined when everything is wanted. */
function understand({ phrases, threshold }: DetectRequest): readonly Wanted[] | undefined {
  if (threshold !== undefined && !(threshold >= 0 && threshold <= 1)) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `A threshold of ${threshold} is not a score.`,
      hint: 'Give a number from 0 to 1.',
    });
  }
  const unknown = unknownPhrases(phrases);
  if (unknown) throw new AtelierError({ ...unknown, message: unknown.hint });
  if (phrases.length === 0) return undefined;
  return [...new Set(phrases)].flatMap((phrase) => {
    const meaning = readPhrase(phrase);
    return meaning ? [{ phrase, meaning }] : [];
  });
}

/** Which models run, and from which score on. Faces cost time, so they are looked for only when they are wanted. */
function thresholds({ threshold }: DetectRequest, wanted: readonly Wanted[] | undefined): Thresholds {
  const labels = wanted ? wanted.flatMap(({ meaning }) => meaning.labels) : knownLabels;
  const objects = labels.some((label) => label !== 'face') || wanted?.some(({ meaning }) => meaning.anything);
  const from = (initial: number) => Math.max(threshold ?? initial, lowestThreshold);
  return {
    objects: objects ? from(defaultThreshold.objects) : undefined,
    faces: labels.includes('face') ? from(defaultThreshold.faces) : undefined,
  };
}
