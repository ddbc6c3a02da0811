import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { type AssetStore, memoryAssetStore, type SessionRecord } from '@atelier/sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../__fixtures__/fresh-database.ts';
import type { Database } from '../database/database.ts';
import { postgresHistoryStore } from '../history/postgres-history-store.ts';
import { trackedAssets } from '../images/tracked-assets.ts';
import { cleanUp } from './clean-up.ts';
import { startCleanUp } from './start-clean-up.ts';

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase(inject('postgres'), { poolSize: 10 });
  database = fresh.database;
});
afterAll(() => fresh.drop());
beforeEach(async () => {
  await database.query('TRUNCATE atelier.jobs, atelier.sessions, atelier.assets, atelier.api_keys CASCADE');
});

const image = () => `img_${randomBytes(16).toString('hex')}`;
const png = { bytes: Uint8Array.of(1), mediaType: 'image/png' };
const record = (id: string, revision: number, images: readonly string[]): SessionRecord => ({
  format: 1,
  id,
  revision,
  images: images.map((id) => ({ id, width: 1, height: 1 })),
  current: images.at(-1) ?? null,
  edits: [],
  head: null,
  protect: [],
  protections: {},
  messages: [],
  runs: [],
});

interface TestJob {
  readonly id: string;
  readonly session?: string;
  readonly state?: string;
  readonly image?: string | null;
  /** Days ago. */
  readonly created?: number;
  readonly finished?: number;
}

async function insertJob({ id, session = 's', state = 'succeeded', image = null, created = 0, finished }: TestJob) {
  await database.query(
    `INSERT INTO atelier.jobs (id, tenant, session, state, request, request_hash, deadline_at, created_at, finished_at)
     VALUES ($1, 'one', $2, $3, $4, '', now(), now() - make_interval(secs => $5), now() - make_interval(secs => $6))`,
    [id, session, state, { image }, created * 86_400, finished === undefined ? null : finished * 86_400],
  );
  await database.query('INSERT INTO atelier.events (job, seq, event) VALUES ($1, 1, $2)', [id, { status: 'queued' }]);
}

const age = (table: 'sessions' | 'assets', days: number, id: string) =>
  database.query(
    `UPDATE atelier.${table} SET ${table === 'sessions' ? 'updated_at' : 'used_at'} = now() - make_interval(secs => $1) WHERE id = $2`,
    [days * 86_400, id],
  );

const idsOf = async (table: 'jobs' | 'sessions' | 'assets' | 'api_keys' | 'events') =>
  (
    await database.query<{ id: string }>(
      `SELECT ${table === 'events' ? 'job' : 'id'} AS id FROM atelier.${table} ORDER BY 1`,
    )
  ).map(({ id }) => id);

