// What only Node has: named exports only.
export { hasCluster as hasEmbeddedPostgres } from '../embedded/choose-places.ts';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '../embedded/embedded-postgres.ts';
export { type ClaimedPort, type ClaimOptions, claimPort } from './claim-port.ts';
export { createLogger } from './logger.ts';
export { type RunningServer, type ServeOptions, serve } from './serve.ts';
