// The public API of @atelier/mcp-server: named exports only.
export { createMcpApp, type McpApp, type McpAppOptions } from './app.ts';
export type { FollowOptions, JobBoard, JobEdit, JobRequest, JobState, JobView } from './jobs/job-board.ts';
export { type InProcessOptions, inProcessWorkshops } from './workshop/in-process/in-process-workshops.ts';
export type { Principal, ToolCall, ToolOutcome, Workshop, Workshops } from './workshop/workshop.ts';
