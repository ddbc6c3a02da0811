import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, inject, it } from 'vitest';
import { AgentProcess } from '../__fixtures__/processes/agent-process.ts';
import { testEngine } from '../__fixtures__/test-engine.ts';

it('a worker that stood still lets go of its job, and the one that took it over ends it', async () => {
  const test = await testEngine(inject('postgres'));
  const journal = join(await mkdtemp(join(tmpdir(), 'atelier-paused-')), 'journal.txt');
  const options = { databaseUrl: test.url, assets: test.assets, journal, stepTime: 700 };
  const workers = await Promise.all([AgentProcess.start(options), AgentProcess.start(options)]);
  try {
    const { id } = await test.create('a', 'adjust 5');
    const seqs: number[] = [];
    for await (const event of test.jobs.events('a', id, {})) {
      if ('seq' in event) seqs.push(event.seq);
      if (event.status !== 'plan') continue;
      // Nobody knows which of the two has it: both stand still, one after the other.
      for (const worker of workers) {
        worker.pause();
        await delay(1800);
        worker.goOn();
      }
    }
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    const { state, attempts } = await test.jobs.get('a', id);
    expect(state).toBe('succeeded');
    expect(attempts).toBeGreaterThan(1);
    expect(attempts).toBeLessThan(5);
  } finally {
    for (const worker of workers) worker.goOn();
    await Promise.all(workers.map((worker) => worker.kill()));
    await test.end();
    await rm(join(journal, '..'), { recursive: true, force: true });
  }
}, 60_000);
