import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { safeName, writeFileWhole } from '@atelier/sdk/tools';
import { publishNew, readPublished } from '../../files/publish-new.ts';
import { fileOwners } from './file-owners.ts';
import { fileSessions } from './file-sessions.ts';
import { isJobId } from './job-id.ts';
import { type JobRecord, jobRecordSchema, type Settled, settledSchema } from './job-record.ts';
import type { JobStore } from './job-store.ts';

/**
 * Jobs as files: `FOLDER/JOB/job.json`, which its owner alone writes, and beside it what others leave for the owner: `cancel`,
 * and an answer to each question, where the first file stays.
 */
export function fileJobStore(folder: string, beatMs: number, silenceMs: number): JobStore {
  const place = (job: string, file: string) => join(folder, safeName('job', job), file);
  const answerFile = (job: string, question: string) => place(job, `${safeName('question', question)}.answer.json`);
  const owners = fileOwners(join(folder, 'owners'), beatMs, silenceMs);
  const settled = (job: string, question: string) => readJson(answerFile(job, question), parseSettled, readPublished);
  return {
    ...owners,
    ...fileSessions(join(folder, 'sessions')),
    write: (record) => writeFileWhole(place(record.id, 'job.json'), JSON.stringify(record)),
    read: (id) => readJson(place(id, 'job.json'), parseRecord),
    ids: async () => (await readdir(folder).catch(() => [])).filter(isJobId).sort().reverse(),
    async settle(job, question, answer) {
      const path = answerFile(job, question);
      if (await writeNew(path, JSON.stringify({ settled: answer }))) return answer;
      return (await settled(job, question)) ?? null;
    },
    settled,
    async markCancelled(job) {
      await writeFile(place(job, 'cancel'), '');
    },
    isMarkedCancelled: (job) => exists(place(job, 'cancel')),
    remove: (job) => rm(join(folder, safeName('job', job)), { recursive: true, force: true }),
  };
}

/** False where there is such a file. Others see it whole or not at all. */
async function writeNew(path: string, text: string): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  await writeFile(temporary, text, { flag: 'wx', flush: true });
  try {
    return await publishNew(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

const parseRecord = (json: unknown): JobRecord => jobRecordSchema.parse(json);

function parseSettled(json: unknown): Settled {
  return settledSchema.parse(Object(json).settled);
}

/** Undefined for what is not there or cannot be read. */
async function readJson<Value>(
  path: string,
  parse: (json: unknown) => Value,
  read: (path: string) => Promise<Buffer> = readFile,
): Promise<Value | undefined> {
  try {
    return parse(JSON.parse((await read(path)).toString()));
  } catch {
    return undefined;
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
