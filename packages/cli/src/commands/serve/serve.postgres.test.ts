import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { PassThrough } from 'node:stream';
import { parseEnv, promisify } from 'node:util';
import { atelier } from '@atelier/sdk';
import { createAgentApp, openDatabase } from '@atelier/server';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { inEmptyFolder, jsonOf, photo, runCli } from '../../__fixtures__/run-cli.ts';
import { exitCodes } from '../../exit-codes.ts';
import { serveOutputSchema } from '../../json-server-output.ts';
import { main } from '../../main.ts';
import { Arguments } from '../../options.ts';
import { readServeChoice } from './serve-choice.ts';

/** A database of our own in the tests' server. */
let url = '';
let env: Record<string, string> = {};
const name = `cli_${randomBytes(6).toString('hex')}`;

beforeAll(async () => {
  await onServer(`CREATE DATABASE ${name}`);
  url = Object.assign(new URL(inject('postgres')), { pathname: `/${name}` }).href;
  env = { DATABASE_URL: url, ATELIER_LOG_LEVEL: 'silent' };
});
afterAll(() => onServer(`DROP DATABASE ${name} WITH (FORCE)`));

async function onServer(sql: string): Promise<void> {
  const server = await openDatabase(inject('postgres'), { poolSize: 1 });
  await server.query(sql).finally(() => server.close());
}

const run = (argv: readonly string[]) => runCli(argv, { env });

/** Serves until `stop`; resolves when it has printed where. */
async function startServing(argv: readonly string[]) {
  const stop = new AbortController();
  const written = { stdout: '', stderr: '' };
  let code: Promise<number> = Promise.resolve(0);
  await new Promise<void>((resolve, reject) => {
    code = main(['serve', '--port', '0', ...argv], {
      stdout: {
        write: (text) => {
          written.stdout += text;
          resolve();
        },
      },
      stderr: { write: (text) => (written.stderr += text) },
      stdin: new PassThrough(),
      env,
      isTty: { stdin: false, stdout: false, stderr: false },
      signal: stop.signal,
    });
    code.then((ended) => reject(new Error(`ended with ${ended}: ${written.stderr}`)), reject);
  });
  return {
    written,
    async stop() {
      stop.abort();
      return code;
    },
  };
}

