import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../__fixtures__/fresh-database.ts';
import { createJobService } from '../jobs/postgres-job-service.ts';
import { releaseJobs } from './scheduler.ts';
import { overdueJobs } from './stray-jobs.ts';
import { beat as tellWorker } from './workers.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase(inject('postgres'));
});
afterEach(() => fresh.database.query('TRUNCATE atelier.jobs, atelier.workers CASCADE'));
afterAll(() => fresh.drop());

const limits = { atOnce: 100, perTenant: 100, waitingPerTenant: 100 };
const beat = (database: typeof fresh.database, id: string, slots: number) =>
  tellWorker(database, { id, slots, version: 'v' });
let sessions = 0;
async function add(tenant: string, session = `session_${sessions++}`, deadlineSeconds = 60): Promise<string> {
  const request = { prompt: 'go', session, image: null, language: 'en', approve: 'never', deadlineSeconds } as const;
  return (await createJobService(fresh.database).create(tenant, { requestHash: '', request })).job.id;
}
async function addMany(tenant: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(await add(tenant));
  return ids;
}
const tenantsOf = async (ids: readonly string[]) => {
  const rows = await fresh.database.query<{ id: string; tenant: string }>('SELECT id, tenant FROM atelier.jobs');
  const tenants = new Map(rows.map(({ id, tenant }) => [id, tenant]));
  return ids.map((id) => tenants.get(id));
};
const setState = (ids: readonly string[], state: string) =>
  fresh.database.query('UPDATE atelier.jobs SET state = $2 WHERE id = ANY($1)', [ids, state]);

it('releases nothing without a worker, and as much as all workers together have room for', async () => {
  await addMany('a', 5);
  expect(await releaseJobs(fresh.database, limits)).toEqual([]);
  await beat(fresh.database, 'one', 1);
  await beat(fresh.database, 'two', 2);
  expect(await releaseJobs(fresh.database, limits)).toHaveLength(3);
  expect(await releaseJobs(fresh.database, limits)).toEqual([]);
});

it('takes turns between tenants, however many one of them sends, the oldest of each first', async () => {
  await beat(fresh.database, 'one', 6);
  const many = await addMany('a', 10);
  const few = await addMany('b', 2);
  const [one] = await addMany('c', 1);
  const released = await releaseJobs(fresh.database, limits);
  expect(await tenantsOf(released)).toEqual(['a', 'b', 'c', 'a', 'b', 'a']);
  expect(released).toEqual([many[0], few[0], one, many[1], few[1], many[2]]);
});

it('lets those go first who have fewer jobs at work', async () => {
  await beat(fresh.database, 'one', 3);
  await addMany('a', 8);
  await setState(await releaseJobs(fresh.database, limits), 'running');
  await addMany('b', 3);
  await beat(fresh.database, 'one', 5);
  expect(await tenantsOf(await releaseJobs(fresh.database, limits))).toEqual(['b', 'b']);
});

it('keeps the limits over all workers and of each tenant', async () => {
  await beat(fresh.database, 'one', 50);
  await addMany('a', 5);
  await addMany('b', 5);
  const released = await releaseJobs(fresh.database, { ...limits, atOnce: 5, perTenant: 3 });
  expect((await tenantsOf(released)).toSorted()).toEqual(['a', 'a', 'a', 'b', 'b']);
  expect(await releaseJobs(fresh.database, { ...limits, perTenant: 3 })).toHaveLength(1);
});

it('does not count jobs that wait for a person', async () => {
  await beat(fresh.database, 'one', 2);
  await addMany('a', 4);
  const first = await releaseJobs(fresh.database, limits);
  await setState(first, 'waiting');
  expect(await releaseJobs(fresh.database, limits)).toHaveLength(2);
});

it('begins nothing more for a tenant of whom too many wait for a person', async () => {
  await beat(fresh.database, 'one', 10);
  await addMany('a', 5);
  const few = { ...limits, perTenant: 2, waitingPerTenant: 2 };
  await setState(await releaseJobs(fresh.database, few), 'waiting');
  expect(await releaseJobs(fresh.database, few)).toEqual([]);
  await addMany('b', 1);
  expect(await tenantsOf(await releaseJobs(fresh.database, few))).toEqual(['b']);
});

it('takes moments also with ten thousand jobs in the queue, and before Postgres knows of them', async () => {
  await beat(fresh.database, 'one', 10);
  await add('a');
  await fresh.database.query('ANALYZE atelier.jobs');
  await fresh.database.query(
    `INSERT INTO atelier.jobs (id, tenant, session, state, request, request_hash, deadline_at)
     SELECT 'job_' || i, 't' || i % 10, 's' || i, 'queued', '{}', '', now() + interval '1 hour' FROM generate_series(1, 10000) i`,
  );
  const began = performance.now();
  expect(await releaseJobs(fresh.database, limits)).toHaveLength(10);
  // A join of the queue with itself takes more than ten seconds here.
  expect(performance.now() - began).toBeLessThan(5000);
});

it('holds a job back while an earlier one of its session has not ended, whatever it does', async () => {
  await beat(fresh.database, 'one', 10);
  const first = await add('a', 'same');
  const second = await add('a', 'same');
  const others = await add('b', 'same');
  expect((await releaseJobs(fresh.database, limits)).toSorted()).toEqual([first, others].toSorted());
  for (const state of ['running', 'waiting']) {
    await setState([first], state);
    expect(await releaseJobs(fresh.database, limits)).toEqual([]);
  }
  await setState([first], 'failed');
  expect(await releaseJobs(fresh.database, limits)).toEqual([second]);
});

it('releases each job once, also when many schedulers are at it', async () => {
  await beat(fresh.database, 'one', 40);
  await addMany('a', 40);
  const released: string[] = [];
  while (released.length < 40) {
    const batches = await Promise.all(
      Array.from({ length: 5 }, () => releaseJobs(fresh.database, { ...limits, atOnce: released.length + 7 })),
    );
    released.push(...batches.flat());
    expect(released.length).toBeLessThanOrEqual(40);
  }
  expect(new Set(released).size).toBe(40);
});

it('leaves jobs to their end whose deadline is over', async () => {
  await beat(fresh.database, 'one', 10);
  const late = await add('a', 'late', 0.001);
  expect(await releaseJobs(fresh.database, limits)).toEqual([]);
  expect(await overdueJobs(fresh.database)).toEqual([{ id: late, language: 'en', deadlineSeconds: 0.001 }]);
});
