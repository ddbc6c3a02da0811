import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchTriton } from './launch-triton.ts';

const { python, repository } = inject('triton');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-launch-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function emptyRepository(name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  return path;
}

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}/exe`);

describe('launching tritonserver', () => {
  it('gives addresses that answer, until it is stopped', async () => {
    const server = await launchTriton({ python, repository: await emptyRepository('none') });
    expect((await fetch(`${server.url}/v2/health/live`)).status).toBe(200);
    expect((await fetch(server.metricsUrl)).status).toBe(200);
    expect(isAlive(server.pid)).toBe(true);
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
    expect(server.log()).toContain('Started HTTPService');
  });

  it('listens on another address, and says when the server is gone by itself', async () => {
    const server = await launchTriton({ python, repository: await emptyRepository('elsewhere'), host: '127.0.0.2' });
    try {
      const { hostname, port } = new URL(server.url);
      expect(hostname).toBe('127.0.0.2');
      await expect(fetch(`http://127.0.0.1:${port}/v2/health/live`)).rejects.toThrow();
      for (const url of [`${server.url}/v2/health/live`, server.metricsUrl]) expect((await fetch(url)).ok).toBe(true);
      process.kill(server.pid, 'SIGKILL');
      await server.ended;
      expect(isAlive(server.pid)).toBe(false);
    } finally {
      await server.stop('SIGKILL');
    }
  });

  it('is reached on the loopback address when it listens on all', async () => {
    const server = await launchTriton({ python, repository: await emptyRepository('all'), host: '0.0.0.0' });
    try {
      expect(new URL(server.url).hostname).toBe('127.0.0.1');
      expect((await fetch(`http://127.0.0.2:${new URL(server.url).port}/v2/health/live`)).status).toBe(200);
    } finally {
      await server.stop('SIGKILL');
    }
  });

  /** A repository of one model that says these words while it is loaded. */
  async function complaining(name: string, model: string): Promise<string> {
    const path = await emptyRepository(name);
    await mkdir(join(path, 'broken', '1'), { recursive: true });
    await writeFile(
      join(path, 'broken', 'config.pbtxt'),
      'backend: "python"\noutput [{ name: "O" data_type: TYPE_FP32 dims: [1] }]\n',
    );
    await writeFile(join(path, 'broken', '1', 'model.py'), model);
    return path;
  }

  it('says in the words of the server what is wrong with a model', async () => {
    const repository = await complaining('broken', 'raise ImportError("the weights are missing")\n');
    const launching = launchTriton({ python, repository, readyTimeoutMs: 30_000 });
    await expect(launching).rejects.toMatchObject({ code: 'backend-failed' });
    await expect(launching).rejects.toThrow(/the weights are missing/);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('gives the shared memory of its models back after %s', async (signal) => {
    const before = await readdir('/dev/shm');
    const server = await launchTriton({
      python,
      repository,
      args: ['--model-control-mode=explicit', '--load-model=identity'],
    });
    const mine = async () => {
      const names = await readdir('/dev/shm');
      return names.filter((name) => name.startsWith('atelier-triton-') && !before.includes(name));
    };
    const maps = await modelMemory(server.pid);
    expect(maps.length).toBeGreaterThan(0);
    expect(await mine()).toEqual(expect.arrayContaining(maps));
    await server.stop(signal);
    const after = await mine();
    expect(after.filter((name) => maps.includes(name))).toEqual([]);
  });

  it('lists the processes of its models, also one that died, until the model is unloaded', async () => {
    const server = await launchTriton({
      python,
      repository,
      args: ['--model-control-mode=explicit', '--load-model=identity', '--load-model=countdown'],
    });
    try {
      const models = async () => (await server.workers()).map(({ model }) => model).sort();
      expect(await models()).toEqual(['countdown', 'countdown', 'identity']);
      const [victim] = (await server.workers()).filter(({ model }) => model === 'identity');
      expect(victim.end).toBeUndefined();
      process.kill(victim.pid, 'SIGKILL');
      await expect.poll(() => server.workers()).toContainEqual({ ...victim, end: { signal: 'SIGKILL', code: null } });
      expect((await server.workers()).filter(({ end }) => end)).toHaveLength(1);
      await fetch(`${server.url}/v2/repository/models/identity/unload`, { method: 'POST' });
      await expect.poll(models, { timeout: 10_000 }).toEqual(['countdown', 'countdown']);
    } finally {
      await server.stop('SIGKILL');
    }
  });

  it('lets a request finish that runs when it is stopped, and does not wait for its models to leave', async () => {
    const server = await launchTriton({
      python,
      repository,
      args: ['--model-control-mode=explicit', '--load-model=slow_identity'],
    });
    const inputs = [
      { name: 'INPUT', datatype: 'FP32', shape: [1], data: [2] },
      { name: 'DELAY_MS', datatype: 'INT32', shape: [1], data: [1500] },
    ];
    const answer = fetch(`${server.url}/v2/models/slow_identity/infer`, {
      method: 'POST',
      headers: { connection: 'close' },
      body: JSON.stringify({ inputs }),
    });
    await sleep(500);
    const stopped = server.stop();
    expect(await (await answer).json()).toMatchObject({ outputs: [{ data: [2] }] });
    await stopped;
    expect(server.log()).toContain('All models are stopped');
    expect(server.log()).not.toContain("successfully unloaded 'slow_identity'");
  });

  /** Names of the shared memory that a server has open. */
  async function modelMemory(pid: number): Promise<string[]> {
    const maps = await readFile(`/proc/${pid}/maps`, 'utf8');
    return [...new Set([...maps.matchAll(/\/dev\/shm\/(\S+)/g)].map(([, name]) => name))];
  }

  it('runs models on exactly the interpreter that was named, not on the system’s library of another patch version', async () => {
    // Of the library itself; `ssl` is an extension that does not load into a library of another patch version.
    const model = 'import ssl, sys\nraise ImportError("it is " + sys.version.split()[0])\n';
    const { stdout } = await promisify(execFile)(python, ['-c', 'import sys; print(sys.version.split()[0])']);
    const launching = launchTriton({ python, repository: await complaining('version', model) });
    await expect(launching).rejects.toThrow(`it is ${stdout.trim()}`);
  });

  it('says what to install where there is no wheel, and no Python', async () => {
    await expect(launchTriton({ python: join(folder, 'nobody'), repository })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(launchTriton({ python: 'python3', repository })).rejects.toMatchObject({
      code: 'not-found',
      hint: expect.stringContaining('pip install nvidia-pytriton'),
    });
  });

  it('says when a port that the caller named is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    if (typeof address !== 'object' || address === null) throw new Error('no port');
    const launching = launchTriton({ python, repository: await emptyRepository('taken'), grpcPort: address.port });
    await expect(launching).rejects.toThrow(/already in use/);
    taken.close();
  });

  it('does not take another server on its port for itself', async () => {
    const first = await launchTriton({ python, repository: await emptyRepository('first') });
    try {
      const httpPort = Number(new URL(first.url).port);
      const second = launchTriton({ python, repository: await emptyRepository('second'), httpPort });
      await expect(second).rejects.toThrow(new RegExp(`:${httpPort}' already in use`));
      expect((await fetch(`${first.url}/v2/health/ready`)).status).toBe(200);
    } finally {
      await first.stop();
    }
  });

  it('stops when it is called off', async () => {
    const reason = new Error('enough');
    const launching = launchTriton({
      python,
      repository: await emptyRepository('aborted'),
      signal: AbortSignal.abort(reason),
    });
    await expect(launching).rejects.toBe(reason);
  });

  it('dies with a parent that was killed', async () => {
    const path = await emptyRepository('orphan');
    const source = new URL('./launch-triton.ts', import.meta.url).href;
    const script = `
      const { launchTriton } = await import(${JSON.stringify(source)});
      const server = await launchTriton(${JSON.stringify({ python, repository: path })});
      console.log(server.pid);
    `;
    const parent = spawn(process.execPath, ['--conditions=atelier-source', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      // Killed, it cannot clear up what it had there.
      env: { ...process.env, TMPDIR: folder },
    });
    const [line] = await once(parent.stdout, 'data');
    const pid = Number(String(line));
    try {
      expect(isAlive(pid)).toBe(true);
      parent.kill('SIGKILL');
      await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
    } finally {
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    }
  });
});
