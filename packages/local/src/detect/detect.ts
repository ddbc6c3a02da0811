import type { CallContext, Capability, Detection, DetectRequest } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import type { RunTask } from '../worker/pool.ts';
import { knownThings } from './labels.ts';
import type { Thresholds } from './look-everywhere.ts';
import { bestNames, mergeDetections } from './merge.ts';
import { rememberingLook } from './remembered-look.ts';
import { type KnownPhrase, knownLabels, lookUp, unknownPhrases } from './vocabulary.ts';

/**
 * Smallest scores reported when the request names none. At 0.3 the sample photographs keep their main things and little
 * else; BlazeFace gives true faces 0.85 and more, but a cat's face or a latte's foam up to 0.76.
 */
export const defaultThreshold = { objects: 0.3, faces: 0.8 } as const;
/** The models' noise floor: nothing below is a detection, whatever was asked. */
const lowestThreshold = 0.02;

/**
 * Finds the 80 things of COCO (CenterNet) and faces (BlazeFace) by name. Default threshold 0.3, for faces 0.8.
 * Scores are the models' own. Throws `phrase-unknown`, `invalid-input`, `backend-failed`.
 */
export function createDetect(runTask: RunTask): Capability<DetectRequest, readonly Detection[]> {
  const look = rememberingLook(runTask);
  return {
    model: 'centernet-coco+blazeface',
    able: ({ phrases }) => unknownPhrases(phrases) ?? true,
    run: (request, context) => detect(look, request, context),
  };
}

interface Wanted {
  readonly phrase: string;
  readonly labels: readonly string[];
}

async function detect(
  look: ReturnType<typeof rememberingLook>,
  request: DetectRequest,
  context: CallContext,
): Promise<readonly Detection[]> {
  const wanted = understand(request);
  const found = await look(request.image, thresholds(request, wanted), context);
  const merged = mergeDetections(found);
  const detections = (wanted ? merged : bestNames(merged)).flatMap(({ thing, score, box }) => {
    const label = knownThings[thing]?.label ?? '';
    if (!wanted) return [{ label, score, box, phrase: label }];
    return wanted.filter(({ labels }) => labels.includes(label)).map(({ phrase }) => ({ label, score, box, phrase }));
  });
  context.progress?.(1);
  return detections;
}

/** What each phrase may be called by the models; undefined when everything is wanted. */
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
    const known: KnownPhrase | undefined = lookUp(phrase);
    return known ? [{ phrase, labels: known.labels }] : [];
  });
}

/** Which models run, and from which score on. Faces cost time, so they are looked for only when they are wanted. */
function thresholds({ threshold }: DetectRequest, wanted: readonly Wanted[] | undefined): Thresholds {
  const labels = wanted ? wanted.flatMap((want) => want.labels) : knownLabels;
  const from = (initial: number) => Math.max(threshold ?? initial, lowestThreshold);
  return {
    objects: labels.some((label) => label !== 'face') ? from(defaultThreshold.objects) : undefined,
    faces: labels.includes('face') ? from(defaultThreshold.faces) : undefined,
  };
}
