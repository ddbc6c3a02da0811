import type { Image } from '../../image/image.ts';
import type { Mask } from '../../image/mask.ts';
import type { Detection } from '../detect/contract.ts';
import { describeRules, type Protection } from '../protect/protection.ts';
import { route } from '../route.ts';
import { runCapability } from '../run-capability.ts';
import { checkMask, type Edit, paintThroughMask } from '../shared/edit.ts';
import type { Verification } from '../shared/receipt.ts';
import { contextMargin, removalShape } from '../shared/shapes.ts';
import { honestly } from '../verify/honestly.ts';
import { byProtection, mistakenTarget } from '../verify/mistaken-target.ts';
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
      partlyProtected(mask, protection) ??
      (await mistakenTarget(context, image, mask, things, { signal })) ??
      verifyRemoved(context, claim, { signal }),
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

/** Pixels that are kept at a thing's soft edge leave nothing of it to see: a share of its mask. */
const negligible = 0.01;

/** What is protected of a thing stays, however little a detector makes of the rest. */
function partlyProtected({ data, area }: Mask, protection: Protection | undefined): Verification | undefined {
  if (!protection || protection.mask.area === 0) return undefined;
  const kept = protection.mask.data;
  let staying = 0;
  for (let at = 0; at < data.length; at++) if (data[at] !== 0 && kept[at] !== 0) staying++;
  if (staying <= negligible * area) return undefined;
  const share = Math.max(1, Math.round((100 * staying) / area));
  return {
    ok: false,
    reason: `${share} % of it is protected and stays (${describeRules(protection.rules)})`,
    by: byProtection,
  };
}
