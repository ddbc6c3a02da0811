// The subpath @atelier/sdk/errors: errors alone, for worker threads and browsers that need nothing else.
export {
  AtelierError,
  type AtelierErrorCode,
  type AtelierErrorJson,
  type AtelierErrorOptions,
} from './atelier-error.ts';