describe('atelier serve', () => {
  it('says where it listens and that it is open, with a curl line that works, and ends with 0', () =>
    inEmptyFolder(async () => {
      const { written, stop } = await startServing(['--sample', photo('coffee.png')]);
      expect(written.stdout).toMatch(/^Listening {2}http:\/\/127\.0\.0\.1:\d+\nAccess {5}open: /);
      expect(written.stdout).not.toContain(new URL(url).password);
      expect(written.stdout).toMatch(
        /^Access .* ends that for good: atelier keys create --tenant NAME --database \S+$/m,
      );
      const line = /^ {2}(curl .*)$/m.exec(written.stdout)?.[1];
      const { stdout } = await promisify(execFile)('bash', ['-c', `${line} -s`]);
      expect(JSON.parse(stdout)).toMatchObject({ status: 'processing', job_id: expect.stringMatching(/^job_/) });
      expect(await stop()).toBe(exitCodes.done);
      expect(written.stderr).toContain('Stopped');
    }));

  it('does not let everybody in from other machines, and says what to do', () =>
    inEmptyFolder(async () => {
      const result = await run(['serve', '--host', '0.0.0.0', '--port', '0', '--json']);
      expect(result.code).toBe(exitCodes.failed);
      expect(jsonOf(result, 'serve')).toMatchObject({ url: null, error: { code: 'key-missing' } });
      expect(result.stderr).toMatch(/hint: Make a key first \(atelier keys create/);
      const korean = await run(['serve', '--host', '0.0.0.0', '--port', '0', '--lang', 'ko']);
      expect(korean.stderr).toMatch(/^오류: .*키가 없습니다[\s\S]*^도움말: 먼저 키를/m);
    }));

  it('does not let everybody in who comes through a proxy either', () =>
    inEmptyFolder(async () => {
      const proxied = { ...env, ATELIER_PUBLIC_URL: 'https://api.example.org' };
      const result = await runCli(['serve', '--port', '0', '--json'], { env: proxied });
      expect(result.code).toBe(exitCodes.failed);
      expect(jsonOf(result, 'serve').error).toMatchObject({
        code: 'key-missing',
        message: expect.stringContaining('api.example.org'),
        hint: expect.stringContaining('--public-url'),
      });
    }));

  it('fails where the port is taken, and where the database does not answer', () =>
    inEmptyFolder(async (list) => {
      const other = createServer();
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      const address = other.address();
      const port = String(typeof address === 'object' ? address?.port : 0);
      // Without DATABASE_URL an embedded Postgres would have left its folder.
      const taken = await runCli(['serve', '--port', port, '--json', '-q']);
      expect(await list()).toEqual([]);
      expect(jsonOf(taken, 'serve').error).toMatchObject({ code: 'conflict', message: expect.stringContaining(port) });
      const korean = await run(['serve', '--port', port, '--lang', 'ko', '-q']);
      expect(korean.stderr).toMatch(new RegExp(`^오류: 포트 ${port}.*\n도움말: --port`, 'm'));
      const away = await run([
        'serve',
        '--port',
        '0',
        '--database',
        'postgres://me:s3cret@127.0.0.1:9/x',
        '--json',
        '-q',
      ]);
      expect(jsonOf(away, 'serve').error).toMatchObject({
        code: 'server-unavailable',
        message: 'No Postgres listens at postgres://me@127.0.0.1:9/x.',
      });
      expect(away.stdout + away.stderr).not.toContain('s3cret');
      const nowhere = Object.assign(new URL(url), { pathname: '/nowhere' }).href;
      const missing = await run(['keys', 'list', '--database', nowhere, '--lang', 'ko', '-q']);
      expect(missing.stderr).toMatch(
        /^오류: .*\/nowhere: 이런 데이터베이스는 없습니다\.\n도움말: .*: createdb -h .* nowhere$/m,
      );
      other.close();
    }));
});

it('ends with bad usage, before anything starts, for settings that cannot be meant', () =>
  inEmptyFolder(async (list) => {
    for (const [name, value] of [
      ['ATELIER_SECRET', 's3cret'],
      ['ATELIER_ALLOWED_ORIGINS', 'studio.example.org'],
    ] as const) {
      const result = await runCli(['serve', '--port', '0'], { env: { [name]: value } });
      expect(result.code).toBe(exitCodes.badUsage);
      expect(result.stderr).toContain(name);
      expect(result.stderr).not.toContain('s3cret');
    }
    expect(await list()).toEqual([]);
  }));

describe('atelier keys', () => {
  it('makes a key, shows it once, lists and revokes it; with it the server is closed', () =>
    inEmptyFolder(async () => {
      const created = await run(['keys', 'create', '--tenant', 'studio', '--name', 'web', '--expires', '9', '--json']);
      const { id, key, expiresAt, database } = jsonOf(created, 'keys create');
      expect(database).toBe(`${new URL(url).host}/${name}`);
      expect(key).toMatch(/^atl_[a-z2-7]{12}_[A-Za-z0-9_-]{43}$/);
      expect((Date.parse(expiresAt ?? '') - Date.now()) / 86_400_000).toBeCloseTo(9, 1);
      const listed = await run(['keys', 'list', '--json']);
      expect(jsonOf(listed, 'keys list').keys).toMatchObject([{ id, tenant: 'studio', name: 'web', state: 'active' }]);
      expect(listed.stdout).not.toContain(key?.slice(17));

      const { written, stop } = await startServing(['--host', '0.0.0.0', '--json']);
      const { url: address, open } = serveOutputSchema.parse(JSON.parse(written.stdout));
      expect(open).toBe(false);
      const ask = (headers: Record<string, string>) =>
        fetch(`${address}/jobs`, { headers }).then(({ status }) => status);
      expect([await ask({}), await ask({ authorization: `Bearer ${key}` })]).toEqual([401, 200]);
      await stop();

      const other = jsonOf(await run(['keys', 'create', '--tenant', 'b', '--json']), 'keys create');
      const first = await run(['keys', 'revoke', other.id ?? '']);
      expect([first.code, first.stderr]).toEqual([exitCodes.done, '']);
      const last = await run(['keys', 'revoke', id ?? '']);
      expect(last.code).toBe(exitCodes.done);
      expect(last.stderr).toMatch(/no key is left: nobody gets in .* atelier keys create --tenant NAME --database /);
      // A thief's key was revoked: that must not let everybody in.
      const locked = await startServing([]);
      expect(locked.written.stdout).toMatch(/^Access {5}closed: no key is left, so nobody gets in; make one: /m);
      await locked.stop();
      const outside = await run(['serve', '--host', '0.0.0.0', '--port', '0', '--json']);
      expect(jsonOf(outside, 'serve').error?.message).toContain('nobody would be let in');

      expect((await run(['keys', 'list'])).stdout).toMatch(new RegExp(`^${id} +studio +web +revoked`, 'm'));
      const unknown = await run(['keys', 'revoke', 'abcdefghijkl', '--json']);
      expect(unknown.code).toBe(exitCodes.failed);
      expect(jsonOf(unknown, 'keys revoke').error?.code).toBe('key-unknown');
    }));

  it('list and revoke make no database where there is none', () =>
    inEmptyFolder(async (list) => {
      for (const argv of [['list'], ['revoke', 'abcdefghijkl']]) {
        const result = await runCli(['keys', ...argv, '--data', 'mistyped']);
        expect(result.code).toBe(exitCodes.failed);
        expect(result.stderr).toMatch(/There is no database in \/.*\/mistyped\./);
      }
      expect(await list()).toEqual([]);
    }));

  it.each([
    [['keys', 'create'], /--tenant NAME/],
    [['keys', 'create', '--tenant', 'a', '--expires', '0'], /whole number from 1/],
    [['keys', 'revoke'], /which key/],
    [['keys', 'revoke', `atl_${'a'.repeat(12)}_secret`], /not its id/],
    [['keys', 'list', 'all'], /one word too many/],
  ])('%j is bad usage', async (argv, expected) => {
    const result = await run(argv);
    expect(result.code).toBe(exitCodes.badUsage);
    expect(result.stderr).toMatch(expected);
    expect(result.stderr).not.toContain('_secret');
  });
});

it('.env.example shows the defaults of limits and jobs as they are', async () => {
  const text = await readFile(new URL('../../../../../.env.example', import.meta.url), 'utf8');
  const example = { ...parseEnv(text.replace(/^#(?=[A-Z0-9_]+=)/gm, '')) };
  const choice = readServeChoice(new Arguments([], new Map()), example);
  const app = createAgentApp(atelier({ backends: [] }), { databaseUrl: url, jobs: { worker: false } });
  const { settings } = await app.services();
  expect(choice.app.limits).toEqual(settings.limits);
  expect(choice.app.jobs).toEqual({ ...settings.jobs, worker: true });
  await app.close();
});
