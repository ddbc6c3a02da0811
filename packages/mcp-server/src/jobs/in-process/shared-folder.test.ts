import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openBoard, openStudio, show, temporaryFolder } from './__fixtures__/boards.ts';
import type { InProcessJobs } from './in-process-jobs.ts';
import type { InProcessJobsOptions } from './in-process-options.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let studio: ReturnType<typeof openStudio>;
const boards: InProcessJobs[] = [];

beforeAll(async () => {
  folder = await temporaryFolder();
  studio = openStudio(folder.path);
});
afterAll(async () => {
  await Promise.all(boards.map((jobs) => jobs.close()));
  await studio.close();
  await folder.remove();
});

function board(options: Partial<InProcessJobsOptions> = {}): InProcessJobs {
  const { jobs } = openBoard(studio, { folder: folder.path, ...options });
  boards.push(jobs);
  return jobs;
}

async function waiting(jobs: InProcessJobs, session: string) {
  const image = await show(studio, session, 'two-cups.png');
  const { id } = await jobs.start({ prompt: 'Make the cup black and white', image, session });
  const { question } = await jobs.follow(id);
  if (question?.kind !== 'choice') throw new Error('It asks no choice.');
  return { id, question };
}

describe('two boards over one folder', () => {
  it('show, follow and answer one another’s jobs; of two answers the first counts', async () => {
    const [mine, other] = [board(), board()];
    const { id, question } = await waiting(mine, 'answered');
    expect(await other.get(id)).toEqual(await mine.get(id));
    const answers = await Promise.allSettled([
      other.answer(id, question.id, { choice: 1 }),
      mine.answer(id, question.id, { choice: 2 }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const counted = answers[0].status === 'fulfilled' ? 1 : 2;
    const messages: string[] = [];
    const done = await other.follow(id, { onChange: ({ message }) => messages.push(message) });
    expect(done).toMatchObject({ state: 'succeeded', edits: [{ tool: 'adjust_image' }] });
    expect(messages.length).toBeGreaterThan(1);
    expect((await other.answer(id, question.id, { choice: counted })).state).toBe('succeeded');
    await expect(other.answer(id, question.id, { choice: 3 - counted })).rejects.toMatchObject({ code: 'conflict' });
    expect(await other.recent(1)).toEqual([id]);
  });

  it('do not ask again what the other has answered and the owner has not taken note of', async () => {
    const [slow, other] = [board({ timing: { pollMs: 1000 } }), board()];
    const { id, question } = await waiting(slow, 'heeded');
    await other.follow(id);
    const answered = other.answer(id, question.id, { choice: 1 });
    await vi.waitFor(async () => expect(await other.get(id)).toMatchObject({ state: 'running', question: null }));
    expect((await answered).state).toMatch(/running|succeeded/);
    expect((await other.follow(id)).state).toBe('succeeded');
  });

  it('know of each other which sessions are at work, and forget what has ended', async () => {
    const [mine, other] = [board(), board()];
    const { id } = await waiting(mine, 'shared');
    expect(await Promise.all([mine, other].map((jobs) => jobs.unfinishedIn('shared')))).toEqual([id, id]);
    expect(await other.unfinishedIn('elsewhere')).toBeUndefined();
    await mine.cancel(id);
    expect(await mine.unfinishedIn('shared')).toBeUndefined();
    await vi.waitFor(async () => expect(await other.unfinishedIn('shared')).toBeUndefined());
    await vi.waitFor(async () => expect(await readdir(join(folder.path, 'jobs', 'sessions'))).not.toContain('shared'));
  });

  it('cancel one another’s jobs', async () => {
    const [mine, other] = [board(), board()];
    const { id, question } = await waiting(mine, 'stopped');
    expect(await other.cancel(id)).toMatchObject({ state: 'cancelled', question: null, verified: false });
    expect((await mine.get(id)).state).toBe('cancelled');
    expect((await other.cancel(id)).state).toBe('cancelled');
    await expect(other.answer(id, question.id, { choice: 1 })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('never count an answer that comes as the job is stopped', async () => {
    const [mine, other] = [board(), board()];
    for (let round = 0; round < 4; round++) {
      const { id, question } = await waiting(mine, `race-${round}`);
      const [answered, stopped] = await Promise.allSettled([
        other.answer(id, question.id, { choice: 1 }),
        mine.cancel(id),
      ]);
      expect(stopped.status).toBe('fulfilled');
      const view = await mine.follow(id);
      // An answer that was taken may still have been followed by the stop, never the other way round.
      if (view.state === 'succeeded') expect(answered.status).toBe('fulfilled');
      else expect(view).toMatchObject({ state: 'cancelled', edits: [] });
      expect((await other.get(id)).state).toBe(view.state);
    }
  });
});

describe('a process that ends', () => {
  it('leaves its jobs as failed when it closes, and they are there after a restart', async () => {
    const first = board();
    const { id, question } = await waiting(first, 'closed');
    await first.close();
    await expect(first.start({ prompt: 'Remove the cup' })).rejects.toMatchObject({ code: 'server-unavailable' });
    const after = board();
    expect(await after.get(id)).toMatchObject({ state: 'failed', question: null, error: { code: 'worker-lost' } });
    await expect(after.answer(id, question.id, { choice: 1 })).rejects.toMatchObject({ code: 'conflict' });
    expect(await after.recent(100)).toContain(id);
  });

  it('is known to be dead when it was killed', async () => {
    const script = fileURLToPath(new URL('./__fixtures__/owner-process.ts', import.meta.url));
    const child = spawn(process.execPath, ['--conditions=atelier-source', script, folder.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    const [line] = await once(child.stdout, 'data');
    const { id, state } = JSON.parse(String(line));
    expect(state).toBe('waiting');
    const jobs = board({ timing: { beatMs: 100, silenceMs: 60_000 } });
    const { state: seen, session } = await jobs.get(id);
    expect(seen).toBe('waiting');
    expect(await jobs.unfinishedIn(session)).toBe(id);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await jobs.get(id)).toMatchObject({
      state: 'failed',
      verified: false,
      message: 'The process that worked on the job is gone.',
      error: { code: 'worker-lost', hint: expect.stringContaining('stay made') },
    });
    expect((await jobs.cancel(id)).state).toBe('failed');
    expect(await jobs.unfinishedIn(session)).toBeUndefined();
    expect(await readdir(join(folder.path, 'jobs', 'sessions'))).not.toContain(session);
  });

  it('is taken for dead when it has been silent, and not before it was given the time to speak', async () => {
    const [speaking, silent] = [board({ timing: { beatMs: 40 } }), board({ timing: { beatMs: 600_000 } })];
    const [{ id: spoken }, { id }] = [await waiting(speaking, 'spoken'), await waiting(silent, 'silent')];
    const patient = board({ timing: { beatMs: 3000, silenceMs: 0 } });
    expect((await patient.get(spoken)).state).toBe('waiting');
    const strict = board({ timing: { beatMs: 50, silenceMs: 0 } });
    expect((await strict.get(id)).state).toBe('failed');
    // It was only slow, and says in the end what became of it.
    expect((await silent.cancel(id)).state).toBe('cancelled');
    expect((await strict.get(id)).state).toBe('cancelled');
  });
});

describe('the files', () => {
  it('are forgotten a day after the end', async () => {
    let now = Date.now();
    const jobs = board({ now: () => now });
    const { id } = await waiting(jobs, 'old');
    await jobs.cancel(id);
    await vi.waitFor(() => expect(jobs.isIdle).toBe(true));
    now += 24 * 3_600_000 + 60_000;
    await expect(jobs.get(id)).rejects.toMatchObject({ code: 'not-found' });
    const { id: other } = await jobs.start({ prompt: 'Remove the cup', session: 'old' });
    await jobs.cancel(other);
    await vi.waitFor(async () => expect(await readdir(join(folder.path, 'jobs'))).not.toContain(id));
    expect(await readdir(join(folder.path, 'jobs'))).toContain(other);
  });

  it('hold nothing unfinished, and what somebody else wrote there is no job', async () => {
    const jobs = board();
    const { id } = await waiting(jobs, 'whole');
    await jobs.cancel(id);
    await vi.waitFor(() => expect(jobs.isIdle).toBe(true));
    const names = await readdir(join(folder.path, 'jobs', id));
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
    const path = join(folder.path, 'jobs', id, 'job.json');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.slice(0, 100));
    await expect(jobs.get(id)).rejects.toMatchObject({ code: 'not-found' });
  });
});
