import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type LaunchedTriton, launchTriton } from '@atelier/sdk/testing';
import { TritonClient } from '@atelier/sdk/triton';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { guardedServer } from './__fixtures__/guarded-server.ts';
import { inEmptyFolder, jsonOf, runCli } from './__fixtures__/run-cli.ts';
import { exitCodes } from './exit-codes.ts';
import { displayWidth } from './terminal/width.ts';

const { url, grpcUrl, python, repository } = inject('triton');
/** The discard port: nothing listens there. */
const nobody = 'http://127.0.0.1:9';
const models = ['types-batched', 'types-hostile', 'types-stream'];

describe('atelier triton types', () => {
  it.each([
    ['HTTP', ['--url', url]],
    ['gRPC', ['--grpc-url', grpcUrl]],
  ])('prints the source, and nothing else, asked over %s', async (_wire, server) => {
    const result = await runCli(['triton', 'types', ...server, '--models', models.join(',')]);
    expect(result).toMatchObject({ code: exitCodes.done, stderr: '' });
    const expected = await readFile(
      new URL('../../sdk/src/triton/types/__fixtures__/server-models.ts', import.meta.url),
      'utf8',
    );
    const withoutCommand = (source: string) => source.replace(/^\/\/ {3}atelier.*$/m, '');
    expect(withoutCommand(result.stdout)).toBe(withoutCommand(expected));
    expect(result.stdout).toContain(
      `\n//   atelier triton types ${server[0]} URL --models ${models.join(',')} > models.ts\n`,
    );
    expect(result.stdout).not.toContain('127.0.0.1');
  });

  it('takes every model that is ready when none is named, and tells the address when asked', async () => {
    const result = await runCli(['triton', 'types', '--url', url, '--with-url', '--json', '-q']);
    expect(result.code, result.stderr).toBe(exitCodes.done);
    const output = jsonOf(result, 'triton types');
    expect(output).toMatchObject({ server: url, output: null, models: expect.arrayContaining(models) });
    expect(output.source).toContain(`//   atelier triton types --url ${url} --with-url > models.ts\n`);
  });

  it('writes a file whole, over an older one', () =>
    inEmptyFolder(async (list) => {
      await writeFile('models.ts', 'older'.repeat(10_000));
      const argv = ['triton', 'types', '--url', url, '--models', 'types-batched', '-o', 'models.ts', '-q'];
      const result = await runCli(argv);
      expect(result).toMatchObject({ code: exitCodes.done, stderr: '' });
      expect(result.stdout).toMatch(/^Written +models\.ts\nModels +types-batched\n$/);
      const source = await readFile('models.ts', 'utf8');
      expect(source).toMatch(/ -o models\.ts\n[\s\S]*'types-batched': \{[\s\S]*\n\}\n$/);
      expect(await list()).toEqual(['models.ts']);
      const { output, source: none } = jsonOf(await runCli([...argv, '--json']), 'triton types');
      expect({ output, none }).toEqual({ output: join(process.cwd(), 'models.ts'), none: null });
    }));

  it.each([
    ['a misspelt model', ['--models', 'types-bached'], 'model-not-found', /Did you mean "types-batched"\?/],
    ['a place that cannot be written', ['-o', 'none/models.ts'], 'output-not-writable', /Create .*none/],
  ])('refuses %s', (_what, argv, code, hint) =>
    inEmptyFolder(async (list) => {
      const result = await runCli(['triton', 'types', '--url', url, ...argv, '--json']);
      expect(result.code).toBe(exitCodes.failed);
      const { error } = jsonOf(result, 'triton types');
      expect(error).toMatchObject({ code, hint: expect.stringMatching(hint) });
      expect(await list()).toEqual([]);
    }),
  );
});

it.each([
  ['HTTP', ['--url', url]],
  ['gRPC', ['--grpc-url', grpcUrl]],
])('a process of its own ends by itself, over %s', async (_wire, server) => {
  const entry = fileURLToPath(new URL('./index.ts', import.meta.url));
  const argv = ['--conditions=atelier-source', entry, 'triton', 'types', ...server, '--models', 'types-batched'];
  // Open connections would keep it: it is killed after the time, and that rejects.
  const { stdout, stderr } = await promisify(execFile)(process.execPath, argv, { timeout: 45_000 });
  expect({ stdout, stderr }).toEqual({ stdout: expect.stringMatching(/^\/\/ Generated [\s\S]*\n\}\n$/), stderr: '' });
});

