import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testFolder } from './__fixtures__/test-folder.ts';
import { startUser } from './__fixtures__/user-process.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { placesIn } from './places.ts';
import { identityOf, isRunning } from './process-identity.ts';

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query(sql);
    return rows[0] === undefined ? undefined : Object.values(rows[0])[0];
  } finally {
    await client.end();
  }
}

async function until(what: string, is: () => Promise<boolean>, seconds = 15): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await is())) {
    if (performance.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`);
    await wait(30);
  }
}

const gone = async (pid: number) => !(await isRunning(await identityOf(pid)));

/** Processes whose command names the folder: servers, watchers, programs that make or start them. */
async function processesOf(folder: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'command='], { maxBuffer: 1 << 26 });
  return stdout.split('\n').filter((command) => command.includes(folder));
}

describe('the embedded Postgres', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await testFolder();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('runs, is reached with its password alone, keeps its data, and leaves nothing running', async () => {
    const first = await startEmbeddedPostgres({ folder, fast: true });
    expect(first.owned).toBe(true);
    expect(await ask(first.url, 'SHOW listen_addresses')).toBe('127.0.0.1');
    expect(await ask(first.url, 'SHOW unix_socket_directories')).toBe('');
    expect(await ask(first.url, 'CREATE TABLE kept AS SELECT 7 AS number')).toBeUndefined();
    const wrong = Object.assign(new URL(first.url), { password: 'guess' }).href;
    await expect(ask(wrong, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    const { connection, cluster, password } = placesIn(folder);
    const modes = await Promise.all(
      [connection, cluster, password].map(async (path) => (await stat(path)).mode & 0o777),
    );
    expect(modes).toEqual([0o600, 0o700, 0o600]);
    await first.stop();
    await first.stop();
    expect(await gone(first.pid)).toBe(true);
    expect(await processesOf(folder)).toEqual([]);

    const again = await startEmbeddedPostgres({ folder, fast: true });
    expect(await ask(again.url, 'SELECT number FROM kept')).toBe(7);
    await again.stop();
  });

  it('is one server for several that begin at once, and stays until the last has left', async () => {
    const [first, second, third] = await Promise.all([
      startUser(folder),
      startUser(folder),
      startEmbeddedPostgres({ folder, fast: true }),
    ]);
    expect([second.server, third.pid]).toEqual([first.server, first.server]);
    expect([first.owned, second.owned, third.owned].filter(Boolean)).toHaveLength(1);
    first.child.kill('SIGKILL');
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    // The watcher of the killed one has left in its stead by then.
    await until('two marks gone', async () => (await readdir(placesIn(folder).users)).length === 1);
    expect(await ask(third.url, 'SELECT 1')).toBe(1);
    await third.stop();
    expect(await gone(third.pid)).toBe(true);
  });

  it('ends by itself when its only user is killed', async () => {
    const user = await startUser(folder);
    user.child.kill('SIGKILL');
    await until('the server ended', () => gone(user.server));
    await until('nothing is left', async () => (await processesOf(folder)).length === 0);
  });

  it('does not end with Ctrl-C before its user does', async () => {
    const user = await startUser(folder);
    process.kill(-user.pid, 'SIGINT');
    await wait(300);
    expect(await ask(user.url, 'SELECT 1')).toBe(1);
    process.kill(-user.pid, 'SIGTERM');
    expect(await user.ended).toBe(0);
    expect(await processesOf(folder)).toEqual([]);
  });

  it('comes back at the same address when the server itself is killed', async () => {
    const postgres = await startEmbeddedPostgres({ folder, fast: true });
    const before = postgres.pid;
    process.kill(before, 'SIGKILL');
    await until('a new server', async () => postgres.pid !== before);
    expect(await ask(postgres.url, 'SELECT number FROM kept')).toBe(7);
    await postgres.stop();
    expect(await processesOf(folder)).toEqual([]);
  });

  it('starts over what killed processes left: half-made data, marks, and a process id that another program has now', async () => {
    const { root, data, users, locks } = placesIn(folder);
    await mkdir(join(root, 'cluster.00000000-0000-4000-8000-000000000000.tmp', 'data'), { recursive: true });
    const dead = JSON.stringify({ ...(await identityOf(process.pid)), started: 'another boot:1' });
    for (const place of [users, locks]) await writeFile(join(place, '00000000-0000-4000-8000-000000000000.json'), dead);
    await writeFile(join(data, 'postmaster.pid'), `${process.ppid}\n${data}\n1\n1\n\n127.0.0.1\n`);
    const postgres = await startEmbeddedPostgres({ folder, fast: true });
    expect(await ask(postgres.url, 'SELECT number FROM kept')).toBe(7);
    expect((await readdir(root)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    await postgres.stop();
    expect(await readdir(users)).toEqual([]);
    expect(await readdir(locks)).toEqual([]);
  });

  it('refuses data of another major version, and leaves it as it is', async () => {
    const file = join(placesIn(folder).data, 'PG_VERSION');
    const version = await readFile(file, 'utf8');
    await writeFile(file, '15\n');
    await expect(startEmbeddedPostgres({ folder, fast: true })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Postgres 15'),
      hint: expect.stringContaining('DATABASE_URL'),
    });
    await writeFile(file, version);
    expect(await processesOf(folder)).toEqual([]);
  });

  it('refuses a folder that another machine uses at the moment, and no longer when that has ended', async () => {
    const mark = join(placesIn(folder).users, '00000000-0000-4000-8000-00000000000f.json');
    await writeFile(mark, JSON.stringify({ pid: 1, host: 'another-machine', started: null }));
    await expect(startEmbeddedPostgres({ folder, fast: true })).rejects.toMatchObject({ code: 'conflict' });
    await utimes(mark, new Date(0), new Date(0));
    await (await startEmbeddedPostgres({ folder, fast: true })).stop();
  });

  it('says why a folder cannot be used', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    for (const bad of [file, '/proc/nowhere']) {
      await expect(startEmbeddedPostgres({ folder: bad })).rejects.toMatchObject({ code: 'output-not-writable' });
    }
    expect(await processesOf(folder)).toEqual([]);
  });

  // Anybody else's Postgres runs as themselves.
  if (process.getuid?.() === 0) {
    it('keeps its data elsewhere where only root can get to the folder, and never hides data that are there', async () => {
      const closed = join(folder, 'closed');
      await mkdir(closed, { mode: 0o700 });
      const first = await startEmbeddedPostgres({ folder: closed, fast: true });
      expect(first.folder).toMatch(/^\/var\/lib\/atelier\/[0-9a-f]{16}$/);
      await ask(first.url, 'CREATE TABLE kept AS SELECT 7 AS number');
      await first.stop();
      const second = await startEmbeddedPostgres({ folder: closed, fast: true });
      expect(await ask(second.url, 'SELECT number FROM kept')).toBe(7);
      await second.stop();
      await rm(first.folder, { recursive: true });
      await mkdir(placesIn(closed).cluster);
      await expect(startEmbeddedPostgres({ folder: closed })).rejects.toMatchObject({
        code: 'not-allowed',
        hint: expect.stringContaining('DATABASE_URL'),
      });
    });
  }
});
