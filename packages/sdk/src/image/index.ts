export type { ChangedPixels } from './composite.ts';
export { compositeInto, countChangedOutside } from './composite.ts';
export type { DecodeOptions } from './decode.ts';
export { decodeImage, defaultMaxBytes, defaultMaxPixels } from './decode.ts';
export type { Encoded, EncodeOptions } from './encode.ts';
export { encodeImage } from './encode.ts';
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
export type { ImageInput, ReadPolicy } from './image-input.ts';
export { isImageId, readImageBytes } from './image-input.ts';
export { Mask } from './mask.ts';
export type { OverlayItem, OverlayOptions } from './overlay.ts';
export { drawOverlay } from './overlay.ts';
export type { Pixels } from './pixels.ts';
export { type Preview, type PreviewOptions, previewOf } from './preview.ts';
export type { ResizeOptions } from './resize.ts';
export { cropPixels, fitInside, resizePixels } from './resize.ts';
export type { MaskPixels, RleMask } from './rle.ts';
export { decodeRle, encodeRle } from './rle.ts';
export type { SliceOptions } from './slices.ts';
export { inSlices } from './slices.ts';
export type { ImageMediaType } from './sniff.ts';
