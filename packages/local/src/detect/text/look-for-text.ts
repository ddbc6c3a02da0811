import type { Box, CallContext, Image } from '@atelier/sdk';
import type { RunTask } from '../../worker/pool.ts';
import type { ColourWish } from '../colour/colour-wish.ts';

export function lookForText(_runTask: RunTask) {
  return async (
    _image: Image,
    _colour: ColourWish | undefined,
    _context: CallContext,
  ): Promise<readonly { readonly box: Box; readonly score: number }[]> => [];
}
