import { AtelierError } from '../../errors/atelier-error.ts';
import type { Box } from '../../image/geometry.ts';
import { Image } from '../../image/image.ts';
import { Mask } from '../../image/mask.ts';
import { cropPixels } from '../../image/resize.ts';
import { countChangedProtected, describeRules, type Protection } from '../protect/protection.ts';
import { checkMask, type Edit } from '../shared/edit.ts';
import type { FrameGeometry, Receipt } from '../shared/receipt.ts';
import { honestly } from '../verify/honestly.ts';
import { mistakenTarget } from '../verify/mistaken-target.ts';
import type { VisionContext } from '../vision-context.ts';
import type { AdjustOptions } from './adjust.ts';
import { countDifferent } from './frame-work/count-different.ts';
import { turnPixels } from './frame-work/turn-pixels.ts';
import type { FrameOperation } from './operation.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** Turns and cuts the picture down, here and without a backend, and compares the result with the picture it came from. */
export async function changeFrame(
  context: VisionContext,
  image: Image,
  operation: FrameOperation,
  parameters: Parameters,
  options: AdjustOptions,
): Promise<Edit> {
  const { mask, things = [], signal, protection } = options;
  const thing = operation.region === 'subject' ? thingOf(image, operation, mask) : undefined;
  const request = { image, parameters, thing, signal };
  const decision = await operation.frame(request);
  const whole = { x: 0, y: 0, width: image.width, height: image.height };
  const { angle, crop } = 'frame' in decision ? decision.frame : { angle: 0, crop: whole };
  const geometry: FrameGeometry = {
    from: { width: image.width, height: image.height },
    to: { width: crop.width, height: crop.height },
    angle,
    crop,
  };
  const protectedThere = protection && protectionAfter(protection, geometry);
  const cut = cropPixels(image, crop);
  const pixels = angle === 0 ? cut : await turnPixels(image, angle, crop, signal);
  options.progress?.(1);
  const result = 'unchanged' in decision ? image : await Image.fromPixels(pixels);
  options.onVerify?.();
  const verified = await honestly(signal, async () => {
    if ('unchanged' in decision) return { ok: decision.isAsAsked === true, reason: decision.unchanged, by: 'pixels' };
    const mistaken = thing && mask && (await mistakenTarget(context, image, mask, things, { signal }));
    if (mistaken) return mistaken;
    const { done, evidence } = await operation.measure(image, result, decision.frame, request);
    return { ok: done, reason: evidence, by: 'pixels' };
  });
  const frame = Mask.fromBox(result, { x: 0, y: 0, width: result.width, height: result.height });
  const receipt: Receipt = {
    capability: 'adjust',
    backend: 'atelier',
    model: 'geometry',
    operation: { name: operation.name, parameters },
    changedOutsideMask: 0,
    changedInsideMask: await countDifferent(cut, result, signal),
    areas: { selected: frame.area, edited: frame.area },
    before: image.id,
    after: result.id,
    mask: frame.id,
    encoding: 'lossless',
    geometry,
    ...(protection && protectedThere
      ? {
          protected: {
            rules: protection.rules,
            area: protectedThere.area,
            changed: await countChangedProtected(
              cut.data,
              result.data,
              { ...protection, mask: protectedThere },
              signal,
            ),
          },
        }
      : {}),
  };
  return { image: result, mask: frame, verified, receipt };
}

function thingOf(image: Image, operation: FrameOperation, mask: Mask | undefined): Box {
  if (!mask) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `"${operation.name}" needs the mask of the thing that it is about.`,
      hint: 'Segment the thing first.',
    });
  }
  checkMask(image, mask);
  // An empty mask was refused just now; the whole picture stands in for the compiler's sake.
  return mask.bounds ?? { x: 0, y: 0, width: image.width, height: image.height };
}

/** The protected pixels in the new frame. Throws `protected` where any would be cut off or, by turning, mixed. */
function protectionAfter({ mask, rules }: Protection, { angle, crop, to }: FrameGeometry): Mask {
  if (mask.area === 0) return new Mask(to.width, to.height, new Uint8Array(to.width * to.height));
  if (angle === 0) {
    const after = mask.crop(crop);
    if (after.area === mask.area) return after;
  }
  const [does, hint] =
    angle === 0
      ? ['Cropping would cut off', 'Leave a larger margin, or open a session without this protection.']
      : ['Turning the picture would change', 'Open a session without this protection.'];
  throw new AtelierError({ code: 'protected', message: `${does} what is protected (${describeRules(rules)}).`, hint });
}
