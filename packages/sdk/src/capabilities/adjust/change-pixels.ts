import { AtelierError } from '../../errors/atelier-error.ts';
import type { Box } from '../../image/geometry.ts';
import type { Image } from '../../image/image.ts';
import { Mask } from '../../image/mask.ts';
import { byteTable, translateBytes } from '../../image/translate.ts';
import { route } from '../route.ts';
import { runCapability } from '../run-capability.ts';
import type { AlphaShape } from '../shared/alpha.ts';
import { checkMask, type Edit, paintThroughMask } from '../shared/edit.ts';
import { adjustShape } from '../shared/shapes.ts';
import { honestly, worstOf } from '../verify/honestly.ts';
import { mistakenTarget } from '../verify/mistaken-target.ts';
import type { VisionContext } from '../vision-context.ts';
import type { AdjustOptions } from './adjust.ts';
import { changeEach } from './change-each.ts';
import { growMask } from './grow-mask.ts';
import { measurePixels } from './measure-pixels.ts';
import type { AdjustRegion, PixelOperation } from './operation.ts';
import { thingsApart } from './things-apart.ts';

/** What is painted around a thing has soft edges of its own. */
const asItIs: AlphaShape = { grow: 0, smooth: 0, feather: 0 };

type Parameters = Readonly<Record<string, unknown>>;

/** Lets a backend run the operation inside the region, and measures there. */
export async function changePixels(
  context: VisionContext,
  image: Image,
  operation: PixelOperation,
  parameters: Parameters,
  options: AdjustOptions,
): Promise<Edit> {
  const selected = selectRegion(image, options.region ?? 'subject', options.mask);
  const proposal = { image, operation: operation.name, parameters, alpha: selected.data };
  const routed = route(context.backends, 'adjust', proposal);
  const { mask, things = [], signal, protection } = options;
  const around = operation.reach?.(parameters, Math.sqrt(selected.area));
  const mayChange = around === undefined ? selected : await growMask(selected, around, signal);
  const shape = around === undefined ? adjustShape(selected) : asItIs;
  const several = operation.eachByItself ? things.map((thing) => thing.box) : [];
  const painted = await paintThroughMask(image, mayChange, { shape, margin: 0, protection, signal }, async (crop) => {
    const weights = around === undefined ? crop.alpha : await weightsOf(selected, crop.box);
    const change = (now: Image, alpha: Uint8Array) =>
      runCapability('adjust', routed, { image: now, operation: operation.name, parameters, alpha }, options);
    if (several.length < 2) return change(crop.image, weights);
    const parts = await thingsApart({ box: crop.box, alpha: weights }, several, signal);
    return changeEach(crop.image, crop.box, parts, change, signal);
  });
  const { box, alpha } = painted.region;
  const weights = around === undefined ? alpha : await weightsOf(selected, box);
  const regions = await thingsApart({ box, alpha: weights }, several, signal);
  const verified = await honestly(
    signal,
    async () =>
      (mask && (await mistakenTarget(context, image, mask, things, { signal }))) ??
      worstOf(regions.map((region) => measurePixels(image, { ...painted, region }, operation, parameters))),
  );
  return {
    image: painted.image,
    mask: painted.mask,
    verified,
    receipt: {
      capability: 'adjust',
      backend: routed.backend,
      model: routed.capability.model,
      operation: { name: operation.name, parameters },
      ...painted.counts,
      areas: { ...painted.counts.areas, selected: selected.area },
      before: image.id,
      after: painted.image.id,
      mask: painted.mask.id,
      encoding: 'lossless',
    },
  };
}

function selectRegion(image: Image, region: AdjustRegion, mask: Mask | undefined): Mask {
  if (region === 'everything') return Mask.fromBox(image, { x: 0, y: 0, width: image.width, height: image.height });
  if (!mask) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `Region "${region}" needs the mask of the subject.`,
      hint: 'Segment the subject first, or use region "everything".',
    });
  }
  checkMask(image, mask);
  return region === 'background' ? mask.invert() : mask;
}

const fullWhereSet = byteTable((bit) => (bit === 0 ? 0 : 255));

/** The mask under the box, one weight a pixel: 0 or 255. */
const weightsOf = (mask: Mask, box: Box): Promise<Uint8Array> => translateBytes(mask.crop(box).data, fullWhereSet);
