import type { CallContext, Image } from '@atelier/sdk';
import { oklabOfBytes } from '@atelier/sdk/adjust';
import type { RunTask } from '../../worker/pool.ts';
import type { ColourWish } from '../colour/colour-wish.ts';
import { type ReducedPicture, reducePicture } from '../reduce-picture.ts';
import { remembering } from '../remembered.ts';
import type { FoundText } from './find-text.ts';

/**
 * Longest side, in cells, of the picture that text is looked for in. Smaller pictures are enlarged to it, up to twice:
 * the strokes of small letters are then more than a cell wide.
 */
const longest = 1280;
const mostEnlarged = 2;
/** How far a line's ink must answer to the colour asked for. */
const ofColour = 0.5;

/** Finds the lines of text of a picture, in pixels; with a colour only those in such ink. Each picture is looked at once. */
export function lookForText(runTask: RunTask) {
  const remember = remembering<readonly FoundText[]>();
  return async (
    image: Image,
    colour: ColourWish | undefined,
    { signal, progress }: CallContext,
  ): Promise<readonly Pick<FoundText, 'box' | 'score'>[]> => {
    const lines = await remember(image.id, async () => {
      const side = Math.min(longest, mostEnlarged * Math.max(image.width, image.height));
      const picture = await reducePicture(image, side, { enlarge: true });
      const found = await runTask<ReducedPicture, readonly FoundText[]>('text', picture, {
        ...(signal && { signal }),
        ...(progress && { progress }),
      });
      const [across, down] = [image.width / picture.width, image.height / picture.height];
      return found.map(({ box: { x, y, width, height }, ...line }) => ({
        ...line,
        box: { x: x * across, y: y * down, width: width * across, height: height * down },
      }));
    });
    return lines
      .filter(({ ink: [red, green, blue] }) => !colour || colour.belongs(oklabOfBytes(red, green, blue)) >= ofColour)
      .map(({ box, score }) => ({ box, score }));
  };
}
