import type { DLogger } from '@dbos-inc/dbos-sdk';
import type { Logger } from 'pino';

/** DBOS's words in this package's log. What it says while all is well is for debugging. */
export function dbosLogger(logger: Logger): DLogger {
  const log = logger.child({ component: 'dbos' });
  const text = (entry: unknown) => String(entry);
  return {
    info: (entry: unknown) => log.debug(text(entry)),
    debug: (entry: unknown) => log.trace(text(entry)),
    warn: (entry: unknown) => log.warn(text(entry)),
    error: (entry: unknown, metadata?: { readonly stack?: string }) =>
      log.error({ ...(metadata?.stack === undefined ? {} : { stack: metadata.stack }) }, text(entry)),
  };
}
