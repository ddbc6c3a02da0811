import { setTimeout as delay } from 'node:timers/promises';
import type { JobService } from '../../jobs/job-service.ts';
import { patiently } from './patiently.ts';

/** The numbers of the stored events that a watcher got, in the order it got them. */
export type Seen = readonly number[];

async function read(jobs: JobService, tenant: string, job: string, after: number, most = Number.POSITIVE_INFINITY) {
  const seen: number[] = [];
  await patiently(async () => {
    for await (const event of jobs.events(tenant, job, { after: seen.at(-1) ?? after })) {
      if ('seq' in event) seen.push(event.seq);
      if (seen.length >= most) break;
    }
  });
  return seen;
}

/** One that stayed from the beginning, one that came late, one that went away in the middle and came back. */
export async function watch(jobs: JobService, tenant: string, job: string, random: () => number) {
  const later = Math.floor(random() * 1500);
  const leaveAfter = 2 + Math.floor(random() * 8);
  const [stayed, late, returned] = await Promise.all([
    read(jobs, tenant, job, 0),
    delay(later).then(() => read(jobs, tenant, job, 0)),
    read(jobs, tenant, job, 0, leaveAfter).then(async (first) => {
      await delay(later / 3);
      return [...first, ...(await read(jobs, tenant, job, first.at(-1) ?? 0))];
    }),
  ]);
  return { stayed, late, returned };
}

/** Whether these are 1, 2, ... n. */
export const isGapless = (seen: Seen): boolean => seen.length > 0 && seen.every((seq, index) => seq === index + 1);
