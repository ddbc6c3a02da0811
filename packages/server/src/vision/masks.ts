import { Mask, type RleMask } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import type { z } from '@hono/zod-openapi';
import type { AppContext } from '../http/route-context.ts';
import { imageUrl } from '../images/image-info.ts';
import type { StoredImage } from '../images/intake.ts';
import type { Services } from '../services.ts';
import type { maskInfoSchema } from './answer-schemas.ts';
import { type MaskInput, rleSchema } from './request-schemas.ts';

/** A mask as answers show it. */
export function maskInfo(c: AppContext, mask: Mask): z.infer<typeof maskInfoSchema> {
  const { size, counts } = mask.toRle();
  return { id: mask.id, size: [...size], counts, area: mask.area, box: mask.bounds ?? null, url: imageUrl(c, mask.id) };
}

/** The mask that a request names or holds. Throws `not-found`, also for another tenant's, and `mask-invalid` where it is for a picture of another size. */
export async function readMask(
  services: Services,
  tenant: string,
  input: MaskInput | undefined,
  image: StoredImage,
): Promise<Mask | undefined> {
  if (input === undefined) return undefined;
  const rle = typeof input === 'string' ? await storedMask(services, tenant, input) : input;
  const [height, width] = rle.size;
  // Before it is unpacked: a few characters may stand for hundreds of megapixels.
  if (width !== image.width || height !== image.height) {
    throw new AtelierError({
      code: 'mask-invalid',
      message: `The mask measures ${width} x ${height}, its image ${image.width} x ${image.height}.`,
      hint: 'A mask has the size of the upright image it was made for.',
    });
  }
  return Mask.fromRle(rle);
}

async function storedMask(services: Services, tenant: string, id: string): Promise<RleMask> {
  const file = await services.assets.get(tenant, id);
  if (!file) {
    throw new AtelierError({
      code: 'not-found',
      message: `There is no mask ${id}.`,
      hint: 'Make it again: POST /vision/segment.',
    });
  }
  const { size, counts } = rleSchema.loose().parse(JSON.parse(new TextDecoder().decode(file.bytes)));
  return { size, counts };
}