describe('atelier triton status', () => {
  const batched = async (argv: readonly string[]) => {
    const result = await runCli(['triton', 'status', ...argv, '--json', '-q']);
    expect(result, result.stdout).toMatchObject({ code: exitCodes.done, stderr: '' });
    const [server] = jsonOf(result, 'triton status').servers;
    return { server, model: server.models.find(({ name }) => name === 'types-batched') };
  };

  it('counts what a model did, the same over HTTP and gRPC', async () => {
    const before = await batched(['--url', url]);
    await using client = new TritonClient({ url, grpcUrl });
    const began = Date.now();
    // The same picture three times: once computed, twice from the cache. Then one batch of four.
    const picture = `picture of ${began}`;
    for (let time = 0; time < 3; time++) await client.model('types-batched').infer({ IMAGE: picture });
    const data = ['a', 'b', 'c', picture];
    await client.model('types-batched').infer({ IMAGE: { shape: [4, 1], data } });
    await expect(
      client.model('types-batched').infer({ IMAGE: picture, BOXES: { shape: [1, 1, 2], data: [1, 2] } }),
    ).rejects.toThrow();
    const over = { http: await batched(['--url', url]), grpc: await batched(['--grpc-url', grpcUrl]) };
    expect(over.http.model?.requests?.ok).toBe((before.model?.requests?.ok ?? 0) + 4);
    expect(over.http.model).toMatchObject({ version: '1', state: 'READY', ready: true, reason: null });
    expect(over.http.model?.cacheHits).toBeGreaterThan(0);
    expect(over.http.model?.batchSize).toBeGreaterThan(1);
    expect(over.http.model?.queueMs).toBeGreaterThan(0);
    expect(over.http.model?.computeMs).toBeGreaterThan(0);
    expect(Math.abs(Date.parse(over.http.model?.lastUsed ?? '') - Date.now())).toBeLessThan(60_000);
    expect(over.http.server).toMatchObject({ server: url, live: true, name: 'triton', version: '2.51.0' });
    expect(over.grpc.model).toEqual(over.http.model);
    expect(over.grpc.server.server).toBe(grpcUrl);
  });

  it('has no time of computing for a model that answers with a stream', async () => {
    await using client = new TritonClient({ url, grpcUrl });
    const indices: unknown[] = [];
    for await (const { INDEX } of client.model('types-stream').stream({ COUNT: { shape: [1], data: [2] } }))
      indices.push(INDEX?.data[0]);
    expect(indices).toEqual([0, 1]);
    const stream = async (option: string, server: string) => {
      const result = await runCli(['triton', 'status', option, server, '--json']);
      return jsonOf(result, 'triton status').servers[0].models.find(({ name }) => name === 'types-stream');
    };
    // Counted when the model gives the request back, a moment after its last answer.
    await expect.poll(async () => (await stream('--url', url))?.requests?.ok).toBeGreaterThan(0);
    expect((await stream('--url', url))?.computeMs).toBeNull();
    expect((await stream('--grpc-url', grpcUrl))?.computeMs).toBeNull();
  });

  it('is a table of all models on a terminal, coloured there and nowhere else', async () => {
    const plain = await runCli(['triton', 'status', '--url', url]);
    expect(plain).toMatchObject({ code: exitCodes.done, stderr: '' });
    const [head, title, ...rows] = plain.stdout.trimEnd().split('\n');
    expect(head).toMatch(new RegExp(`^${url}  triton 2\\.51\\.0  live, (ready|NOT READY)$`));
    expect(title).toMatch(/^Model +Ver\. +State +OK +Failed +Queue ms +Infer ms +Batch +Cached +Last used$/);
    // Other tests have models of their own in this server.
    const mine = rows.filter((row) => row.startsWith('types-'));
    expect(mine.map((row) => row.split(' ')[0])).toEqual(models);
    for (const row of mine) expect(row).toMatch(/ 1 {2}ready +\d+ +\d+ /);
    const coloured = await runCli(['triton', 'status', '--url', url], { columns: 120 });
    expect(coloured.stdout).toContain('\u001b[32mlive');
    const narrow = await runCli(['triton', 'status', '--url', url, '--lang', 'ko'], {
      columns: 50,
      env: { NO_COLOR: '1' },
    });
    const lines = narrow.stdout.trimEnd().split('\n');
    expect(Math.max(...lines.slice(1).map(displayWidth))).toBeLessThanOrEqual(50);
    expect(narrow.stdout).toContain('\ntypes-batched\n  버전 1, 상태 준비됨, ');
  });

  it('ends with 1 where nobody answers, in the language asked for', async () => {
    const english = await runCli(['triton', 'status', '--url', nobody, '--json']);
    expect(english.code).toBe(exitCodes.failed);
    expect(jsonOf(english, 'triton status')).toMatchObject({
      status: 'failure',
      servers: [],
      error: { code: 'server-unreachable', details: { server: nobody } },
    });
    const korean = await runCli(['triton', 'status', '--grpc-url', nobody, '--lang', 'ko', '-q']);
    expect(korean).toMatchObject({ code: exitCodes.failed, stdout: '' });
    expect(korean.stderr).toMatch(/^오류: http:\/\/127\.0\.0\.1:9: 서버에 연결할 수 없습니다.*\n도움말: /);
  });

  it('still shows the others where one of several servers does not answer', async () => {
    const argv = ['triton', 'status', '--url', url, '--url', nobody, '-q'];
    const result = await runCli(argv);
    expect(result).toMatchObject({ code: exitCodes.failed, stderr: '' });
    expect(result.stdout).toMatch(new RegExp(`^${url}  triton 2\\.51\\.0  live, .*\nModel `));
    expect(result.stdout).toMatch(/\n\nhttp:\/\/127\.0\.0\.1:9 {2}error: .*cannot be reached/);
    const output = jsonOf(await runCli([...argv, '--json']), 'triton status');
    expect(output).toMatchObject({ status: 'failure', error: { code: 'server-unreachable' } });
    expect(output.servers.map(({ server, live, error }) => [server, live, error?.code])).toEqual([
      [url, true, undefined],
      [nobody, false, 'server-unreachable'],
    ]);
  });

  it.each([
    ['--url', grpcUrl, 'response-invalid', 'HTTP port'],
    ['--grpc-url', url, 'server-unreachable', 'gRPC port'],
  ])('asks whether the port is the right one where %s is the other', async (option, wrong, code, port) => {
    for (const command of ['status', 'types'] as const) {
      const result = await runCli(['triton', command, option, wrong, '--json']);
      expect(result.code).toBe(exitCodes.failed);
      const { error } = jsonOf(result, `triton ${command}`);
      expect(error).toMatchObject({ code, hint: expect.stringContaining(port) });
    }
  });

  it('sends the token of the environment, and never shows it', async () => {
    const token = 'hush-9f8e7d';
    const door = await guardedServer(url, token);
    try {
      const status = ['triton', 'status', '--url', door.url, '--json'];
      const refused = await runCli(status);
      expect(refused.code).toBe(exitCodes.failed);
      expect(jsonOf(refused, 'triton status').error?.code).toBe('access-denied');
      const wrong = await runCli(status, { env: { ATELIER_TRITON_TOKEN: 'hush-wrong' } });
      expect(wrong.code).toBe(exitCodes.failed);
      expect(wrong.stdout + wrong.stderr).not.toContain('hush');
      const known = await runCli(status, { env: { ATELIER_TRITON_TOKEN: token } });
      const named = await runCli([...status, '--token-env', 'MINE'], {
        env: { MINE: token, ATELIER_TRITON_TOKEN: 'hush-wrong' },
      });
      for (const result of [known, named]) {
        expect(result.code, result.stderr).toBe(exitCodes.done);
        expect(jsonOf(result, 'triton status').servers[0]).toMatchObject({ live: true, name: 'triton' });
        expect(result.stdout + result.stderr).not.toContain('hush');
      }
      const types = await runCli(['triton', 'types', '--url', door.url, '--token-env', 'MINE'], {
        env: { MINE: token },
      });
      expect(types.stdout).toContain('--token-env MINE');
      expect(types.stdout + types.stderr).not.toContain('hush');
    } finally {
      await door.close();
    }
  });

  it('waits as long as --timeout says, or until it is interrupted', async () => {
    const sockets = new Set<{ destroy(): unknown }>();
    const silent = createServer((socket) => sockets.add(socket.on('error', () => {})));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    // A server that listens on a port has an address of this form.
    const { port } = silent.address() as AddressInfo;
    const argv = ['triton', 'status', '--url', `http://127.0.0.1:${port}`, '--json'];
    try {
      const began = performance.now();
      const result = await runCli([...argv, '--timeout', '0.3']);
      expect(result.code).toBe(exitCodes.failed);
      const { error } = jsonOf(result, 'triton status');
      expect(error).toMatchObject({ code: 'timed-out', hint: expect.stringContaining('--timeout') });
      expect(error?.message).toMatch(/\d ms/);
      expect(error?.message).not.toMatch(/\.\d+ ms/);
      expect(performance.now() - began).toBeLessThan(8_000);
      const interrupted = await runCli(argv, { signal: AbortSignal.timeout(200) });
      expect(interrupted.code).toBe(exitCodes.interrupted);
      expect(jsonOf(interrupted, 'triton status').status).toBe('cancelled');
    } finally {
      for (const socket of sockets) socket.destroy();
      silent.close();
    }
  });
});

