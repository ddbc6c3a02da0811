// The subpath @atelier/sdk/errors: errors alone, for worker threads and browsers that need nothing else.
export {
  AtelierError,
  type AtelierErrorCode,
  type AtelierErrorJson,
  type AtelierErrorOptions,
} from './atelier-error.ts';
export { failureMessage } from './failure-message.ts';
export { koreanMessage, type ToldError } from './korean/korean-message.ts';
export { withParticle } from './korean/particle.ts';
export type { ServerErrorCode } from './korean/server-problems.ts';
