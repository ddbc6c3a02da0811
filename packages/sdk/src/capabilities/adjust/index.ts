export { type NamedColour, namedColours } from './colour/colour-names.ts';
export { colourParameter } from './colour/colour-parameter.ts';
export { type Colour, colourPattern, hexOf, nameColour, parseColour } from './colour/colours.ts';
export type { AdjustRequest } from './contract.ts';
export { describeOperations, operationNames } from './describe-operations.ts';
export { findOperation, findPixelOperation, parseParameters } from './find-operation.ts';
export { type AdjustmentMatch, matchAdjustment } from './match-adjustment.ts';
export type {
  AdjustEvidence,
  AdjustOperation,
  AdjustRegion,
  Frame,
  FrameDecision,
  FrameOperation,
  FrameRequest,
  Phrasing,
  PixelOperation,
} from './operation.ts';
export { adjustOperations } from './operations/index.ts';
export { type ReadTarget, readTarget } from './phrasing/read-target.ts';
export { chromaOf, hueDistance, hueOf, type Oklab, oklabOfBytes } from './pixel-work/oklab.ts';
