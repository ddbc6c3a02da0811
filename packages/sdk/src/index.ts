// The public API of @atelier/sdk: named exports only. A test holds this list.
export { approvalMessage, type ProposedWork } from './agent/approval-words.ts';
export { type AtelierOptions, atelier, type SessionOptions, type Studio, type StudioPlace } from './agent/atelier.ts';
export type { Comparison } from './agent/comparison.ts';
export {
  type ApprovalQuestion,
  type ChoiceQuestion,
  type EventBody,
  type EventHead,
  isStored,
  type LiveEvent,
  type PlannedStep,
  type Question,
  type RunEvent,
  type RunTraces,
  type Stage,
  type StoredEvent,
} from './agent/events.ts';
export { type MemoryPortOptions, memoryPort } from './agent/memory-port.ts';
export { type QuestionWords, questionMessage, toolMessage, verifyMessage } from './agent/messages.ts';
export type { ProtectInput } from './agent/protect-rules.ts';
export { type Recording, recordingPort, replayPort } from './agent/recording.ts';
export type { ApprovalMode, ProposedCall, Run, RunOptions, RunResult } from './agent/run.ts';
export type { ApprovalAnswer, ChoiceAnswer, QuestionAnswer, RunPort } from './agent/run-port.ts';
export type { CallToolOptions, Session } from './agent/session.ts';
export type {
  ApplyOptions,
  ApplyResult,
  BranchOptions,
  EditGraph,
  UndoOptions,
  UndoResult,
} from './agent/session-results.ts';
export type { Asset, AssetStore } from './assets/asset-store.ts';
export { fileAssetStore } from './assets/file-asset-store.ts';
export { memoryAssetStore } from './assets/memory-asset-store.ts';
export type { AdjustRequest } from './capabilities/adjust/contract.ts';
export {
  type AdjustEvidence,
  type AdjustmentMatch,
  type AdjustOperation,
  type AdjustRegion,
  adjustOperations,
  type Colour,
  type FrameOperation,
  findOperation,
  findPixelOperation,
  hexOf,
  matchAdjustment,
  nameColour,
  type Phrasing,
  type PixelOperation,
  parseColour,
  parseParameters,
} from './capabilities/adjust/index.ts';
export { type Answer, languageOf } from './capabilities/ask/ask.ts';
export type { AskRequest, AskResponse, Language } from './capabilities/ask/contract.ts';
export {
  type Backend,
  type CallContext,
  type Capability,
  type CapabilityMap,
  type CapabilityName,
  capabilityNames,
  type Unable,
} from './capabilities/capability.ts';
export type { Detection, DetectRequest } from './capabilities/detect/contract.ts';
export type { DetectOptions } from './capabilities/detect/detect.ts';
export {
  anchorPhrases,
  type ParsedPhrase,
  parsePhrase,
  type ResolveContext,
  type ResolvedPhrase,
  resolvePhrase,
  type Side,
  type SpatialSelector,
} from './capabilities/detect/spatial/index.ts';
export type { GenerateRequest } from './capabilities/generate/contract.ts';
export type { GenerateOptions } from './capabilities/generate/generate.ts';
export type { InpaintRequest } from './capabilities/inpaint/contract.ts';
export type { RemoveRequest } from './capabilities/remove/contract.ts';
export { backendsFor } from './capabilities/route.ts';
export type { PointPrompt, SegmentRequest, SegmentResponse } from './capabilities/segment/contract.ts';
export type { Edit } from './capabilities/shared/edit.ts';
export { type Receipt, receiptSchema, type Verification, verificationSchema } from './capabilities/shared/receipt.ts';
export { type Candidate, candidateSchema } from './capabilities/target/target.ts';
export type { Capabilities, TargetInput, Vision } from './capabilities/vision.ts';
export type { CallOptions } from './capabilities/vision-context.ts';
export {
  AtelierError,
  type AtelierErrorCode,
  type AtelierErrorJson,
  type AtelierErrorOptions,
} from './errors/atelier-error.ts';
export type { PixelChange } from './history/compare-pictures.ts';
export { fileHistoryStore } from './history/file-history-store.ts';
export type { HistoryStore } from './history/history-store.ts';
export { memoryHistoryStore } from './history/memory-history-store.ts';
export {
  type Recipe,
  type RecipeProtectRule,
  type RecipeStep,
  type RecipeTarget,
  recipeSchema,
} from './history/recipe.ts';
export type { EditNode, EditTarget, KnownImage, SessionRecord } from './history/session-record.ts';
export type { Box, Point, Size } from './image/geometry.ts';
export { type EncodedImage, Image } from './image/image.ts';
export type { ImageInput } from './image/image-input.ts';
export { Mask } from './image/mask.ts';
export type { Pixels } from './image/pixels.ts';
export type { Preview, PreviewOptions } from './image/preview.ts';
export type { RleMask } from './image/rle.ts';
export { safeName, safeNamePattern } from './storage/safe-name.ts';
export { writeFileWhole } from './storage/write-file-whole.ts';
export type { ToolAnnotations, ToolDefinition } from './tools/define-tool.ts';
export {
  type ChoiceNeededOutput,
  type EditOutput,
  type PlannedToolName,
  type PlanStep,
  plannedToolNames,
  type ToolName,
  toolSchemas,
} from './tools/schemas.ts';
export { toolDefinitions } from './tools/tools.ts';
