import type { JobRecord, Settled } from './job-record.ts';
import type { JobStore } from './job-store.ts';

/** In this process, gone when it ends. */
export function memoryJobStore(): JobStore {
  const records = new Map<string, JobRecord>();
  const answers = new Map<string, Settled>();
  const cancelled = new Set<string>();
  const entered = new Map<string, Set<string>>();
  const key = (job: string, question: string) => `${job} ${question}`;
  return {
    async write(record) {
      records.set(record.id, record);
    },
    read: async (id) => records.get(id),
    ids: async () => [...records.keys()].sort().reverse(),
    async settle(job, question, settled) {
      const known = answers.get(key(job, question));
      if (known !== undefined) return known;
      answers.set(key(job, question), settled);
      return settled;
    },
    settled: async (job, question) => answers.get(key(job, question)),
    async markCancelled(job) {
      cancelled.add(job);
    },
    isMarkedCancelled: async (job) => cancelled.has(job),
    async remove(job) {
      records.delete(job);
      cancelled.delete(job);
      for (const name of answers.keys()) if (name.startsWith(`${job} `)) answers.delete(name);
    },
    async enter(session, job) {
      entered.set(session, (entered.get(session) ?? new Set()).add(job));
    },
    async leave(session, job) {
      const jobs = entered.get(session);
      jobs?.delete(job);
      if (jobs?.size === 0) entered.delete(session);
    },
    inSession: async (session) => [...(entered.get(session) ?? [])],
    beat: async () => {},
    rest: async () => {},
    isAlive: async () => true,
    forgetOwners: async () => {},
  };
}
