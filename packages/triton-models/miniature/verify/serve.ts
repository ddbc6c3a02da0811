import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
// By its path: what vitest loads before the tests resolves packages to their build, which may be old.
import { freePorts } from '../../../sdk/src/triton/launch/free-ports.ts';

export interface ServeOptions {
  /** The interpreter of an environment that can serve the models. */
  readonly python: string;
  readonly signal?: AbortSignal;
}

export interface ServedMiniatures {
  readonly url: string;
  readonly grpcUrl: string;
  /** From the command until all five were warm. */
  readonly readySeconds: number;
  /** As Ctrl-C does; nothing of it is left afterwards. */
  stop(): Promise<void>;
}

const command = fileURLToPath(new URL('../../../cli/src/index.ts', import.meta.url));
const patienceMs = 300_000;
/** Of Ctrl-C, until it is killed. */
const stoppingMs = 20_000;

const said = z.object({
  status: z.string(),
  url: z.string().nullable(),
  grpcUrl: z.string().nullable(),
  pid: z.number().nullable(),
  models: z.array(z.object({ name: z.string(), ready: z.boolean(), reason: z.string().nullable() })),
});

/** `atelier triton up --profile miniature` as anybody runs it, on free ports of loopback. */
export async function serveMiniature({ python, signal }: ServeOptions): Promise<ServedMiniatures> {
  const began = performance.now();
  const cache = await mkdtemp(join(tmpdir(), 'atelier-miniature-cache-'));
  const [http, grpc, metrics] = (await freePorts(3)).map(String);
  const child = spawn(
    process.execPath,
    [
      ...[
        '--conditions=atelier-source',
        command,
        'triton',
        'up',
        '--profile',
        'miniature',
        '--device',
        'cpu',
        '--json',
      ],
      ...['--python', python, '--cache', cache],
      ...['--http-port', http, '--grpc-port', grpc, '--metrics-port', metrics],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], ...(signal ? { signal } : {}) },
  );
  const ended = once(child, 'close').catch(() => {});
  const stop = async (server?: number) => {
    await end(child, ended, server);
    await rm(cache, { recursive: true, force: true });
  };
  try {
    const { url, grpcUrl, pid, models } = said.parse(JSON.parse(await firstLine(child)));
    const failed = models.filter(({ ready }) => !ready);
    if (failed.length > 0) throw new Error(failed.map(({ name, reason }) => `${name}: ${reason}`).join('\n'));
    if (url === null || grpcUrl === null || pid === null) throw new Error('It says no address.');
    return { url, grpcUrl, readySeconds: (performance.now() - began) / 1000, stop: () => stop(pid) };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

/** What it prints when it is ready. Rejects with what it wrote where it ends before that, or never comes to it. */
function firstLine(child: ChildProcess): Promise<string> {
  let out = '';
  let notes = '';
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`Not ready in time:\n${notes}`)), patienceMs);
    child.once('error', reject).once('close', () => {
      clearTimeout(late);
      reject(new Error(`It ended:\n${notes}${out}`));
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (!out.includes('\n')) return;
      clearTimeout(late);
      resolve(out);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      notes = (notes + chunk.toString()).slice(-4_000);
    });
  });
}

async function end(child: ChildProcess, ended: Promise<unknown>, server: number | undefined): Promise<void> {
  child.kill('SIGINT');
  const over = new AbortController();
  await Promise.race([ended, sleep(stoppingMs, undefined, { signal: over.signal }).catch(() => {})]);
  over.abort();
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  if (server === undefined) return;
  try {
    process.kill(server, 'SIGKILL');
  } catch {
    // It went by itself.
  }
}
