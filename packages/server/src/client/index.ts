// The public API of @atelier/server/client: named exports only. Runs in browsers and Node.
export {
  type AgentClient,
  type AgentClientOptions,
  createAgentClient,
  type ImagePage,
  type JobPage,
  type ListImagesOptions,
  type ListJobsOptions,
  type ListSessionsOptions,
  type PageOptions,
  type SessionPage,
} from './agent-client.ts';
export { AgentError, type AgentErrorOptions } from './agent-error.ts';
export type { ImageSource } from './image-source.ts';
export type { InvokeOptions } from './invoke.ts';
export type { CallOptions, InvokedJob, JobHandle, JobResult, JobTicket } from './job-handle.ts';
export type { BranchRequest, SessionHandle, UndoRequest } from './session-handle.ts';
export type { CallToolOptions, ToolOutcome } from './tool-calls.ts';
export type {
  AtelierDataParts,
  AtelierMessageMetadata,
  AtelierUIMessage,
  ChatEdit,
  ChatImage,
  ChatJob,
  ChatPlan,
  ChatProgress,
  ChatQuestion,
} from './ui-message.ts';
export type { VisionClient } from './vision-client.ts';
export { isFinalEvent, type WatchOptions } from './watch-job.ts';
export type {
  ImageInfo,
  Job,
  JobEvent,
  JobQuestion,
  JobState,
  JobUrls,
  SessionEntry,
  SessionHistory,
  SessionInfo,
  StoredJobEvent,
  Undone,
} from './wire.ts';
