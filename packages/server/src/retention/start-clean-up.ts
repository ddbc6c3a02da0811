import { setTimeout as delay } from 'node:timers/promises';
import type { AssetStore } from '@atelier/sdk';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { type CleanUpCounts, cleanUp } from './clean-up.ts';

export interface StartCleanUpOptions {
  /** How long ended jobs, unused sessions and unused pictures are kept. At least 1. */
  readonly days: number;
  /** Seconds between two clean-ups, give or take a quarter, so that processes started together do not meet. Default 3600. */
  readonly everySeconds?: number | undefined;
  readonly logger?: Logger | undefined;
}

/** Cleans up regularly, the first time within a tenth of the interval. A clean-up that fails is logged and repeated next time. */
export function startCleanUp(
  database: Database,
  assets: AssetStore,
  { days, everySeconds = 3600, logger }: StartCleanUpOptions,
): { /** Stops it; returns when the batch at hand is done. */ close(): Promise<void> } {
  const closed = new AbortController();
  const { signal } = closed;
  const once = async (): Promise<void> => {
    try {
      const counts: CleanUpCounts = await cleanUp(database, assets, { days, signal });
      if (Object.values(counts).some((count) => count > 0)) logger?.info({ ...counts }, 'cleaned up');
    } catch (error) {
      if (!signal.aborted) logger?.warn({ err: error }, 'the clean-up failed; it is tried again later');
    }
  };
  const run = async (): Promise<void> => {
    let wait = everySeconds * 0.1 * Math.random();
    while (!signal.aborted) {
      await delay(wait * 1000, undefined, { signal, ref: false }).catch(() => {});
      if (!signal.aborted) await once();
      wait = everySeconds * (0.75 + 0.5 * Math.random());
    }
  };
  const running = run();
  return {
    async close() {
      closed.abort();
      await running;
    },
  };
}
