import type { Image } from '../../image/image.ts';
import type { Mask } from '../../image/mask.ts';
import type { Detection } from '../detect/contract.ts';
import { route } from '../route.ts';
import { runCapability } from '../run-capability.ts';
import { checkMask, type Edit, paintThroughMask } from '../shared/edit.ts';
import { contextMargin, removalShape } from '../shared/shapes.ts';
import { honestly } from '../verify/honestly.ts';
import { mistakenTarget } from '../verify/mistaken-target.ts';
import { verifyRemoved } from '../verify/verify-removed.ts';
import type { EditCallOptions, VisionContext } from '../vision-context.ts';

export interface RemoveOptions extends EditCallOptions {
  readonly mask: Mask;
  /** What the mask was made from, where words led to it: the second look asks whether these are gone. */
  readonly things?: readonly Detection[] | undefined;
  /** Equal seeds give equal pixels. Default 0. */
  readonly seed?: number | undefined;
}

/** Fills a masked thing with what could have been behind it, and looks again. */
export async function remove(context: VisionContext, image: Image, options: RemoveOptions): Promise<Edit> {
  const { mask, seed = 0, signal, protection } = options;
  checkMask(image, mask);
  const routed = route(context.backends, 'remove', { image, mask, seed });
  const shape = removalShape(mask);
  const painted = await paintThroughMask(
    image,
    mask,
    { shape, margin: contextMargin(mask), protection, signal },
    (crop) => runCapability('remove', routed, { image: crop.image, mask: crop.mask, seed }, options),
  );
  const things = options.things ?? [];
  const claim = { before: image, after: painted.image, selected: mask, edited: painted.mask, things };
  options.onVerify?.();
  const verified = await honestly(
    signal,
    async () =>
      (await mistakenTarget(context, image, mask, things, { signal })) ?? verifyRemoved(context, claim, { signal }),
  );
  return {
    image: painted.image,
    mask: painted.mask,
    verified,
    receipt: {
      capability: 'remove',
      backend: routed.backend,
      model: routed.capability.model,
      seed,
      ...painted.counts,
      before: image.id,
      after: painted.image.id,
      mask: painted.mask.id,
      encoding: 'lossless',
    },
  };
}
