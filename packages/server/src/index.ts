// The public API of @atelier/server: named exports only. A test holds this list.
export { type AgentApp, createAgentApp } from './agent-app.ts';
export { type ApiKeyInfo, createApiKey, listApiKeys, revokeApiKey } from './auth/api-keys.ts';
export type { Principal } from './auth/principal.ts';
export { type Database, type DatabaseOptions, openDatabase } from './database/database.ts';
export { postgresHistoryStore } from './history/postgres-history-store.ts';
export type { RequestInfo } from './http/app.ts';
export type { JobEvent, WireEvent } from './jobs/events.ts';
export type { JobRecord, JobRequest, JobState } from './jobs/job.ts';
export type { JobService } from './jobs/job-service.ts';
export type { AgentOptions, AuthOptions, JobOptions, JwtOptions, LimitOptions } from './options.ts';
export type { Services, Settings } from './services.ts';
