import type { Image } from '@atelier/sdk';
import sharp from 'sharp';

/** A smaller copy of a picture for a worker. */
export interface ReducedPicture {
  /** Three bytes a cell. */
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** At most `longest` cells on the longer side, no more than the picture has unless it may be enlarged. Transparent parts count as white. */
export async function reducePicture(
  image: Image,
  longest: number,
  { enlarge = false }: { readonly enlarge?: boolean } = {},
): Promise<ReducedPicture> {
  const { data, info } = await sharp(image.data, {
    raw: { width: image.width, height: image.height, channels: 4 },
    limitInputPixels: false,
  })
    .flatten({ background: '#ffffff' })
    .resize(longest, longest, { fit: 'inside', withoutEnlargement: !enlarge, kernel: 'lanczos3' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  // A copy of its own: sharp's buffer may be a part of a pool, which a thread cannot be given.
  return { rgb: Uint8Array.from(data), width: info.width, height: info.height };
}
