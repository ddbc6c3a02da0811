import type { Image } from '../../image/image.ts';
import type { Mask } from '../../image/mask.ts';
import { route } from '../route.ts';
import { runCapability } from '../run-capability.ts';
import { checkMask, type Edit, paintThroughMask } from '../shared/edit.ts';
import { contextMargin, inpaintShape } from '../shared/shapes.ts';
import { verifyPainted } from '../verify/verify-painted.ts';
import type { EditCallOptions, VisionContext } from '../vision-context.ts';
import type { InpaintRequest } from './contract.ts';

export interface InpaintOptions
  extends EditCallOptions,
    Partial<Pick<InpaintRequest, 'negativePrompt' | 'steps' | 'guidance' | 'strength'>> {
  readonly mask: Mask;
  /** What should be there instead. */
  readonly prompt: string;
  /** What the second look looks for. Default: the prompt; give it where the prompt says more than the thing. */
  readonly wanted?: string | undefined;
  /** Equal seeds give equal pixels on the same backend and model. Default 0. */
  readonly seed?: number | undefined;
}

/** Repaints a masked region from words, and looks again. Throws `capability-unavailable` where no backend can paint. */
export async function inpaint(context: VisionContext, image: Image, options: InpaintOptions): Promise<Edit> {
  const { mask, signal, progress, onVerify, protection, wanted, seed = 0, ...words } = options;
  checkMask(image, mask);
  const routed = route(context.backends, 'inpaint', { image, seed, ...words, mask });
  const painted = await paintThroughMask(
    image,
    mask,
    { shape: inpaintShape(mask), margin: contextMargin(mask), protection, signal },
    (crop) =>
      runCapability('inpaint', routed, { ...words, seed, image: crop.image, mask: crop.mask }, { signal, progress }),
  );
  const claim = {
    after: painted.image,
    box: painted.mask.bounds ?? painted.region.box,
    prompt: wanted ?? words.prompt,
  };
  onVerify?.();
  const verified = await verifyPainted(context, claim, { signal });
  return {
    image: painted.image,
    mask: painted.mask,
    verified,
    receipt: {
      capability: 'inpaint',
      backend: routed.backend,
      model: routed.capability.model,
      seed,
      prompt: words.prompt,
      ...painted.counts,
      before: image.id,
      after: painted.image.id,
      mask: painted.mask.id,
      encoding: 'lossless',
    },
  };
}
