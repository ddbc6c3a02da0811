import type { Box, Image } from '@atelier/sdk';
import sharp from 'sharp';

/** Side of the square that a tile is squashed to: the object model's input. */
export const tileSide = 512;

/**
 * One tile as `tileSide` x `tileSide` RGB bytes. Runs in sharp's thread pool straight from the picture's pixels, so that
 * neither the event loop nor a second copy of a large picture pays for it. Transparent parts count as white.
 */
export async function cutTile(image: Image, tile: Box): Promise<Uint8Array> {
  return await sharp(image.data, {
    raw: { width: image.width, height: image.height, channels: 4 },
    limitInputPixels: false,
  })
    .extract({ left: tile.x, top: tile.y, width: tile.width, height: tile.height })
    .flatten({ background: '#ffffff' })
    .resize(tileSide, tileSide, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
}
