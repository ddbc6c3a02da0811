export { colourParameter } from './colour/colour-parameter.ts';
export { type Colour, hexOf, nameColour, parseColour } from './colour/colours.ts';
export type { AdjustRequest } from './contract.ts';
export { describeOperations, operationNames } from './describe-operations.ts';
export { findOperation, parseParameters } from './find-operation.ts';
export { type AdjustmentMatch, matchAdjustment } from './match-adjustment.ts';
export type { AdjustEvidence, AdjustOperation, AdjustRegion, Phrasing } from './operation.ts';
export { adjustOperations } from './operations/index.ts';
export { type ReadTarget, readTarget } from './phrasing/read-target.ts';
