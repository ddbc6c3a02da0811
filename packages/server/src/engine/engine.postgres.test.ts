import { setTimeout as delay } from 'node:timers/promises';
import { AtelierError } from '@atelier/sdk';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { slowBackend } from '../__fixtures__/five-steps/backend.ts';
import { testEngine } from '../__fixtures__/test-engine.ts';
import type { Engine } from './engine.ts';

type Test = Awaited<ReturnType<typeof testEngine>>;
let test: Test;
let engine: Engine | undefined;
afterEach(async () => {
  await engine?.close(5);
  engine = undefined;
  await test.end();
});

const numbers = (events: Awaited<ReturnType<Test['events']>>) =>
  events.flatMap((event) => ('seq' in event ? event.seq : []));
const oneTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe('a worker', () => {
  beforeEach(async () => {
    test = await testEngine(inject('postgres'));
  });

  it('does a job, and tells it as events that are numbered from 1', async () => {
    engine = await test.start();
    const job = await test.create('a', 'adjust 5');
    expect(job).toMatchObject({ state: 'queued', lastSeq: 1, attempts: 0 });
    const events = await test.events('a', job.id);
    const last = events.at(-1);
    expect(last).toMatchObject({ status: 'success', progress: 100, edits: { length: 5 } });
    expect(numbers(events)).toEqual(oneTo(numbers(events).length));
    const done = await test.jobs.get('a', job.id);
    expect(done).toMatchObject({ state: 'succeeded', attempts: 1, final: last, lastSeq: numbers(events).length });
  });

  it('makes what the same run without a server makes', async () => {
    engine = await test.start();
    const job = await test.create('a', 'adjust 3');
    const last = (await test.events('a', job.id)).at(-1);
    const image = job.request.image ?? '';
    const session = test.studioOf('b').session({ image: await test.studioOf('a').vision.load(image) });
    const { image: alone } = await session.run('adjust 3').result;
    expect(last).toMatchObject({ outputImage: alone?.id });
  });

  it('tells the brain’s words as they come, between stored events', async () => {
    engine = await test.start();
    const job = await test.create('a', 'adjust 1');
    const events = await test.events('a', job.id);
    const tokens = events.filter((event) => event.status === 'token');
    expect(tokens.map(({ text }) => text).join('')).toBe('All done.');
    const before = events[events.findIndex((event) => event.status === 'token') - 1];
    expect(tokens[0]?.after).toBe(before && 'seq' in before ? before.seq : undefined);
  });

  it('does jobs of one session one after the other, each on what the one before left', async () => {
    engine = await test.start();
    const first = await test.create('a', 'adjust 1', { session: 'same' });
    const second = await test.create('a', 'adjust 2', { session: 'same', image: null });
    const begun = (await test.events('a', second.id)).length;
    expect(begun).toBeGreaterThan(0);
    const [one, two] = await Promise.all([test.jobs.get('a', first.id), test.jobs.get('a', second.id)]);
    expect(two.startedAt?.getTime()).toBeGreaterThanOrEqual(one.finishedAt?.getTime() ?? Number.POSITIVE_INFINITY);
    expect(await test.studioOf('a').session({ id: 'same' }).history()).toHaveLength(3);
  });

  it('does not begin what was cancelled while it waited', async () => {
    const job = await test.create('a', 'adjust 1');
    const cancelled = await test.jobs.cancel('a', job.id);
    expect(cancelled).toMatchObject({ state: 'cancelled', lastSeq: 2 });
    engine = await test.start();
    await delay(300);
    expect(await test.jobs.get('a', job.id)).toMatchObject({ state: 'cancelled', attempts: 0 });
    expect((await test.jobs.cancel('a', job.id)).state).toBe('cancelled');
  });

  it('tries a failed or cancelled job again as a new one, and no other', async () => {
    const job = await test.create('a', 'adjust 1');
    await expect(test.jobs.retry('a', job.id)).rejects.toMatchObject({ code: 'conflict' });
    await test.jobs.cancel('a', job.id);
    const again = await test.jobs.retry('a', job.id);
    expect(again).toMatchObject({ state: 'queued', retryOf: job.id, request: job.request });
    engine = await test.start();
    expect((await test.events('a', again.id)).at(-1)).toMatchObject({ status: 'success' });
  });
});

