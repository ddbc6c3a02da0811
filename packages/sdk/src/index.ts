// The public API of @atelier/sdk: named exports only, types apart from values. A test holds this list.
export type { AdjustRequest } from './capabilities/adjust/contract.ts';
export type { AskRequest, AskResponse, Language } from './capabilities/ask/contract.ts';
export type {
  Backend,
  CallContext,
  Capability,
  CapabilityMap,
  CapabilityName,
  Unable,
} from './capabilities/capability.ts';
export type { Detection, DetectRequest } from './capabilities/detect/contract.ts';
export type { GenerateRequest } from './capabilities/generate/contract.ts';
export type { InpaintRequest } from './capabilities/inpaint/contract.ts';
export type { RemoveRequest } from './capabilities/remove/contract.ts';
export type { PointPrompt, SegmentRequest, SegmentResponse } from './capabilities/segment/contract.ts';
export { AtelierError, type AtelierErrorCode, type AtelierErrorOptions } from './errors/atelier-error.ts';
export type { Box, Point, Size } from './image/geometry.ts';
export { type EncodedImage, Image } from './image/image.ts';
export { Mask } from './image/mask.ts';
export type { Pixels } from './image/pixels.ts';
export {
  type ChoiceNeededOutput,
  type EditOutput,
  type PlannedToolName,
  type PlanStep,
  plannedToolNames,
  type ToolName,
  toolSchemas,
} from './tools/schemas.ts';
