import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { slowBackend } from '../__fixtures__/five-steps/backend.ts';
import { fiveStepBrain } from '../__fixtures__/five-steps/brain.ts';
import { testEngine } from '../__fixtures__/test-engine.ts';
import { locks } from '../database/locks.ts';
import { onlyOne } from '../database/only-one.ts';
import type { Engine } from './engine.ts';
import { isNobodys } from './stray-jobs.ts';
import { beat } from './workers.ts';

type Test = Awaited<ReturnType<typeof testEngine>>;
let test: Test;
let engine: Engine | undefined;
beforeEach(async () => {
  test = await testEngine(inject('postgres'), {
    jobs: { takeoverSeconds: 1 },
    backend: slowBackend({ time: 200 }),
  });
});
afterEach(async () => {
  await engine?.close(0);
  engine = undefined;
  await test.end();
});

const endOf = async (id: string) => (await test.events('a', id)).at(-1);
/** A job that a worker was at work on when it was closed. */
async function leftJob(): Promise<string> {
  engine = await test.start();
  const { id } = await test.create('a', 'adjust 3');
  for await (const event of test.jobs.events('a', id, {})) if (event.status === 'plan') break;
  await engine.close(0);
  return id;
}

describe('a job is seen to', () => {
  it('that was released by a process which died before it had queued it', async () => {
    const { id } = await test.create('a', 'adjust 1');
    await test.database.query(`UPDATE atelier.jobs SET released_at = now() - interval '1 minute' WHERE id = $1`, [id]);
    engine = await test.start();
    expect(await endOf(id)).toMatchObject({ status: 'success' });
  });

  it('that ended for DBOS without an end of its own', async () => {
    const id = await leftJob();
    await test.database.query(
      `UPDATE dbos.workflow_status SET status = 'ERROR', updated_at = 0 WHERE workflow_uuid = $1`,
      [id],
    );
    engine = await test.start();
    expect(await endOf(id)).toMatchObject({ status: 'failure', error: { code: 'worker-lost' } });
  });

  it('that was begun under another version of the steps, once no worker of that version is left', async () => {
    const id = await leftJob();
    await beat(test.database, { id: 'older', slots: 0, version: 'atelier-steps-0' });
    await test.database.query(
      `UPDATE dbos.workflow_status SET status = 'ENQUEUED', application_version = 'atelier-steps-0', updated_at = 0 WHERE workflow_uuid = $1`,
      [id],
    );
    engine = await test.start();
    await delay(700);
    expect((await test.jobs.get('a', id)).state).toBe('running');
    // It is not heard of any more: after a second it is struck out.
    expect(await endOf(id)).toMatchObject({ status: 'failure', error: { code: 'worker-lost' } });
  });

  it('that somebody cancelled while nobody listened', async () => {
    engine = await test.start();
    const { id } = await test.create('a', 'adjust 5');
    for await (const event of test.jobs.events('a', id, {})) if (event.status === 'plan') break;
    await test.database.query('UPDATE atelier.jobs SET cancel_requested = true WHERE id = $1', [id]);
    expect(await endOf(id)).toMatchObject({ status: 'cancelled' });
  });

  it('whose deadline comes before a worker does', async () => {
    const { id } = await test.create('a', 'adjust 1', { deadlineSeconds: 0.01 });
    await delay(50);
    engine = await test.start();
    expect(await endOf(id)).toMatchObject({ status: 'failure', error: { code: 'deadline-exceeded' } });
    expect((await test.jobs.get('a', id)).attempts).toBe(0);
  });

  it('while a clean-up is at work', async () => {
    engine = await test.start();
    await onlyOne(test.url, { lock: locks.cleanUp }, async () => {
      const { id } = await test.create('a', 'adjust 1');
      expect(await endOf(id)).toMatchObject({ status: 'success' });
    });
  });
});

it('a job that another living worker has is left to it', async () => {
  const id = await leftJob();
  const hold = (executor: string) =>
    test.database.query(
      `UPDATE dbos.workflow_status SET status = 'PENDING', executor_id = $2 WHERE workflow_uuid = $1`,
      [id, executor],
    );
  await beat(test.database, { id: 'other', slots: 1, version: 'v' });
  await hold('other');
  expect(await isNobodys(test.database, id, 'me')).toBe(false);
  await hold('me');
  expect(await isNobodys(test.database, id, 'me')).toBe(true);
  await hold('dead');
  expect(await isNobodys(test.database, id, 'me')).toBe(true);
  await test.database.query(`UPDATE dbos.workflow_status SET status = 'ENQUEUED' WHERE workflow_uuid = $1`, [id]);
  expect(await isNobodys(test.database, id, 'me')).toBe(false);
});

it('what Postgres cannot keep of a brain’s words is replaced, and the job goes on', async () => {
  await test.end();
  const brain = fiveStepBrain('Done \ud83d\u0000.');
  test = await testEngine(inject('postgres'), { brain });
  engine = await test.start();
  const { id } = await test.create('a', 'adjust 1');
  expect(await endOf(id)).toMatchObject({
    status: 'success',
    answer: 'Done \ufffd\ufffd.',
    message: 'Done \ufffd\ufffd.',
  });
  expect((await test.jobs.get('a', id)).message).toBe('Done \ufffd\ufffd.');
});
