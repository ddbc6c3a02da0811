import { AtelierError } from '../../errors/atelier-error.ts';
import { compositeInto, countChangedOutside } from '../../image/composite.ts';
import { type Box, clipBox, growBox, intersectBoxes } from '../../image/geometry.ts';
import { Image } from '../../image/image.ts';
import type { Mask } from '../../image/mask.ts';
import type { Pixels } from '../../image/pixels.ts';
import { cropPixels } from '../../image/resize.ts';
import { inSlices } from '../../image/slices.ts';
import { countChangedProtected, type Protection, withoutProtected } from '../protect/protection.ts';
import { type AlphaRegion, type AlphaShape, editedMask, shapeAlpha, weightedMask } from './alpha.ts';
import type { Receipt, Verification } from './receipt.ts';

/** One finished edit: the new picture, what it touched, and the proof. */
export interface Edit {
  readonly image: Image;
  /** Everything the edit was allowed to touch: the selected mask grown and feathered. Same size as the image. */
  readonly mask: Mask;
  readonly receipt: Receipt;
  readonly verified: Verification;
}

/** What the capability paints, given the crop it works on. */
export type Painter = (crop: {
  readonly image: Image;
  /** Where the weight is not 0. */
  readonly mask: Mask;
  readonly alpha: Uint8Array;
  /** Where the crop lies in the whole image. */
  readonly box: Box;
}) => Promise<Pixels>;

/** The picture after painting, before anybody looked again. */
export interface PaintedEdit {
  readonly image: Image;
  readonly mask: Mask;
  readonly region: AlphaRegion;
  readonly counts: Pick<Receipt, 'changedOutsideMask' | 'changedInsideMask' | 'areas' | 'protected'>;
}

/**
 * The one way pixels change: cut out the mask's surroundings, let the backend paint there, and composite its pixels
 * through the feathered mask. Whatever the backend did elsewhere is thrown away, and the whole picture is counted afterwards.
 */
export async function paintThroughMask(
  image: Image,
  selected: Mask,
  options: {
    readonly shape: AlphaShape;
    readonly margin: number;
    readonly protection?: Protection | undefined;
    readonly signal?: AbortSignal | undefined;
  },
  paint: Painter,
): Promise<PaintedEdit> {
  checkMask(image, selected);
  const { protection } = options;
  const region = await shapeAlpha(await withoutProtected(selected, protection, options.signal), options.shape);
  if (region && protection) await spare(region, protection, options.signal);
  if (!region)
    throw new AtelierError({ code: 'mask-invalid', message: 'The mask is empty: there is nothing to edit.' });
  const box = clipBox(growBox(region.box, options.margin), image) ?? region.box;
  const alpha = placeAlpha(region, box);
  const crop = await Image.fromPixels(cropPixels(image, box));
  const mask = await weightedMask(box, alpha);
  const painted = await paint({ image: crop, mask, alpha, box });
  const data = await compositeInto(image, painted, box, alpha, options.signal);
  const result = { width: image.width, height: image.height, data };
  const counts = await countChangedOutside(image, data, box, box, alpha, options.signal);
  const edited = await editedMask(image, region);
  return {
    image: await Image.fromPixels(result),
    mask: edited,
    region,
    counts: {
      changedOutsideMask: counts.outside,
      changedInsideMask: counts.inside,
      areas: { selected: selected.area, edited: edited.area },
      ...(protection ? { protected: await protectedReceipt(image, data, protection, options.signal) } : {}),
    },
  };
}

/** Growing and feathering reach over what is protected: no weight is left there. */
async function spare({ box, alpha }: AlphaRegion, { mask }: Protection, signal?: AbortSignal): Promise<void> {
  const kept = mask.bounds && intersectBoxes(mask.bounds, box);
  if (!kept) return;
  const work = (from: number, to: number): void => {
    for (let y = kept.y + from; y < kept.y + to; y++) {
      const [row, weights] = [y * mask.width, (y - box.y) * box.width - box.x];
      for (let x = kept.x; x < kept.x + kept.width; x++) if (mask.data[row + x] !== 0) alpha[weights + x] = 0;
    }
  };
  await inSlices(kept.height, work, { signal });
}

/** The proof for what was protected: counted on the pixels, like everything else. */
export async function protectedReceipt(
  before: Image,
  after: Uint8Array,
  protection: Protection,
  signal?: AbortSignal,
): Promise<NonNullable<Receipt['protected']>> {
  const changed = await countChangedProtected(before.data, after, protection, signal);
  return { rules: protection.rules, area: protection.mask.area, changed };
}

/** Throws `mask-invalid` unless the mask fits the image and selects something. */
export function checkMask(image: Image, mask: Mask): void {
  if (mask.width !== image.width || mask.height !== image.height) {
    throw new AtelierError({
      code: 'mask-invalid',
      message: `The mask measures ${mask.width} x ${mask.height}, its image ${image.width} x ${image.height}.`,
      hint: 'A mask has the size of the upright image it was made for.',
    });
  }
  if (mask.area === 0) {
    throw new AtelierError({ code: 'mask-invalid', message: 'The mask is empty: there is nothing to edit.' });
  }
}

function placeAlpha(region: AlphaRegion, box: Box): Uint8Array {
  const alpha = new Uint8Array(box.width * box.height);
  for (let y = 0; y < region.box.height; y++) {
    const start = (region.box.y - box.y + y) * box.width + region.box.x - box.x;
    alpha.set(region.alpha.subarray(y * region.box.width, (y + 1) * region.box.width), start);
  }
  return alpha;
}
