export type { Box, Point, Size } from './geometry.ts';
export {
  boxArea,
  boxCentre,
  boxSchema,
  clipBox,
  growBox,
  intersectBoxes,
  iou,
  pointSchema,
  roundBoxOut,
} from './geometry.ts';
export type { EncodedImage } from './image.ts';
export { Image } from './image.ts';
export { Mask } from './mask.ts';
export type { Pixels } from './pixels.ts';
export type { MaskPixels, RleMask } from './rle.ts';
export { decodeRle, encodeRle } from './rle.ts';
