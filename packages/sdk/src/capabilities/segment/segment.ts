import { AtelierError } from '../../errors/atelier-error.ts';
import { type Box, clipBox } from '../../image/geometry.ts';
import type { Image } from '../../image/image.ts';
import { Mask } from '../../image/mask.ts';
import type { Detection } from '../detect/contract.ts';
import { route } from '../route.ts';
import { runCapability } from '../run-capability.ts';
import { checkMask } from '../shared/edit.ts';
import { type ChoiceNeeded, findTarget, type Target } from '../target/target.ts';
import type { CallOptions, VisionContext } from '../vision-context.ts';
import type { PointPrompt } from './contract.ts';

/** A thing cut out: its pixels, and how it was found where words led to it. */
export interface Segmented {
  readonly needs?: undefined;
  readonly mask: Mask;
  /** The model's own estimate, 0..1; the lowest where several things were cut out. */
  readonly score: number;
  /** What was found, where a phrase was given. */
  readonly detections: readonly Detection[];
  readonly backend: string;
  readonly model: string;
}

/** Cuts out what the target names; words that fit several things come back as a choice. */
export async function segmentTarget(
  context: VisionContext,
  image: Image,
  target: Target,
  options: CallOptions = {},
): Promise<Segmented | ChoiceNeeded> {
  if (target.mask) {
    checkMask(image, target.mask);
    return { mask: target.mask, score: 1, detections: [], backend: 'caller', model: 'given mask' };
  }
  if (target.phrase !== undefined) {
    const found = await findTarget(context, image, target.phrase, { ...options, choice: target.choice });
    if (found.needs) return found;
    return segmentAll(context, image, found.detections, options);
  }
  if (target.box || target.points?.length) {
    return segmentPrompt(context, image, { box: target.box, points: target.points }, options);
  }
  throw new AtelierError({
    code: 'invalid-input',
    message: 'No target was given.',
    hint: 'Give a phrase ("the cup"), a box, points or a mask.',
  });
}

async function segmentAll(
  context: VisionContext,
  image: Image,
  detections: readonly Detection[],
  options: CallOptions,
): Promise<Segmented> {
  const parts: Segmented[] = [];
  for (const { box } of detections) parts.push(await segmentPrompt(context, image, { box }, options));
  const [first] = parts;
  if (parts.length === 1) return { ...first, detections };
  const data = new Uint8Array(image.width * image.height);
  for (const { mask } of parts) for (let i = 0; i < data.length; i++) data[i] |= mask.data[i];
  const score = Math.min(...parts.map((part) => part.score));
  return { ...first, mask: new Mask(image.width, image.height, data), score, detections };
}

async function segmentPrompt(
  context: VisionContext,
  image: Image,
  prompt: { box?: Box | undefined; points?: readonly PointPrompt[] | undefined },
  options: CallOptions,
): Promise<Segmented> {
  const request = { image, ...checkPrompt(image, prompt) };
  const routed = route(context.backends, 'segment', request);
  const { mask, score } = await runCapability('segment', routed, request, options);
  if (mask.area === 0) {
    throw new AtelierError({
      code: 'no-match',
      message: 'Nothing could be cut out there.',
      hint: 'Give a tighter box, or points on the thing.',
    });
  }
  return { mask, score, detections: [], backend: routed.backend, model: routed.capability.model };
}

function checkPrompt(image: Image, prompt: { box?: Box | undefined; points?: readonly PointPrompt[] | undefined }) {
  const size = `The picture measures ${image.width} x ${image.height}.`;
  const outside = prompt.points?.find(({ x, y }) => !(x >= 0 && y >= 0 && x <= image.width && y <= image.height));
  if (outside) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `The point (${outside.x}, ${outside.y}) lies outside the picture.`,
      hint: size,
    });
  }
  if (!prompt.box) return { points: prompt.points ?? [] };
  const { x, y, width, height } = prompt.box;
  const box = width > 0 && height > 0 ? clipBox(prompt.box, image) : undefined;
  if (!box) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `The box (${x}, ${y}, ${width} x ${height}) has no area inside the picture.`,
      hint: size,
    });
  }
  return { box, ...(prompt.points?.length ? { points: prompt.points } : {}) };
}
