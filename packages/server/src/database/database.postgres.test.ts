import { createServer } from 'node:net';
import { AtelierError } from '@atelier/sdk';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../__fixtures__/fresh-database.ts';
import { openDatabase } from './database.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase(inject('postgres'));
});
afterAll(() => fresh.drop());

const urlWith = (change: (url: URL) => void): string => {
  const url = new URL(fresh.url);
  change(url);
  return url.href;
};
const failureOf = (url: string) =>
  openDatabase(url).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('opening', () => {
  it('is done by many at once, and makes the tables once', async () => {
    const other = await freshDatabase(inject('postgres'));
    const opened = await Promise.all(Array.from({ length: 5 }, () => openDatabase(other.url, { poolSize: 2 })));
    const rows = await other.database.query('SELECT name FROM atelier.migrations');
    expect(rows).toEqual([{ name: '0001-first' }, { name: '0002-sightings' }]);
    await Promise.all(opened.map((database) => database.close()));
    await other.drop();
  });

  it.each<[string, (url: URL) => void, string, RegExp, RegExp]>([
    [
      'a wrong password',
      (url) => (url.password = 'wr0ng'),
      'access-denied',
      /^Postgres refuses the user or password of postgres:\/\/postgres@[^/]+:\d+\/test_\w+\.$/,
      /^Check user and password in DATABASE_URL\.$/,
    ],
    [
      'a database that is not there',
      (url) => (url.pathname = '/nowhere'),
      'access-denied',
      /^There is no database "nowhere" at postgres:\/\/postgres@.*\/nowhere\.$/,
      /^Make it \(createdb -h \S+ -p \d+ -U postgres nowhere\), or check DATABASE_URL\.$/,
    ],
    [
      'a port where nobody is',
      (url) => (url.port = '1'),
      'server-unavailable',
      /^No Postgres listens at postgres:\/\/postgres@[^/]+:1\/test_\w+\.$/,
      /^Start Postgres there, or check host and port in DATABASE_URL\.$/,
    ],
    [
      'a host that is none',
      (url) => (url.hostname = 'db.invalid'),
      'server-unavailable',
      /^No such host is known: postgres:\/\/postgres@db\.invalid:\d+\/test_\w+\.$/,
      /^Check the host in DATABASE_URL\.$/,
    ],
  ])('tells %s to the operator, without the password', async (_what, change, code, message, hint) => {
    const error = await failureOf(urlWith(change));
    expect(error).toMatchObject({
      code,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
      isRetryable: code === 'server-unavailable',
    });
    expect(AtelierError.isInstance(error) && `${error.message} ${error.hint}`).not.toMatch(/wr0ng|atelier/);
  });

  it('refuses a database that a newer release has used', async () => {
    await fresh.database.query(`INSERT INTO atelier.migrations (name) VALUES ('9999-later')`);
    expect(await failureOf(fresh.url)).toMatchObject({ code: 'conflict' });
    await fresh.database.query(`DELETE FROM atelier.migrations WHERE name = '9999-later'`);
  });
});

describe('listening', () => {
  it('ends at once, also while it is still connecting', async () => {
    const database = await openDatabase(fresh.url);
    database.listen(
      'atelier_events',
      () => {},
      () => {},
    );
    await database.close();
    const other = await openDatabase(fresh.url);
    await new Promise<void>((resolve) => other.listen('atelier_events', () => {}, resolve));
    await other.close();
  }, 5000);
});

describe('a statement', () => {
  it('fails at once while Postgres is away, or is tried again for as long as it has patience', async () => {
    const drop = () =>
      fresh.database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
    const slow = (patience: number) =>
      fresh.database.query<{ one: number }>('SELECT 1 AS one, pg_sleep(0.4)', [], { patience });
    const [impatient, patient] = [slow(0).catch((error: unknown) => error), slow(5000)];
    await new Promise((resolve) => setTimeout(resolve, 150));
    await drop();
    expect(await impatient).toMatchObject({ code: 'server-unavailable', isRetryable: true });
    expect(await patient).toMatchObject([{ one: 1 }]);
  });

  it('that is wrong fails as it is, however patient', async () => {
    await expect(fresh.database.query('SELECT nonsense', [], { patience: 60_000 })).rejects.toThrow('nonsense');
  });

  it('inside a transaction that loses its connection rejects, and does not end the process', async () => {
    const work = fresh.database.transaction(async (client) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await fresh.database.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await client.query('SELECT 1');
    });
    await expect(work).rejects.toThrow();
    expect(await fresh.database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('gives up on a server that takes connections and says nothing', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    try {
      expect(await failureOf(urlWith((url) => (url.port = String(port))))).toMatchObject({
        code: 'server-unavailable',
      });
    } finally {
      silent.close();
    }
  }, 30_000);
});
