import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { SessionRecord } from '@atelier/sdk';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../__fixtures__/fresh-database.ts';
import { type Database, openDatabase } from '../database/database.ts';
import { postgresHistoryStore } from './postgres-history-store.ts';

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase(inject('postgres'));
  database = fresh.database;
});
afterAll(() => fresh.drop());

const record = (revision: number, more: Partial<SessionRecord> = {}): SessionRecord => ({
  format: 1,
  id: 'session_1',
  revision,
  images: [{ id: 'img_1', width: 2, height: 3 }],
  current: 'img_1',
  edits: [],
  head: null,
  protect: [],
  protections: {},
  messages: [{ role: 'user', content: 'hello' }],
  runs: ['run_1'],
  ...more,
});

describe('history store in Postgres', () => {
  it('gives back what was saved, and nothing across scopes', async () => {
    const store = postgresHistoryStore(database);
    expect(await store.load('a1', 'session_1')).toBeUndefined();
    await store.save('a1', record(1));
    expect(await store.load('a1', 'session_1')).toEqual(record(1));
    expect(await store.load('a2', 'session_1')).toBeUndefined();
    expect(await store.load('a1', 'session_1\0')).toBeUndefined();
  });

  it('refuses a save on top of what somebody else changed, or of what is not there', async () => {
    const store = postgresHistoryStore(database);
    await store.save('b', record(1));
    await store.save('b', record(2));
    for (const revision of [0, 1, 2, 4])
      await expect(store.save('b', record(revision))).rejects.toMatchObject({
        code: 'conflict',
        isRetryable: true,
        message: expect.stringContaining('expected 3'),
      });
    await expect(store.save('nobody', record(2))).rejects.toMatchObject({ code: 'conflict' });
    expect((await store.load('b', 'session_1'))?.revision).toBe(2);
  });

  it('lets exactly one of several saves of a revision through, over many connections', async () => {
    const others = await Promise.all([1, 2, 3].map(() => openDatabase(fresh.url, { poolSize: 4 })));
    try {
      const stores = [database, ...others].map(postgresHistoryStore);
      for (let revision = 1; revision <= 20; revision++) {
        const saves = stores.flatMap((store, index) =>
          [0, 1, 2].map((again) => store.save('race', record(revision, { runs: [`${index}-${again}`] }))),
        );
        const ends = await Promise.allSettled(saves);
        expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        const winner = ends.findIndex(({ status }) => status === 'fulfilled');
        const runs = [`${Math.floor(winner / 3)}-${winner % 3}`];
        expect(await stores[0]?.load('race', 'session_1')).toEqual(record(revision, { runs }));
        for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'conflict' });
      }
    } finally {
      await Promise.all(others.map(({ close }) => close()));
    }
  });

  it('lets exactly one of equal saves through', async () => {
    const store = postgresHistoryStore(database);
    const saves = await Promise.allSettled(Array.from({ length: 8 }, () => store.save('equal', record(1))));
    expect(saves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('hands out copies', async () => {
    const store = postgresHistoryStore(database);
    const mine = record(1, { images: [{ id: 'img_1', width: 2, height: 3 }] });
    await store.save('c', mine);
    mine.images.push({ id: 'img_2', width: 1, height: 1 });
    (await store.load('c', 'session_1'))?.images.pop();
    expect((await store.load('c', 'session_1'))?.images).toHaveLength(1);
  });

  it('keeps messages whose characters Postgres cannot, with a mark in their place', async () => {
    const store = postgresHistoryStore(database);
    const content = 'a\0b \ud800 \udc00x 😀 \\u0000 \\\\\0 "\n';
    await store.save('odd', record(1, { messages: [{ role: 'user', content, '\0key': 1 }] }));
    expect((await store.load('odd', 'session_1'))?.messages).toEqual([
      { role: 'user', content: 'a\ufffdb \ufffd \ufffdx 😀 \\u0000 \\\\\ufffd "\n', '\ufffdkey': 1 },
    ]);
  });

  it('keeps long sessions', async () => {
    const store = postgresHistoryStore(database);
    const long = record(1, {
      messages: Array.from({ length: 2000 }, (_, index) => ({ index, text: 'x'.repeat(1000) })),
    });
    await store.save('long', long);
    expect(await store.load('long', 'session_1')).toEqual(long);
  });

  it('says when a session was stored by a newer release', async () => {
    const store = postgresHistoryStore(database);
    await store.save('newer', record(1));
    await database.query(`UPDATE atelier.sessions SET record = record || '{"format":2}' WHERE tenant = 'newer'`);
    await expect(store.load('newer', 'session_1')).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('use', () => {
  const [image, mask, other] = [16, 16, 16].map((bytes) => randomBytes(bytes).toString('hex'));
  const hoursAgo = async (scope: string): Promise<(number | undefined)[]> => {
    const rows = await database.query<{ id: string; hours: number }>(
      `SELECT id, round(extract(epoch FROM now() - used_at) / 3600)::int AS hours FROM atelier.assets WHERE tenant = $1`,
      [scope],
    );
    return [`img_${image}`, `mask_${mask}`, `img_${other}`].map((id) => rows.find((row) => row.id === id)?.hours);
  };
  const insert = async (scope: string, hours: number) => {
    for (const id of [`img_${image}`, `mask_${mask}`, `img_${other}`])
      await database.query(
        `INSERT INTO atelier.assets (tenant, id, media_type, bytes, used_at)
         VALUES ($1, $2, '', 1, now() - make_interval(hours => $3))
         ON CONFLICT (tenant, id) DO UPDATE SET used_at = excluded.used_at`,
        [scope, id, hours],
      );
  };
  const naming = (revision: number) =>
    record(revision, { current: `img_${image}`, messages: [{ role: 'tool', content: { mask: `mask_${mask}` } }] });

  it('is noted at every save for all that the session names, in its scope alone', async () => {
    const store = postgresHistoryStore(database);
    await insert('used', 50);
    await insert('unused', 50);
    await store.save('used', naming(1));
    expect(await hoursAgo('used')).toEqual([0, 0, 50]);
    expect(await hoursAgo('unused')).toEqual([50, 50, 50]);
    await insert('used', 50);
    await store.save('used', naming(2));
    expect(await hoursAgo('used')).toEqual([0, 0, 50]);
  });

  it('is noted at a load, once an hour', async () => {
    const store = postgresHistoryStore(database);
    await store.save('loaded', naming(1));
    await insert('loaded', 50);
    await store.load('loaded', 'session_1');
    expect(await hoursAgo('loaded')).toEqual([50, 50, 50]);
    await database.query(`UPDATE atelier.sessions SET updated_at = now() - interval '2 hours' WHERE tenant = 'loaded'`);
    expect(await store.load('loaded', 'session_1')).toEqual(naming(1));
    expect(await hoursAgo('loaded')).toEqual([0, 0, 50]);
  });

  it('is noted by sessions that share pictures without standing in each other’s way', async () => {
    const store = postgresHistoryStore(database);
    const ids = Array.from({ length: 30 }, () => `img_${randomBytes(16).toString('hex')}`);
    const images = (count: number) =>
      ids.map((id) => ({ id, width: count, height: 1 })).sort(() => Math.random() - 0.5);
    for (let round = 1; round <= 10; round++) {
      await database.query(
        `INSERT INTO atelier.assets (tenant, id, media_type, bytes, used_at)
         SELECT 'shared', id, '', 1, now() - interval '2 hours' FROM unnest($1::text[]) AS id
         ON CONFLICT (tenant, id) DO UPDATE SET used_at = excluded.used_at`,
        [ids],
      );
      await Promise.all(
        Array.from({ length: 5 }, (_, index) =>
          store.save('shared', record(round, { id: `session_${index}`, images: images(round) })),
        ),
      );
    }
    const old = `SELECT id FROM atelier.assets WHERE tenant = 'shared' AND used_at < now() - interval '1 hour'`;
    expect(await database.query(old)).toEqual([]);
  });
});

describe('a save whose answer was lost', () => {
  /** Between the store and Postgres: cuts each connection right after the answer to a save has come, before it is handed on. */
  async function cuttingProxy(cut: () => boolean): Promise<{ url: string; close(): void }> {
    const target = new URL(fresh.url);
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      const upstream = connect(Number(target.port), target.hostname);
      sockets.add(socket).add(upstream);
      let saving = false;
      socket.on('data', (data) => {
        saving = /(INSERT INTO|UPDATE) atelier\.sessions/.test(data.toString('latin1'));
        upstream.write(data);
      });
      upstream.on('data', (data) => {
        if (saving && cut()) for (const end of [socket, upstream]) end.destroy();
        else socket.write(data);
      });
      for (const [one, other] of [[socket, upstream] as const, [upstream, socket] as const]) {
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
      }
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return {
      url: Object.assign(new URL(target), { port: String(address.port), hostname: '127.0.0.1' }).href,
      close() {
        for (const socket of sockets) socket.destroy();
        server.close();
      },
    };
  }

  it('is not in conflict with itself, for the first and for later revisions', async () => {
    let cuts = 0;
    const proxy = await cuttingProxy(() => cuts++ % 2 === 0);
    const away = await openDatabase(proxy.url, { poolSize: 2 });
    try {
      const store = postgresHistoryStore(away);
      for (let revision = 1; revision <= 4; revision++) await store.save('lost', record(revision));
      expect(cuts).toBe(8);
      expect((await store.load('lost', 'session_1'))?.revision).toBe(4);
    } finally {
      await away.close();
      proxy.close();
    }
  });

  it('is in conflict with another save of the same revision', async () => {
    let cuts = 0;
    const proxy = await cuttingProxy(() => cuts++ === 0);
    const away = await openDatabase(proxy.url, { poolSize: 2 });
    try {
      await postgresHistoryStore(database).save('theirs', record(1, { runs: ['theirs'] }));
      await expect(postgresHistoryStore(away).save('theirs', record(1, { runs: ['mine'] }))).rejects.toMatchObject({
        code: 'conflict',
      });
      expect(cuts).toBe(2);
      expect((await postgresHistoryStore(database).load('theirs', 'session_1'))?.runs).toEqual(['theirs']);
    } finally {
      await away.close();
      proxy.close();
    }
  });
});
