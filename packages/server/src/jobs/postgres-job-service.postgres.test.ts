import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../__fixtures__/fresh-database.ts';
import { storeEvent, storeFinalEvent } from './event-store.ts';
import type { JobEvent, WireEvent } from './events.ts';
import { cancelledEvent } from './final-events.ts';
import type { JobRequest } from './job.ts';
import { createJobService } from './postgres-job-service.ts';

let fresh: FreshDatabase;
let jobs: ReturnType<typeof createJobService>;
beforeAll(async () => {
  fresh = await freshDatabase(inject('postgres'));
  jobs = createJobService(fresh.database, { queuedPerTenant: 50 });
});
afterAll(async () => {
  jobs.close();
  await fresh.drop();
});

const request: JobRequest = {
  prompt: 'go',
  session: 's',
  image: null,
  language: 'en',
  approve: 'never',
  deadlineSeconds: 60,
};
const progress = (seq: number, message = 'step'): WireEvent => ({
  seq,
  at: new Date().toISOString(),
  stage: 'detect',
  progress: seq,
  message,
  status: 'progress',
  step: 'step_1',
  state: 'started',
});
const make = async (tenant: string) => (await jobs.create(tenant, { request, requestHash: 'h' })).job;
const read = async (tenant: string, id: string, after = 0) => {
  const events: JobEvent[] = [];
  for await (const event of jobs.events(tenant, id, { after })) events.push(event);
  return events;
};
const numbers = (events: readonly JobEvent[]) => events.map((event) => ('seq' in event ? event.seq : undefined));

describe('making jobs', () => {
  it('makes one for one key, whoever asks at once and how often, and tells who was not first', async () => {
    const create = () => jobs.create('keys', { request, requestHash: 'h', idempotencyKey: 'k' });
    const made = await Promise.all(Array.from({ length: 20 }, create));
    expect(new Set(made.map(({ job }) => job.id)).size).toBe(1);
    expect(made.filter(({ created }) => created)).toHaveLength(1);
    expect((await create()).created).toBe(false);
    const other = { request, requestHash: 'other', idempotencyKey: 'k' };
    await expect(jobs.create('keys', other)).rejects.toMatchObject({ code: 'conflict' });
    expect((await jobs.create('others', other)).created).toBe(true);
  });

  it('makes the others where Postgres does not take one of many', async () => {
    const bad = { request: { ...request, deadlineSeconds: Number.NaN }, requestHash: 'h' };
    const results = await Promise.allSettled([
      make('batch'),
      make('batch'),
      jobs.create('batch', bad),
      ...Array.from({ length: 5 }, () => make('batch')),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      ...Array.from({ length: 5 }, () => 'fulfilled'),
    ]);
  });

  it('refuses more than may wait, of this tenant alone', async () => {
    const made = await Promise.allSettled(Array.from({ length: 70 }, () => make('many')));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
    await expect(make('many')).rejects.toMatchObject({ code: 'rate-limited', isRetryable: true });
    await make('few');
  });
});

