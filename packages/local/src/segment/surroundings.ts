import type { Size } from '@atelier/sdk';
import { type Box, clipBox, growBox, roundBoxOut } from '@atelier/sdk/image';

/** The background's colours are learned from this share of the box's longer side, on every side of it. */
const share = 0.35;
/** In pixels. */
const least = 8;

/** The whole-pixel part of the picture that is looked at for a thing in `box`. */
export function surroundingsOf(box: Box, size: Size): Box {
  const grown = growBox(box, Math.max(least, share * Math.max(box.width, box.height)));
  return clipBox(roundBoxOut(grown), size) ?? { x: 0, y: 0, ...size };
}
