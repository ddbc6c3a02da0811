import { memoryAssetStore } from '@atelier/sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../__fixtures__/fresh-database.ts';
import { trackedAssets } from './tracked-assets.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase(inject('postgres'));
});
beforeEach(() => fresh.database.query('DELETE FROM atelier.assets'));
afterAll(() => fresh?.drop());

const asset = { bytes: Uint8Array.of(1, 2, 3), mediaType: 'image/png' };
const rows = () =>
  fresh.database.query<{ tenant: string; id: string; bytes: string; media_type: string; old: boolean }>(
    `SELECT *, used_at < now() - interval '1 hour' AS old FROM atelier.assets ORDER BY tenant`,
  );
const age = () => fresh.database.query(`UPDATE atelier.assets SET used_at = now() - interval '40 days'`);

describe('a tracked store', () => {
  it('notes what it keeps, for each tenant', async () => {
    const store = memoryAssetStore();
    const tracked = trackedAssets(store, fresh.database);
    await tracked.put('a', 'img_1', asset);
    await tracked.put('a', 'img_1', asset);
    await tracked.put('b', 'img_1', asset);
    expect(await rows()).toMatchObject([
      { tenant: 'a', id: 'img_1', bytes: '3', media_type: 'image/png' },
      { tenant: 'b', id: 'img_1' },
    ]);
    expect(await store.get('a', 'img_1')).toEqual(asset);
    await tracked.delete('a', 'img_1');
    expect(await rows()).toMatchObject([{ tenant: 'b' }]);
    expect([await tracked.has('a', 'img_1'), await tracked.get('a', 'img_1')]).toEqual([false, undefined]);
  });

  it.each(['put', 'get', 'has'] as const)('notes a use by %s, and not again within the hour', async (method) => {
    const store = memoryAssetStore();
    await trackedAssets(store, fresh.database).put('a', 'img_1', asset);
    await age();
    // Another process, which remembers nothing.
    const tracked = trackedAssets(store, fresh.database);
    const use = () => (method === 'put' ? tracked.put('a', 'img_1', asset) : tracked[method]('a', 'img_1'));
    await use();
    expect((await rows())[0]?.old).toBe(false);
    if (method === 'put') return;
    await age();
    await use();
    expect((await rows())[0]?.old).toBe(true);
  });

  it('waits for a clean-up that is deleting the same asset, and keeps it after that', async () => {
    const store = memoryAssetStore();
    const tracked = trackedAssets(store, fresh.database);
    await tracked.put('a', 'img_1', asset);
    let put: Promise<void> | undefined;
    await fresh.database.transaction(async (client) => {
      await client.query(`SELECT FROM atelier.assets WHERE id = 'img_1' FOR UPDATE`);
      put = trackedAssets(store, fresh.database).put('a', 'img_1', asset);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await store.delete('a', 'img_1');
      await client.query(`DELETE FROM atelier.assets WHERE id = 'img_1'`);
    });
    await put;
    expect(await store.has('a', 'img_1')).toBe(true);
    expect(await rows()).toMatchObject([{ tenant: 'a', id: 'img_1', old: false }]);
  });

  it('reads on while the database is away', async () => {
    const store = memoryAssetStore();
    await store.put('a', 'img_1', asset);
    const gone = await freshDatabase(inject('postgres'));
    await gone.drop();
    expect(await trackedAssets(store, gone.database).get('a', 'img_1')).toEqual(asset);
  });
});
