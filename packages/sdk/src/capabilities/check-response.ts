import { AtelierError } from '../errors/atelier-error.ts';
import { type Box, clipBox, type Size } from '../image/geometry.ts';
import { Mask } from '../image/mask.ts';
import type { Pixels } from '../image/pixels.ts';
import type { Capability, CapabilityMap, CapabilityName } from './capability.ts';
import type { Detection } from './detect/contract.ts';

export type RequestOf<Name extends CapabilityName> =
  CapabilityMap[Name] extends Capability<infer Request, infer _> ? Request : never;
export type ResponseOf<Name extends CapabilityName> =
  CapabilityMap[Name] extends Capability<infer _, infer Response> ? Response : never;

/** Makes the error that tells what was wrong with a backend's response. */
type Refuse = (what: string) => AtelierError;

type Check<Name extends CapabilityName> = (
  response: ResponseOf<Name>,
  request: RequestOf<Name>,
  refuse: Refuse,
) => ResponseOf<Name>;

const painted = (response: Pixels, { image }: { readonly image: Size }, refuse: Refuse): Pixels =>
  checkPixels(response, image, refuse);

const checks: { readonly [Name in CapabilityName]: Check<Name> } = {
  ask(response, _request, refuse) {
    if (typeof response?.answer !== 'string' || response.answer.trim() === '') throw refuse('an answer without words');
    const { confidence } = response;
    if (confidence !== undefined) checkScore(confidence, 'confidence', refuse);
    return response;
  },
  detect(response, { image, phrases }, refuse) {
    if (!Array.isArray(response)) throw refuse('no list of detections');
    const checked = response.map((detection: Detection) => checkDetection(detection, image, phrases, refuse));
    const unsorted = checked.findIndex(({ score }, index) => index > 0 && score > checked[index - 1].score);
    if (unsorted > 0) throw refuse(`detections that are not sorted by score (number ${unsorted + 1})`);
    return checked;
  },
  segment(response, { image }, refuse) {
    const mask: unknown = response?.mask;
    if (!(mask instanceof Mask)) throw refuse('no mask');
    if (mask.width !== image.width || mask.height !== image.height) {
      throw refuse(`a mask of ${sizeOf(mask)} for a picture of ${sizeOf(image)}`);
    }
    checkScore(response.score, 'score', refuse);
    return response;
  },
  remove: painted,
  inpaint: painted,
  adjust: painted,
  generate: checkPixels,
};

/**
 * What a backend answered, if it keeps the contract: pixels of the size asked for, masks of the picture's size, finite
 * scores 0..1 in falling order, boxes with an area inside the picture (and clipped to it), answers with words.
 * Throws `backend-failed`, naming the backend, its model and what was wrong: a broken answer must not become an edit.
 */
export function checkResponse<Name extends CapabilityName>(
  name: Name,
  response: ResponseOf<Name>,
  request: RequestOf<Name>,
  by: { readonly backend: string; readonly model: string },
): ResponseOf<Name> {
  const refuse: Refuse = (what) =>
    new AtelierError({
      code: 'backend-failed',
      message: `The backend ${by.backend} (${by.model}) answered ${name} with ${what}.`,
      hint: 'This is a fault of the backend, not of the request; use another one or report it there.',
      details: { capability: name, ...by },
    });
  return checks[name](response, request, refuse);
}

function checkPixels(response: Pixels, size: Size, refuse: Refuse): Pixels {
  if (!(response?.data instanceof Uint8Array)) throw refuse('no pixels');
  if (response.width !== size.width || response.height !== size.height) {
    throw refuse(`${sizeOf(response)} pixels where ${sizeOf(size)} were asked for`);
  }
  const bytes = size.width * size.height * 4;
  if (response.data.length !== bytes) {
    throw refuse(`${response.data.length} bytes for ${sizeOf(size)} RGBA pixels, which take ${bytes}`);
  }
  return response;
}

function checkDetection(detection: Detection, image: Size, phrases: readonly string[], refuse: Refuse): Detection {
  const { label, score, box, phrase } = detection ?? {};
  if (typeof label !== 'string' || label === '') throw refuse('a detection without a label');
  checkScore(score, `score of "${label}"`, refuse);
  if (typeof phrase !== 'string' || (phrases.length > 0 && !phrases.includes(phrase))) {
    throw refuse(`a "${label}" for ${JSON.stringify(phrase)}, which was not asked for`);
  }
  return { ...detection, box: checkBox(box, label, image, refuse) };
}

function checkBox(box: Box | undefined, label: string, image: Size, refuse: Refuse): Box {
  const { x, y, width, height } = box ?? {};
  const place = `(${x}, ${y}, ${width} x ${height})`;
  if (!box || ![x, y, width, height].every(Number.isFinite)) throw refuse(`a box ${place} around "${label}"`);
  if (box.width <= 0 || box.height <= 0) throw refuse(`a box ${place} without area around "${label}"`);
  const clipped = clipBox(box, image);
  if (!clipped) throw refuse(`a box ${place} around "${label}" outside the picture of ${sizeOf(image)}`);
  const isInside = box.x >= 0 && box.y >= 0 && box.x + box.width <= image.width && box.y + box.height <= image.height;
  return isInside ? box : clipped;
}

function checkScore(score: unknown, what: string, refuse: Refuse): void {
  if (typeof score === 'number' && score >= 0 && score <= 1) return;
  throw refuse(`the ${what} ${typeof score === 'number' ? score : typeof score} instead of 0..1`);
}

const sizeOf = ({ width, height }: Size): string => `${width} x ${height}`;
