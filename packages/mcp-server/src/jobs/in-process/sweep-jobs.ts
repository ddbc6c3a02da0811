import { createdAtOf } from './job-id.ts';
import type { JobStore } from './job-store.ts';

/** Removes jobs that ended before then, and those whose process is gone. Milliseconds since 1970. */
export async function sweepJobs(store: JobStore, before: number): Promise<void> {
  for (const id of await store.ids()) {
    if (createdAtOf(id) >= before) continue;
    const record = await store.read(id);
    const isOver =
      !record || (record.endedAt === null ? !(await store.isAlive(record.owner)) : record.endedAt < before);
    if (!isOver) continue;
    if (record) await store.leave(record.session, id);
    await store.remove(id);
  }
  await store.forgetOwners(before);
}