describe('a job at work', () => {
  it('stops within moments when it is cancelled, and keeps the edits made before', async () => {
    test = await testEngine(inject('postgres'), { backend: slowBackend({ time: 300 }) });
    engine = await test.start();
    const job = await test.create('a', 'adjust 5');
    for await (const event of test.jobs.events('a', job.id, {})) {
      if (event.status === 'progress' && event.state === 'finished') await test.jobs.cancel('a', job.id);
      if (event.status === 'cancelled') expect(event.edits).toHaveLength(1);
    }
    expect(await test.jobs.get('a', job.id)).toMatchObject({ state: 'cancelled', final: { edits: { length: 1 } } });
  });

  it('fails with deadline-exceeded at its deadline', async () => {
    test = await testEngine(inject('postgres'), { backend: slowBackend({ time: 30_000 }) });
    engine = await test.start();
    const job = await test.create('a', 'adjust 1', { deadlineSeconds: 1 });
    const last = (await test.events('a', job.id)).at(-1);
    expect(last).toMatchObject({ status: 'failure', error: { code: 'deadline-exceeded' } });
    expect((await test.jobs.get('a', job.id)).state).toBe('failed');
  });

  it('waits for a server that is away, and tries again only what may pass', async () => {
    let away = 3;
    const slow = slowBackend({ time: 1 });
    const { adjust } = slow.capabilities;
    if (!adjust) throw new Error('it adjusts');
    const backend = {
      ...slow,
      capabilities: {
        adjust: {
          ...adjust,
          run: async (...call: Parameters<typeof adjust.run>) => {
            if (away-- > 0) throw new AtelierError({ code: 'server-unreachable', message: 'away', isRetryable: true });
            return adjust.run(...call);
          },
        },
      },
    };
    test = await testEngine(inject('postgres'), { backend });
    engine = await test.start();
    const job = await test.create('a', 'adjust 1');
    expect((await test.events('a', job.id)).at(-1)).toMatchObject({ status: 'success', edits: { length: 1 } });
    expect(away).toBe(-1);
  });

  it('goes on in the next worker from where one that was closed left it, and runs no recorded step again', async () => {
    const begun: string[] = [];
    const slow = slowBackend({ time: 150 });
    const { adjust } = slow.capabilities;
    if (!adjust) throw new Error('it adjusts');
    const run: typeof adjust.run = (request, context) => {
      begun.push(request.operation);
      return adjust.run(request, context);
    };
    test = await testEngine(inject('postgres'), { backend: { ...slow, capabilities: { adjust: { ...adjust, run } } } });
    engine = await test.start();
    const job = await test.create('a', 'adjust 5');
    while (begun.length < 3) await delay(5);
    await engine.close(0);
    expect(await test.jobs.get('a', job.id)).toMatchObject({ state: 'running', attempts: 1 });
    engine = await test.start();
    const events = await test.events('a', job.id);
    expect(events.at(-1)).toMatchObject({ status: 'success', edits: { length: 5 } });
    expect(numbers(events)).toEqual(oneTo(numbers(events).length));
    expect((await test.jobs.get('a', job.id)).attempts).toBe(2);
    // The third was interrupted and ran again; the first two were recorded.
    expect(begun).toEqual(['brighten', 'sharpen', 'desaturate', 'desaturate', 'blur', 'pixelate']);
  });

  it('gives up what was begun too often', async () => {
    test = await testEngine(inject('postgres'), { jobs: { maxAttempts: 2 } });
    const job = await test.create('a', 'adjust 1');
    await test.database.query('UPDATE atelier.jobs SET attempts = 2 WHERE id = $1', [job.id]);
    engine = await test.start();
    expect((await test.events('a', job.id)).at(-1)).toMatchObject({
      status: 'failure',
      error: { code: 'worker-lost' },
    });
  });
});

describe('a question', () => {
  const approve = { approve: 'edits' } as const;

  it('makes the job wait without taking a place, and goes on with the answer', async () => {
    test = await testEngine(inject('postgres'), { jobs: { perWorker: 1, atOnce: 1 } });
    engine = await test.start();
    const job = await test.create('a', 'adjust 1', approve);
    for await (const event of test.jobs.events('a', job.id, {})) {
      if (event.status !== 'question') continue;
      expect(new Date(event.expiresAt ?? 0).getTime()).toBeGreaterThan(Date.now());
      expect(await test.jobs.get('a', job.id)).toMatchObject({ state: 'waiting', question: { id: event.id } });
      const other = await test.create('a', 'adjust 1');
      expect((await test.events('a', other.id)).at(-1)?.status).toBe('success');
      await expect(test.jobs.answer('a', job.id, 'question_0', { approved: true })).rejects.toMatchObject({
        code: 'not-found',
      });
      await expect(test.jobs.answer('a', job.id, event.id, { choice: 1 })).rejects.toMatchObject({
        code: 'invalid-input',
      });
      expect(await test.jobs.answer('a', job.id, event.id, { approved: true })).toMatchObject({ question: null });
      await test.jobs.answer('a', job.id, event.id, { approved: true });
      await expect(test.jobs.answer('a', job.id, event.id, { approved: false })).rejects.toMatchObject({
        code: 'conflict',
      });
    }
    expect(await test.jobs.get('a', job.id)).toMatchObject({ state: 'succeeded', question: null });
  });

  it('that nobody answers in time ends the job', async () => {
    test = await testEngine(inject('postgres'), { jobs: { answerSeconds: 0.2 } });
    engine = await test.start();
    const job = await test.create('a', 'adjust 1', approve);
    const last = (await test.events('a', job.id)).at(-1);
    expect(last).toMatchObject({ status: 'failure', error: { code: 'not-approved' } });
  });

  it('keeps waiting in the next worker', async () => {
    test = await testEngine(inject('postgres'));
    engine = await test.start();
    const job = await test.create('a', 'adjust 1', approve);
    for await (const event of test.jobs.events('a', job.id, {})) {
      if (event.status !== 'question') continue;
      await engine.close(5);
      await test.jobs.answer('a', job.id, event.id, { approved: true });
      engine = await test.start();
    }
    const events = await test.events('a', job.id);
    expect(events.filter(({ status }) => status === 'question')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ status: 'success', edits: { length: 1 } });
  });
});
