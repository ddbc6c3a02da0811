import { AtelierError } from '../../errors/atelier-error.ts';
import { type Box, clipBox, type Size } from '../../image/geometry.ts';
import type { Image } from '../../image/image.ts';
import { Mask } from '../../image/mask.ts';
import { inSlices } from '../../image/slices.ts';
import type { Detection } from '../detect/contract.ts';
import { route } from '../route.ts';
import { runCapability } from '../run-capability.ts';
import { checkMask } from '../shared/edit.ts';
import { type ChoiceNeeded, findTarget, type Target } from '../target/target.ts';
import { type CallOptions, progressWithin, type VisionContext } from '../vision-context.ts';
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
    const finding = { ...options, progress: progressWithin(options.progress, 0, 0.5) };
    const found = await findTarget(context, image, target.phrase, { ...finding, choice: target.choice });
    if (found.needs) return found;
    return segmentAll(context, image, found.detections, {
      ...options,
      progress: progressWithin(options.progress, 0.5, 1),
    });
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
  for (const [index, { box }] of detections.entries()) {
    const progress = progressWithin(options.progress, index / detections.length, (index + 1) / detections.length);
    parts.push(await segmentPrompt(context, image, { box }, { ...options, progress }));
  }
  const [first] = parts;
  if (parts.length === 1) return { ...first, detections };
  const mask = await unite(
    image,
    parts.map((part) => part.mask),
    options.signal,
  );
  const score = Math.min(...parts.map((part) => part.score));
  return { ...first, mask, score, detections };
}

/** Every pixel that is set in one of the masks. In slices, and only where they are set: a crowd on 12 megapixels is a lot. */
async function unite({ width, height }: Size, masks: readonly Mask[], signal: AbortSignal | undefined): Promise<Mask> {
  const data = new Uint8Array(width * height);
  for (const mask of masks) {
    const { bounds } = mask;
    if (!bounds) continue;
    const work = (from: number, to: number): void => {
      for (let y = bounds.y + from; y < bounds.y + to; y++) {
        const end = y * width + bounds.x + bounds.width;
        for (let i = end - bounds.width; i < end; i++) if (mask.data[i]) data[i] = 1;
      }
    };
    await inSlices(bounds.height, work, { signal });
  }
  return new Mask(width, height, data);
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
  options.progress?.(1);
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
