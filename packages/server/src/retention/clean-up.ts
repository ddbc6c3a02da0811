import type { AssetStore } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import type { Database } from '../database/database.ts';
import { locks } from '../database/locks.ts';
import { onlyOne } from '../database/only-one.ts';
import { deleteAssets } from './delete-assets.ts';
import { deleteJobs } from './delete-jobs.ts';
import { deleteKeys, deleteSessions } from './delete-rows.ts';

export interface CleanUpOptions {
  /** How long ended jobs, unused sessions and unused pictures are kept. At least 1. */
  readonly days: number;
  /** Default: the clock of Postgres. */
  readonly now?: Date | undefined;
  /** Stops it after the batch at hand; what was deleted until then stays deleted and is counted. */
  readonly signal?: AbortSignal | undefined;
}

/** What was deleted. */
export interface CleanUpCounts {
  /** Ended jobs, with their events and questions. */
  readonly jobs: number;
  /** Steps that the engine had recorded for them. */
  readonly steps: number;
  readonly sessions: number;
  readonly assets: number;
  /** API keys that had expired or were revoked. */
  readonly keys: number;
}

const nothing: CleanUpCounts = { jobs: 0, steps: 0, sessions: 0, assets: 0, keys: 0 };

/**
 * Deletes what nobody has used for so many days: ended jobs with what the engine recorded for them, sessions without an
 * active job, then pictures and masks that nothing names any more, and API keys that ended so long ago. One process does it at
 * a time: where another is at it, nothing happens and all counts are 0. It may be interrupted at any point and run again.
 * `assets` is the store itself, not the one that notes uses. Throws `invalid-input` for less than a day, `server-unavailable`
 * while Postgres is away, and what the store throws.
 */
export async function cleanUp(database: Database, assets: AssetStore, options: CleanUpOptions): Promise<CleanUpCounts> {
  const { days, signal } = options;
  if (!Number.isFinite(days) || days < 1) throw tooSoon(days);
  signal?.throwIfAborted();
  const done = await onlyOne(database.url, { lock: locks.cleanUp, signal }, async (signal) => {
    const before = new Date((await timeOf(database, options.now)).getTime() - days * 24 * 60 * 60 * 1000);
    // In this order: what a job or a session names is free only once that is gone.
    const { jobs, steps } = await deleteJobs(database, before, signal);
    const sessions = await deleteSessions(database, before, signal);
    const deleted = await deleteAssets(database, assets, before, signal);
    const keys = await deleteKeys(database, before, signal);
    return { jobs, steps, sessions, assets: deleted, keys };
  });
  return done ?? nothing;
}

async function timeOf(database: Database, now: Date | undefined): Promise<Date> {
  if (now) return now;
  const [row] = await database.query<{ now: Date }>('SELECT now()');
  return row?.now ?? new Date();
}

// A picture is put before the session that will name it is saved, and uses are noted once an hour: within a day, neither is over.
const tooSoon = (days: number): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message: `Results cannot be kept for ${days} days.`,
    hint: 'Keep them for 1 day at least.',
  });
