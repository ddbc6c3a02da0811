import { isEnded } from '../job-board.ts';
import type { JobRunner } from './job-runner.ts';
import type { JobStore } from './job-store.ts';

/**
 * The id of a job of this session, perhaps of another process, that has not ended and whose process lives. What was left behind
 * by jobs that ended is tidied up.
 */
export async function unfinishedIn(
  runner: Pick<JobRunner, 'job'>,
  store: JobStore,
  session: string,
): Promise<string | undefined> {
  for (const job of await store.inSession(session)) {
    // What this process works on it knows before it is stored.
    const own = runner.job(job)?.record;
    if (own && isEnded(own)) continue;
    const record = own ?? (await store.read(job));
    if (record && !isEnded(record) && (await store.isAlive(record.owner))) return job;
    // What stays is looked at again the next time.
    await store.leave(session, job).catch(() => {});
  }
  return undefined;
}
