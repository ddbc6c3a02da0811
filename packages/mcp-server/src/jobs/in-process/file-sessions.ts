import { mkdir, readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { safeName } from '@atelier/sdk/tools';
import { isJobId } from './job-id.ts';
import type { JobStore } from './job-store.ts';

/** Which jobs work in which session, as empty files: `FOLDER/SESSION/JOB`. */
export function fileSessions(folder: string): Pick<JobStore, 'enter' | 'leave' | 'inSession'> {
  const of = (session: string) => join(folder, safeName('session id', session));
  return {
    async enter(session, job) {
      const mark = async () => {
        await mkdir(of(session), { recursive: true });
        await writeFile(join(of(session), safeName('job', job)), '');
      };
      // Whoever leaves takes the empty folder along, perhaps between those two.
      await mark().catch(mark);
    },
    async leave(session, job) {
      await rm(join(of(session), safeName('job', job)), { force: true });
      // Others may still be there.
      await rmdir(of(session)).catch(() => {});
    },
    inSession: async (session) => (await readdir(of(session)).catch(() => [])).filter(isJobId).sort(),
  };
}