describe('trying again', () => {
  it('makes one job, whoever asks at once and how often, until that one has ended', async () => {
    const { id } = await make('again');
    await jobs.cancel('again', id);
    const retry = async () => (await jobs.retry('again', id)).id;
    const made = new Set(await Promise.all(Array.from({ length: 10 }, retry)));
    expect(made.size).toBe(1);
    const [first = ''] = made;
    expect(await retry()).toBe(first);
    expect(await jobs.get('again', first)).toMatchObject({ retryOf: id, state: 'queued' });
    await jobs.cancel('again', first);
    const second = await retry();
    expect(second).not.toBe(first);
    expect(await retry()).toBe(second);
  });

  it('makes one job of a key, also after its end, and none of a key for something else', async () => {
    const { id } = await make('keyed');
    await jobs.cancel('keyed', id);
    const first = await jobs.retry('keyed', id, 'one');
    expect((await jobs.retry('keyed', id, 'one')).id).toBe(first.id);
    await jobs.cancel('keyed', first.id);
    expect((await jobs.retry('keyed', id, 'one')).id).toBe(first.id);
    expect((await jobs.retry('keyed', id, 'two')).id).not.toBe(first.id);
    await expect(jobs.retry('keyed', first.id, 'one')).rejects.toMatchObject({ code: 'conflict' });
    const invocation = { request, requestHash: 'h', idempotencyKey: 'one' };
    await expect(jobs.create('keyed', invocation)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('finding jobs', () => {
  it('lists them page by page, newest first, each once, also where several have one date', async () => {
    for (let i = 0; i < 7; i++) await make('pages');
    await fresh.database.query(`UPDATE atelier.jobs SET created_at = now() WHERE tenant = 'pages'`);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await jobs.list('pages', { limit: 3, cursor });
      seen.push(...page.jobs.map(({ id }) => id));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(seen.toSorted().reverse());
    expect(new Set(seen).size).toBe(7);
    const [first] = seen;
    await jobs.cancel('pages', first ?? '');
    const cancelled = await jobs.list('pages', { limit: 100, state: 'cancelled' });
    expect(cancelled.jobs.map(({ id }) => id)).toEqual([first]);
    expect((await jobs.list('pages', { limit: 100, session: 'other' })).jobs).toEqual([]);
  });

  it.each(['x', 'W10', Buffer.from('["now()","x"]').toString('base64url')])(
    'refuses %s as a cursor',
    async (cursor) => {
      await expect(jobs.list('pages', { limit: 3, cursor })).rejects.toMatchObject({ code: 'invalid-input' });
    },
  );

  it('knows nothing of another tenant’s, in any call', async () => {
    const { id } = await make('mine');
    const gone = { code: 'not-found', message: `There is no job ${id}.` };
    await expect(jobs.get('theirs', id)).rejects.toMatchObject(gone);
    await expect(jobs.cancel('theirs', id)).rejects.toMatchObject(gone);
    await expect(jobs.retry('theirs', id)).rejects.toMatchObject(gone);
    await expect(jobs.answer('theirs', id, 'q', { choice: 1 })).rejects.toMatchObject(gone);
    await expect(read('theirs', id)).rejects.toMatchObject(gone);
    expect((await jobs.get('mine', id)).state).toBe('queued');
    expect((await jobs.list('theirs', { limit: 10 })).jobs).toEqual([]);
  });
});

describe('events', () => {
  it('are stored once and without a gap, however often and by how many they are told', async () => {
    const { id } = await make('tellers');
    const tell = async (name: string) => {
      for (let seq = 2; seq <= 30; seq++) {
        // Another teller may be ahead, and never behind by more than what this one tells next.
        await storeEvent(fresh.database, id, progress(seq, name));
      }
    };
    await Promise.all(['a', 'b', 'c'].map(tell));
    const ends = await Promise.all(
      Array.from({ length: 4 }, () => storeFinalEvent(fresh.database, id, cancelledEvent('en'))),
    );
    expect(ends.filter((end) => end !== undefined)).toHaveLength(1);
    expect(await storeEvent(fresh.database, id, progress(32))).toBe(false);
    const events = await read('tellers', id);
    expect(numbers(events)).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));
    expect(events.at(-1)).toMatchObject({ status: 'cancelled', seq: 31, progress: 30 });
    expect(await jobs.get('tellers', id)).toMatchObject({ state: 'cancelled', lastSeq: 31, final: events.at(-1) });
    expect(numbers(await read('tellers', id, 29))).toEqual([30, 31]);
  });

  it('that leave one out are an error, not a gap', async () => {
    const { id } = await make('gap');
    await expect(storeEvent(fresh.database, id, progress(3))).rejects.toThrow('came after event 1');
  });

  it('reach a watcher that is there, one that comes late and one that listens while Postgres drops the connection', async () => {
    const { id } = await make('watched');
    const early = read('watched', id);
    for (let seq = 2; seq <= 200; seq++) {
      await storeEvent(fresh.database, id, progress(seq, 'x'.repeat(seq % 20 === 0 ? 9000 : 5)));
      if (seq === 100) {
        await fresh.database.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'atelier-listener' AND datname = current_database()`,
        );
      }
    }
    const late = read('watched', id, 150);
    await storeFinalEvent(fresh.database, id, cancelledEvent('ko'));
    expect(numbers(await early)).toEqual(Array.from({ length: 201 }, (_, index) => index + 1));
    expect(numbers(await late)).toEqual(Array.from({ length: 51 }, (_, index) => index + 151));
  });

  it('end for a watcher that goes away', async () => {
    const { id } = await make('leaver');
    const leaving = new AbortController();
    const events = jobs.events('leaver', id, { signal: leaving.signal })[Symbol.asyncIterator]();
    expect((await events.next()).value).toMatchObject({ status: 'queued' });
    const next = events.next();
    leaving.abort();
    expect((await next).done).toBe(true);
  });
});
