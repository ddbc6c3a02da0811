import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTriton, TritonClient } from '@atelier/sdk/triton';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { bareGrpc } from './__fixtures__/bare-grpc.ts';
import { drawSquares } from './__fixtures__/draw-squares.ts';
import { inEmptyFolder, jsonOf, runCli } from './__fixtures__/run-cli.ts';
import { exitCodes } from './exit-codes.ts';

const { python } = inject('triton');
const entry = fileURLToPath(new URL('./index.ts', import.meta.url));
let folder = '';
let temporary = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-up-'));
  temporary = await mkdtemp(join(folder, 'tmp-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const running = new Set<ChildProcess>();
/** Of tests that failed before they stopped theirs: the server goes with it. */
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Offline, with an empty cache of the hub. */
const offline = () => ({ HF_HOME: join(folder, 'hub'), HF_HUB_OFFLINE: '1', PATH: process.env.PATH ?? '' });

/** Three ports that nobody listens on, in the order in which they are given. */
async function freePorts(): Promise<string[]> {
  const servers = [0, 1, 2].map(() => createServer().listen(0, '127.0.0.1'));
  const ports = await Promise.all(
    servers.map((server) => new Promise<number>((resolve) => server.once('listening', () => resolve(portOf(server))))),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ['--http-port', '--grpc-port', '--metrics-port'].flatMap((option, at) => [option, String(ports[at])]);
}

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

interface Started {
  readonly child: ChildProcess;
  readonly written: { stdout: string; stderr: string };
  readonly code: Promise<number | null>;
}

/** `atelier triton up` in a process of its own, by default with random weights. */
async function start(
  argv: readonly string[],
  env: Record<string, string> = {},
  profile: 'random' | 'miniature' = 'random',
): Promise<Started> {
  const options = ['--python', python, '--profile', profile, '--device', 'cpu', '--cache', join(folder, 'cache')];
  const args = ['--conditions=atelier-source', entry, 'triton', 'up', ...options, ...(await freePorts()), ...argv];
  const child = spawn(process.execPath, args, { env: { ...process.env, TMPDIR: temporary, ...env } });
  running.add(child);
  child.once('close', () => running.delete(child));
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => (written.stdout += data));
  child.stderr.on('data', (data) => (written.stderr += data));
  return { child, written, code: new Promise((resolve) => child.once('close', resolve)) };
}

/** The process and all that it started, by their ids. */
async function familyOf(root: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    const status = /^\d+$/.test(name) ? await readFile(`/proc/${name}/status`, 'utf8').catch(() => '') : '';
    const parent = /^PPid:\t(\d+)$/m.exec(status)?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const family = [root];
  for (const member of family)
    for (const [pid, parent] of parents) if (parent === member && !family.includes(pid)) family.push(pid);
  return family;
}

/** The processes of a server's models. */
async function workersOf(server: number): Promise<number[]> {
  const family = await familyOf(server);
  const commands = await Promise.all(family.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return family.filter((_pid, at) => commands[at].includes('triton_python_backend_stub'));
}

const dot = (one: readonly number[], other: readonly number[]) =>
  one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);

const living = (pids: readonly number[]): number[] => pids.filter((pid) => existsSync(`/proc/${pid}/exe`));

/** Nothing of it is left: no process, no scratch folder. */
async function expectNothingLeft(pids: readonly number[]): Promise<void> {
  await expect.poll(() => living(pids), { timeout: 10_000 }).toEqual([]);
  expect(await readdir(temporary)).toEqual([]);
}

describe('atelier triton up', { timeout: 180_000 }, () => {
  it('serves what can be loaded, names what cannot, heals what died, and leaves nothing at Ctrl-C', async () => {
    const { child, written, code } = await start(['--models', 'clip,owlv2', '--json'], {
      ATELIER_OWLV2_PRECISION: 'fp8',
      ATELIER_QUEU: '3',
    });
    await expect.poll(() => written.stdout || child.exitCode, { timeout: 150_000 }).toMatch(/\n$/);
    const output = jsonOf({ code: 0, ...written }, 'triton up');
    expect(output).toMatchObject({ status: 'success', profile: 'random', device: 'cpu', python });
    const [clip, owlv2] = output.models;
    expect(clip).toMatchObject({ name: 'clip', ready: true, reason: null });
    expect(owlv2).toMatchObject({ name: 'owlv2', ready: false });
    expect(owlv2.reason).toMatch(/^owlv2: ATELIER_OWLV2_PRECISION must be one of .*, not 'fp8'\.$/);
    expect(written.stderr).toMatch(/^done: clip is ready \(\d+\.\d s\)$/m);
    expect(written.stderr).toMatch(/^note: owlv2 could not be loaded: owlv2: ATELIER_OWLV2_PRECISION must/m);
    expect(written.stderr).not.toMatch(/At:|model\.py/);
    expect(written.stderr).toMatch(/^note: nothing reads ATELIER_QUEU: did you mean ATELIER_QUEUE\?$/m);
    expect(written.stderr).toMatch(/^note: the weights of clip are random/m);

    const client = new TritonClient({ url: { url: output.url ?? '', grpcUrl: output.grpcUrl ?? '' } });
    const embed = async () => {
      const { EMBEDDINGS } = await client.model('clip').infer({ TEXTS: { shape: [1, 1], data: ['a cup'] } });
      expect(EMBEDDINGS.datatype).toBe('FP32');
    };
    await embed();
    expect((await fetch(output.metricsUrl ?? '')).ok).toBe(true);

    process.kill((await workersOf(output.pid ?? -1))[0], 'SIGKILL');
    await expect.poll(() => written.stderr, { timeout: 60_000 }).toMatch(/^note: clip is back after \d+\.\d s\n$/m);
    expect(written.stderr).toMatch(/^note: the process of clip was killed by SIGKILL; loading it anew$/m);
    await embed();
    await client.close();

    const family = await familyOf(child.pid ?? -1);
    expect(family).toContain(output.pid);
    // The command, the server, and the process of a model.
    expect(family.length).toBeGreaterThanOrEqual(3);
    const died = written.stderr.length;
    process.kill((await workersOf(output.pid ?? -1))[0], 'SIGKILL');
    await expect.poll(() => written.stderr.slice(died), { timeout: 10_000 }).toContain('loading it anew');
    child.kill('SIGINT');
    expect(await code, written.stderr).toBe(exitCodes.interrupted);
    expect(written.stdout.trimEnd()).not.toContain('\n');
    expect(written.stderr).toMatch(/\nStopping; .*\ndone: Stopped the server \(\d+\.\d s\)\n$/);
    await expectNothingLeft(family);
  });

  it('serves miniatures, which know what words mean, without the hub, and leaves nothing when it is told to end', async () => {
    const { child, written, code } = await start(['--models', 'clip', '--json'], offline(), 'miniature');
    await expect.poll(() => written.stdout || child.exitCode, { timeout: 150_000 }).toMatch(/\n$/);
    const { url, models, pid, ...output } = jsonOf({ code: 0, ...written }, 'triton up');
    expect(output).toMatchObject({ status: 'success', profile: 'miniature', device: 'cpu', python });
    expect(models).toMatchObject([{ name: 'clip', ready: true, reason: null }]);
    expect(written.stderr).toMatch(/^note: clip: miniature weights, which know only Blockworld/m);

    if (url === null) throw new Error('no server');
    const triton = createTriton({ url });
    const values = ['a red ball', 'a large red ball', 'a blue cube'].map((thing) => `${thing} on a grey background`);
    const [ball, large, cube] = (await triton.embeddingModel('clip').doEmbed({ values })).embeddings;
    await triton.close();
    expect(dot(ball, ball)).toBeCloseTo(1, 3);
    expect(dot(ball, large)).toBeGreaterThan(dot(ball, cube) + 0.1);

    const family = await familyOf(child.pid ?? -1);
    expect(family).toContain(pid);
    child.kill('SIGTERM');
    expect(await code, written.stderr).toBe(exitCodes.interrupted);
    await expectNothingLeft(family);
    // Neither weights nor anything of a hub.
    expect(existsSync(join(folder, 'hub'))).toBe(false);
  });

  it('lets everybody use the models, and nobody load, unload, share memory or change settings', async () => {
    const { child, written, code } = await start(['--models', 'owlv2', '--json']);
    await expect.poll(() => written.stdout || child.exitCode, { timeout: 150_000 }).toMatch(/\n$/);
    const { url, grpcUrl, pid } = jsonOf({ code: 0, ...written }, 'triton up');
    if (url === null || grpcUrl === null) throw new Error('no server');
    const args = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    const [, key] = /:atelier-admin-key=([0-9a-f]{64})\0/.exec(args) ?? [];
    expect(key).toBeDefined();

    const denied = { code: 'access-denied', isRetryable: false };
    for (const transport of ['http', 'grpc'] as const) {
      await using client = new TritonClient({ url: { url, grpcUrl }, transport });
      const code = { config: { backend: 'python' }, files: { '1/model.py': Buffer.from('raise SystemExit') } };
      await expect(client.load('mine', code)).rejects.toMatchObject(denied);
      await expect(client.load('owlv2')).rejects.toMatchObject(denied);
      await expect(client.unload('owlv2')).rejects.toMatchObject(denied);
      await expect(client.repositoryIndex()).rejects.toMatchObject(denied);
      await expect(client.traceSettings({ change: { trace_rate: '5' } })).rejects.toMatchObject(denied);
      await expect(client.logSettings({ change: { log_verbose_level: 1 } })).rejects.toMatchObject(denied);
      expect(await client.modelReady('owlv2')).toBe(true);
      expect(await client.modelConfig('owlv2')).toMatchObject({ backend: 'python' });
    }
    const posted = ['repository/models/mine/load', 'systemsharedmemory/region/mine/register'];
    for (const path of [...posted, 'cudasharedmemory/region/mine/register', 'systemsharedmemory/unregister']) {
      // What a web page may send without being asked by the browser.
      const headers = { 'content-type': 'text/plain', 'atelier-admin-key': 'guessed' };
      expect((await fetch(`${url}/v2/${path}`, { method: 'POST', body: '{}', headers })).status, path).toBe(403);
    }
    for (const method of ['SystemSharedMemoryRegister', 'CudaSharedMemoryRegister', 'SystemSharedMemoryStatus']) {
      expect(await bareGrpc(grpcUrl, method)).toMatchObject({
        status: 14,
        message: expect.stringContaining('restricted'),
      });
    }
    expect((await bareGrpc(grpcUrl, 'ServerLive')).status).toBe(0);

    await inEmptyFolder(async () => {
      await drawSquares('a.png');
      const server = ['--url', url, '--grpc-url', grpcUrl];
      const found = await runCli(['detect', 'a.png', 'red square', '--backend', 'triton', ...server, '--json']);
      expect(found.code, found.stderr).toBe(exitCodes.done);
    });
    for (const server of [
      ['--url', url],
      ['--grpc-url', grpcUrl],
    ]) {
      const status = await runCli(['triton', 'status', ...server, '--json']);
      expect(jsonOf(status, 'triton status').servers).toMatchObject([
        {
          ready: true,
          loadedOnly: true,
          models: [{ name: 'owlv2', version: '1', state: 'READY', ready: true, requests: { ok: 1, failed: 0 } }],
        },
      ]);
      const types = await runCli(['triton', 'types', ...server, '--json']);
      expect(jsonOf(types, 'triton types')).toMatchObject({ status: 'success', models: ['owlv2'], skipped: [] });
      const none = await runCli(['triton', 'types', ...server, '--models', 'sam', '--json']);
      expect(jsonOf(none, 'triton types').error).toMatchObject({
        code: 'model-not-found',
        message: expect.stringContaining('no model "sam" that is loaded'),
      });
    }
    child.kill('SIGINT');
    await code;
    expect(written.stdout + written.stderr).not.toContain(key);
  });

  it('ends with 1 where none of the models can be loaded', async () => {
    const env = { ATELIER_CLIP_PRECISION: 'fp8' };
    const { child, written, code } = await start(['--models', 'clip', '--json', '-q'], env);
    expect(await code).toBe(exitCodes.failed);
    const { error } = jsonOf({ code: 1, ...written }, 'triton up');
    expect(error).toMatchObject({ code: 'models-failed', details: { models: [{ name: 'clip' }] } });
    // With --quiet too: without the reason nobody could mend it.
    expect(written.stderr).toMatch(/^note: clip could not be loaded: clip: ATELIER_CLIP_PRECISION must/);
    await expectNothingLeft([child.pid ?? -1]);
  });

  it('ends with 1 and the last lines of a server that ended by itself', async () => {
    const { child, written, code } = await start(['--models', 'sam', '--json']);
    await expect.poll(() => written.stderr, { timeout: 30_000 }).toContain('done: Started the server');
    const family = await familyOf(child.pid ?? -1);
    process.kill(family[1], 'SIGKILL');
    expect(await code).toBe(exitCodes.failed);
    const { error } = jsonOf({ code: 1, ...written }, 'triton up');
    expect(error).toMatchObject({ code: 'server-failed', details: { lines: expect.any(Array) } });
    // The process of the model, interrupted in its imports, may have written its stack below the server's words.
    expect(error?.details?.lines?.join('\n')).toMatch(/Started HTTPService|model\.py/);
    expect(error?.details?.lines?.length).toBeLessThanOrEqual(15);
    await expectNothingLeft(family);
  });

  it.each([
    ['is cancelled in order by one Ctrl-C while it loads', 1],
    ['ends at once at the second', 2],
  ])('%s', async (_what, times) => {
    const { child, written, code } = await start(['--models', 'sam']);
    await expect.poll(() => written.stderr, { timeout: 30_000 }).toContain('done: Started the server');
    const family = await familyOf(child.pid ?? -1);
    for (let time = 0; time < times; time++) child.kill(time === 0 ? 'SIGINT' : 'SIGTERM');
    expect(await code).toBe(exitCodes.interrupted);
    expect(written.stdout).toBe('');
    await expectNothingLeft(family);
  });

  it('names a port that is taken, before anything else is looked at', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const port = String(portOf(taken));
    try {
      const argv = ['triton', 'up', '--http-port', '1234', '--metrics-port', port, '--python', '/nobody'];
      const result = await runCli([...argv, '--json', '--lang', 'ko']);
      expect(result.code).toBe(exitCodes.failed);
      const { error } = jsonOf(result, 'triton up');
      expect(error).toMatchObject({ code: 'port-unavailable', details: { port: Number(port) } });
      expect(error?.message).toMatch(new RegExp(`^${port}번 포트`));
      expect(error?.hint).toContain('--metrics-port');
    } finally {
      taken.close();
    }
    const elsewhere = await runCli(['triton', 'up', '--host', '192.0.2.1', '--json']);
    expect(jsonOf(elsewhere, 'triton up').error).toMatchObject({ code: 'port-unavailable' });
  });

  it.each<[string, readonly string[], Record<string, string>, string, RegExp]>([
    ['no Python', [], { PATH: '/nowhere' }, 'python-missing', /--python/],
    ['a Python without the packages', ['--python', '/bin/true'], {}, 'python-missing', /^$/],
    ['no GPU', ['--device', 'cuda'], { PATH: '/nowhere' }, 'device-missing', /--device cpu/],
  ])('says what is missing: %s', async (_what, argv, env, code, hint) => {
    const result = await runCli(['triton', 'up', ...(await freePorts()), ...argv, '--json'], { env });
    expect(result.code).toBe(exitCodes.failed);
    const { error } = jsonOf(result, 'triton up');
    expect(error?.code).toBe(code);
    expect(error?.hint ?? '').toMatch(hint);
  });

  it('says how big the environment is, asks on a terminal, and fetches nothing where the answer is no', async () => {
    const cache = join(folder, 'none');
    const argv = ['triton', 'up', '--device', 'cpu', '--cache', cache, ...(await freePorts())];
    const result = await runCli(argv, {
      columns: 60,
      env: { PATH: process.env.PATH ?? '', NO_COLOR: '1' },
      onStderr: (text, stdin) => void (text.endsWith('[y/N] ') && stdin.write('n\n')),
    });
    expect(result).toMatchObject({ code: exitCodes.interrupted, stdout: '' });
    expect(result.stderr.replace(/\s+/g, ' ')).toMatch(/about 350 MB to fetch, 1\.8 GB on disk, in .*venv-.*\[y\/N\] /);
    expect(existsSync(cache)).toBe(false);
  });

  it.each(['en', 'ko'])(
    'names the weights that are not here and the command that fetches them, in %s',
    async (language) => {
      const argv = ['triton', 'up', '--models', 'owlv2,sd3', '--python', python, ...(await freePorts()), '--json'];
      const result = await runCli([...argv, '--lang', language], { env: offline() });
      expect(result.code, result.stderr).toBe(exitCodes.failed);
      const { error } = jsonOf(result, 'triton up');
      expect(error).toMatchObject({ code: 'weights-missing', hint: expect.stringContaining('atelier triton pull') });
      expect(error?.message).toMatch(language === 'ko' ? /[가-힣].*owlv2, sd3/ : /owlv2, sd3 are not here/);
      if (language === 'ko') expect(error?.details?.lines?.join()).not.toContain('are not here');
      const [owlv2, sd3] = error?.details?.lines ?? [];
      expect(owlv2).toMatch(/owlv2-base-patch16-ensemble.*\d MB/);
      expect(sd3).toMatch(language === 'ko' ? /GB, .*라이선스/ : /GB, its licence must be accepted/);
      expect(error?.details?.models).toMatchObject([{ gated: false }, { gated: true }]);
    },
  );
});

describe('atelier triton up and settings', () => {
  const upWith = async (env: Record<string, string>, models: string, ...argv: string[]) => {
    const options = ['--models', models, '--python', python, '--device', 'cpu', ...(await freePorts())];
    const result = await runCli(['triton', 'up', ...options, '--json', ...argv], { env: { ...offline(), ...env } });
    expect(result.code, result.stderr).toBe(exitCodes.failed);
    return { error: jsonOf(result, 'triton up').error, stderr: result.stderr };
  };

  it('names a setting that cannot be used as what it is, without a size', async () => {
    const { error } = await upWith({ ATELIER_SAM_MODEL: '/nonexistent' }, 'sam');
    expect(error).toMatchObject({
      code: 'settings-invalid',
      message: 'Settings of sam cannot be used.',
      hint: expect.stringContaining('README of @atelier/triton-models'),
      details: { lines: [expect.stringMatching(/'\/nonexistent' is neither .* hub\.$/)], models: [{ bytes: 0 }] },
    });
    const both = await upWith({ ATELIER_SAM_REVISION: 'main' }, 'sam,owlv2');
    expect(both.error?.code).toBe('weights-missing');
    expect(both.error?.message).toMatch(/weights of owlv2 are not here.*Settings of sam cannot be used/);
    expect(both.error?.details?.lines?.find((line) => line.startsWith('sam'))).not.toMatch(/GB|MB/);
  });

  it.each<[string, RegExp]>([
    [
      'en',
      /^vqa: its Python is reported not to work with transformers 5\. Without that: ATELIER_VQA_MODEL=\S+ \(1\.8 GB\)\.$/,
    ],
    ['ko', /^vqa: .*transformers 5에서는.*: ATELIER_VQA_MODEL=\S+ \(1\.8 GB\)\.$/],
  ])('says what is known of the weights that it offers, in %s', async (language, caution) => {
    const { error } = await upWith({}, 'vqa', '--lang', language);
    expect(error?.details?.lines?.[1]).toMatch(caution);
  });

  it('looks for the weights of models that are not random, and starts the others by ATELIER_PROFILE', async () => {
    const { error } = await upWith({ ATELIER_PROFILE: 'random', ATELIER_OWLV2_PROFILE: 'full' }, 'owlv2,clip');
    expect(error).toMatchObject({ code: 'weights-missing', details: { models: [{ model: 'owlv2' }] } });
  });
});

describe('atelier triton pull', () => {
  const argv = (models: string) => ['triton', 'pull', '--python', python, '--device', 'cpu', '--models', models];

  it('shows sizes and licences without fetching', async () => {
    const env = offline();
    const shown = await runCli([...argv('owlv2,sd3'), '--dry-run'], { env });
    expect(shown.code, shown.stderr).toBe(exitCodes.done);
    expect(shown.stdout).toContain('Nothing was fetched');
    expect(shown.stderr).toMatch(/^Model +Weights +Size +To fetch +Licence$/m);
    expect(shown.stderr).toMatch(/^owlv2 +google\/owlv2-base-patch16-ensemble +\d+ MB +\d+ MB +Apache-2\.0$/m);
    expect(shown.stderr).toMatch(/^sd3: .*https:\/\/\S+stable-diffusion-3\S+.*HF_TOKEN/m);
    const korean = await runCli([...argv('vqa,sd3'), '--dry-run', '--lang', 'ko'], { env });
    expect(korean.stderr).toMatch(/^sd3: .*100만 달러/m);
    expect(korean.stderr).toMatch(/^vqa: .*transformers 5에서는.*ATELIER_VQA_MODEL=/m);
    const output = jsonOf(await runCli([...argv('owlv2,sd3'), '--dry-run', '--json', '-q'], { env }), 'triton pull');
    expect(output).toMatchObject({
      status: 'success',
      models: [{ name: 'owlv2', state: 'planned', folder: null }, { gated: true }],
    });
  });

  it('says at once that it is offline', async () => {
    const began = performance.now();
    const english = await runCli([...argv('owlv2'), '--json'], { env: offline() });
    expect(english.code).toBe(exitCodes.failed);
    expect(jsonOf(english, 'triton pull').error).toMatchObject({
      code: 'hub-unreachable',
      details: { problem: 'offline' },
    });
    expect(performance.now() - began).toBeLessThan(20_000);
    const korean = await runCli([...argv('owlv2'), '--lang', 'ko', '-q'], { env: offline() });
    expect(korean.stderr).toMatch(/^오류: 허브에 연결할 수 없습니다/);
  });

  it('has nothing to do for a folder of the person’s', async () => {
    const env = { ...offline(), ATELIER_CLIP_MODEL: await folderOfWeights() };
    const result = await runCli([...argv('clip'), '--json'], { env });
    expect(result.code, result.stderr).toBe(exitCodes.done);
    expect(jsonOf(result, 'triton pull').models).toMatchObject([
      { name: 'clip', state: 'folder', folder: env.ATELIER_CLIP_MODEL, error: null },
    ]);
  });

  it('suggests a model, and takes no word beside its options', async () => {
    const misspelt = await runCli(['triton', 'pull', '--models', 'owlv']);
    expect(misspelt).toMatchObject({ code: exitCodes.badUsage, stderr: expect.stringContaining('"owlv2"') });
    expect((await runCli(['triton', 'pull', 'owlv2'])).code).toBe(exitCodes.badUsage);
  });

  /** Made by the model itself when the server of the first test loaded it, or now. */
  async function folderOfWeights(): Promise<string> {
    const made = (await readdir(join(folder, 'cache'), { recursive: true }).catch(() => [])).find((path) =>
      /random-\d+\/clip$/.test(path),
    );
    if (made === undefined) throw new Error('the server of the first test made no weights of clip');
    return join(folder, 'cache', made);
  }
});