describe('a clean-up', () => {
  it('deletes jobs that ended long ago, with their events, and no other', async () => {
    await insertJob({ id: 'old', created: 12, finished: 11 });
    await insertJob({ id: 'recent', created: 12, finished: 9 });
    await insertJob({ id: 'waiting', created: 12, state: 'waiting' });
    expect(await cleanUp(database, memoryAssetStore(), { days: 10 })).toMatchObject({
      jobs: 1,
      sessions: 0,
      assets: 0,
    });
    expect(await idsOf('jobs')).toEqual(['recent', 'waiting']);
    expect(await idsOf('events')).toEqual(['recent', 'waiting']);
    const now = new Date(Date.now() + 5 * 86_400_000);
    expect(await cleanUp(database, memoryAssetStore(), { days: 10, now })).toMatchObject({ jobs: 1 });
  });

  it('deletes sessions that nobody used, and their pictures with them; an active job keeps its session', async () => {
    const [store, history] = [memoryAssetStore(), postgresHistoryStore(database)];
    const tracked = trackedAssets(store, database);
    const images = { idle: image(), busy: image(), loaded: image(), lone: image(), fresh: image() };
    for (const id of Object.values(images)) await tracked.put('one', id, png);
    for (const name of ['idle', 'busy', 'loaded'] as const) await history.save('one', record(name, 1, [images[name]]));
    for (const name of ['idle', 'busy', 'loaded']) await age('sessions', 11, name);
    for (const name of ['idle', 'busy', 'loaded', 'lone'] as const) await age('assets', 11, images[name]);
    await insertJob({ id: 'active', session: 'busy', state: 'running' });
    expect((await history.load('one', 'loaded'))?.revision).toBe(1);

    expect(await cleanUp(database, store, { days: 10 })).toMatchObject({ jobs: 0, sessions: 1, assets: 2 });
    expect(await idsOf('sessions')).toEqual(['busy', 'loaded']);
    expect(await idsOf('assets')).toEqual([images.busy, images.loaded, images.fresh].sort());
    for (const [name, id] of Object.entries(images))
      expect(await store.has('one', id)).toBe(name !== 'idle' && name !== 'lone');
  });

  it('keeps what a session names whose use was noted a little after that of its pictures', async () => {
    const store = memoryAssetStore();
    const id = image();
    await trackedAssets(store, database).put('one', id, png);
    await postgresHistoryStore(database).save('one', record('edge', 1, [id]));
    // Uses are noted once an hour: the session was saved again within it, which left the picture's time as it was.
    await age('sessions', 9.99, 'edge');
    await age('assets', 10.02, id);
    expect(await cleanUp(database, store, { days: 10 })).toMatchObject({ sessions: 0, assets: 0 });
  });

  it('keeps what kept jobs name in their request and in their events', async () => {
    const store = memoryAssetStore();
    const tracked = trackedAssets(store, database);
    const [asked, shown, other] = [image(), image(), image()];
    for (const id of [asked, shown, other]) {
      await tracked.put('one', id, png);
      await age('assets', 20, id);
    }
    await insertJob({ id: 'long', created: 20, finished: 1, image: asked });
    await database.query('INSERT INTO atelier.events (job, seq, event) VALUES ($1, 2, $2)', ['long', { mask: shown }]);
    expect(await cleanUp(database, store, { days: 10 })).toMatchObject({ assets: 1 });
    expect(await idsOf('assets')).toEqual([asked, shown].sort());
  });

  it('keeps all that a tenant has while a job of its is active so long', async () => {
    const store = memoryAssetStore();
    const id = image();
    for (const tenant of ['one', 'two']) await trackedAssets(store, database).put(tenant, id, png);
    await age('assets', 20, id);
    await insertJob({ id: 'active', created: 15, state: 'waiting' });
    expect(await cleanUp(database, store, { days: 10 })).toMatchObject({ assets: 1 });
    expect([await store.has('one', id), await store.has('two', id)]).toEqual([true, false]);
  });

  it('goes through more than a batch, past what it keeps', async () => {
    const store = memoryAssetStore();
    const ids = Array.from({ length: 100 }, image);
    await database.query(
      `INSERT INTO atelier.assets (tenant, id, media_type, bytes, used_at)
       SELECT 'one', id, 'image/png', 1, now() - interval '20 days' FROM unnest($1::text[]) AS id`,
      [ids],
    );
    for (const id of ids) await store.put('one', id, png);
    const kept = ids.slice(10, 60);
    await postgresHistoryStore(database).save('one', record('kept', 1, kept));
    await age('sessions', 20, 'kept');
    await database.query(`UPDATE atelier.assets SET used_at = now() - interval '20 days'`);
    await insertJob({ id: 'active', session: 'kept', state: 'queued' });
    expect(await cleanUp(database, store, { days: 10 })).toMatchObject({ sessions: 0, assets: 50 });
    expect(await idsOf('assets')).toEqual([...kept].sort());
  });

  it('leaves the rows of what the store could not delete, and says why', async () => {
    const [good, bad] = [image(), image()];
    const inner = memoryAssetStore();
    for (const id of [good, bad]) await trackedAssets(inner, database).put('one', id, png);
    for (const id of [good, bad]) await age('assets', 20, id);
    const failing: AssetStore = {
      ...inner,
      delete: (scope, id) => (id === bad ? Promise.reject(new Error('no disk')) : inner.delete(scope, id)),
    };
    await expect(cleanUp(database, failing, { days: 10 })).rejects.toThrow('no disk');
    expect(await idsOf('assets')).toEqual([bad]);
    expect(await cleanUp(database, inner, { days: 10 })).toMatchObject({ assets: 1 });
  });

  it('deletes keys that ended long ago, but never the last one', async () => {
    const key = (id: string, expires: number | null, revoked: number | null) =>
      database.query(
        `INSERT INTO atelier.api_keys (id, tenant, name, hash, expires_at, revoked_at)
         VALUES ($1, 'one', '', '', now() - make_interval(days => $2), now() - make_interval(days => $3))`,
        [id, expires, revoked],
      );
    await key('expired', 11, null);
    await key('revoked', null, 11);
    expect(await cleanUp(database, memoryAssetStore(), { days: 10 })).toMatchObject({ keys: 1 });
    expect(await idsOf('api_keys')).toEqual(['revoked']);
    await key('later', 9, null);
    expect(await cleanUp(database, memoryAssetStore(), { days: 10 })).toMatchObject({ keys: 1 });
    expect(await idsOf('api_keys')).toEqual(['later']);
  });

  it.each([0, 0.5, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d days', async (days) => {
    await expect(cleanUp(database, memoryAssetStore(), { days })).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('is done by one at a time', async () => {
    const inner = memoryAssetStore();
    const id = image();
    await trackedAssets(inner, database).put('one', id, png);
    await age('assets', 20, id);
    const gate = new EventEmitter();
    const [began, go] = [once(gate, 'began'), once(gate, 'go')];
    const slow: AssetStore = {
      ...inner,
      async delete(scope, id) {
        gate.emit('began');
        await go;
        await inner.delete(scope, id);
      },
    };
    const first = cleanUp(database, slow, { days: 10 });
    await began;
    await insertJob({ id: 'old', created: 20, finished: 20 });
    const others = await Promise.all(Array.from({ length: 6 }, () => cleanUp(database, inner, { days: 10 })));
    for (const counts of others) expect(counts).toEqual({ jobs: 0, steps: 0, sessions: 0, assets: 0, keys: 0 });
    gate.emit('go');
    expect(await first).toMatchObject({ assets: 1 });
    expect(await cleanUp(database, inner, { days: 10 })).toMatchObject({ jobs: 1 });
  });

  it('stops and says so when the connection that keeps others away breaks', async () => {
    const inner = memoryAssetStore();
    const ids = Array.from({ length: 60 }, image);
    for (const id of ids) await trackedAssets(inner, database).put('one', id, png);
    await database.query(`UPDATE atelier.assets SET used_at = now() - interval '20 days'`);
    const breaking: AssetStore = {
      ...inner,
      async delete(scope, id) {
        await database.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE application_name = 'atelier-only-one' AND datname = current_database()`,
        );
        await delay(20);
        await inner.delete(scope, id);
      },
    };
    const away = { code: 'server-unavailable', isRetryable: true };
    await expect(cleanUp(database, breaking, { days: 10 })).rejects.toMatchObject(away);
    const left = (await idsOf('assets')).length;
    expect(left).toBeGreaterThan(0);
    expect(await cleanUp(database, inner, { days: 10 })).toMatchObject({ assets: left });
  });

  it('lets a put of what it is deleting wait, and be written again', async () => {
    const inner = memoryAssetStore();
    const tracked = trackedAssets(inner, database);
    const id = image();
    await tracked.put('one', id, png);
    await age('assets', 20, id);
    let put: Promise<void> | undefined;
    const slow: AssetStore = {
      ...inner,
      async delete(scope, id) {
        put = tracked.put(scope, id, png);
        await delay(100);
        await inner.delete(scope, id);
      },
    };
    expect(await cleanUp(database, slow, { days: 10 })).toMatchObject({ assets: 1 });
    await put;
    expect(await inner.has('one', id)).toBe(true);
    expect(await idsOf('assets')).toEqual([id]);
  });

  it('stops after the batch at hand, and goes on another time', async () => {
    const inner = memoryAssetStore();
    const ids = Array.from({ length: 60 }, image);
    for (const id of ids) await trackedAssets(inner, database).put('one', id, png);
    await database.query(`UPDATE atelier.assets SET used_at = now() - interval '20 days'`);
    const stop = new AbortController();
    const stopping: AssetStore = {
      ...inner,
      delete: (scope, id) => {
        stop.abort();
        return inner.delete(scope, id);
      },
    };
    const first = await cleanUp(database, stopping, { days: 10, signal: stop.signal });
    expect(first.assets).toBeGreaterThan(0);
    expect(first.assets).toBeLessThan(60);
    expect((await cleanUp(database, inner, { days: 10 })).assets).toBe(60 - first.assets);
  });

  it('runs by itself until it is closed', async () => {
    await insertJob({ id: 'old', created: 12, finished: 11 });
    const running = startCleanUp(database, memoryAssetStore(), { days: 10, everySeconds: 0.05 });
    await expect.poll(() => idsOf('jobs')).toEqual([]);
    await running.close();
    await insertJob({ id: 'old', created: 12, finished: 11 });
    await delay(200);
    expect(await idsOf('jobs')).toEqual(['old']);
  });
});