describe('a server that is live and not ready', () => {
  let folder = '';
  let server: LaunchedTriton;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'atelier-broken-'));
    await cp(join(repository, 'types-batched'), join(folder, 'types-batched'), { recursive: true });
    await cp(join(repository, 'types-batched'), join(folder, 'untouched'), { recursive: true });
    await cp(join(repository, 'types-stream'), join(folder, 'broken'), { recursive: true });
    await writeFile(join(folder, 'broken', '1', 'model.py'), 'raise ImportError("the weights are missing")\n');
    const args = ['--model-control-mode=explicit', '--load-model=types-batched'];
    server = await launchTriton({ python, repository: folder, args });
    await using client = new TritonClient({ url: server.url });
    await expect(client.load('broken')).rejects.toThrow();
  });

  afterAll(async () => {
    await server.stop('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it('is told, with the reason, and ends with 0', async () => {
    const result = await runCli(['triton', 'status', '--url', server.url]);
    expect(result.code, result.stderr).toBe(exitCodes.done);
    const lines = result.stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/live, NOT READY$/);
    expect(lines.find((line) => line.startsWith('broken '))).toMatch(/ 1 {2}failed +- +- /);
    expect(lines.find((line) => line.startsWith('untouched '))).toMatch(/ - {2}not loaded +- +- /);
    expect(lines.at(-1)).toMatch(/^broken 1: .*ImportError: the weights are missing$/);
    const [status] = jsonOf(await runCli(['triton', 'status', '--url', server.url, '--json']), 'triton status').servers;
    expect(status).toMatchObject({ live: true, ready: false });
    expect(status.models.map(({ name, version, state, ready }) => [name, version, state, ready])).toEqual([
      ['broken', '1', 'UNAVAILABLE', false],
      ['types-batched', '1', 'READY', true],
      ['untouched', null, null, false],
    ]);
  });

  it('gives the types of what is ready, with a note on the rest', async () => {
    const result = await runCli(['triton', 'types', '--url', server.url]);
    expect(result.code).toBe(exitCodes.done);
    expect(result.stderr).toBe('note: left out, for they are not ready: broken, untouched\n');
    expect(result.stdout).toContain("\n  'types-batched': {\n");
    expect(result.stdout).not.toContain('broken');
    const wanted = await runCli(['triton', 'types', '--url', server.url, '--models', 'broken', '--json']);
    expect(wanted.code).toBe(exitCodes.failed);
    expect(jsonOf(wanted, 'triton types').error).toMatchObject({
      code: 'model-not-ready',
      details: { model: 'broken', serverMessage: expect.stringContaining('the weights are missing') },
    });
  });
});
