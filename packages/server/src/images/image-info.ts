import type { z } from '@hono/zod-openapi';
import type { AppContext } from '../http/route-context.ts';
import type { imageInfoSchema } from '../http/schemas.ts';
import type { StoredImage } from './intake.ts';

/** A stored picture as answers show it: with a signed, absolute URL for whoever asks. */
export function imageInfo(c: AppContext, image: StoredImage): z.infer<typeof imageInfoSchema> {
  const { id, width, height, mediaType, bytes } = image;
  return { id, width, height, mediaType, bytes, url: imageUrl(c, id) };
}

/** A signed, absolute URL of a picture or mask of the caller's tenant; `width`: of its preview. */
export function imageUrl(c: AppContext, id: string, { width }: { readonly width?: number } = {}): string {
  const path = c.get('services').signer.imagePath(c.get('principal').tenant, id);
  return `${c.get('origin')}${path}${width === undefined ? '' : `&w=${width}`}`;
}
