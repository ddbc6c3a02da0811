import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { request } from 'undici';
import { type LaunchedTriton, launchTriton } from '../../src/triton/launch/launch-triton.ts';
import { ClientProcess } from './clients/client-process.ts';
import { type Row, rowsOf } from './compare.ts';
import { type MemoryRow, measureMemory } from './memory/memory.ts';
import { type Size, sizes, type Turn, writePayload } from './payloads.ts';
import type { ClientName } from './protocol.ts';
import { machineOf, type Report, reportOf } from './report.ts';
import { playRounds } from './rounds.ts';
import { ServerWork } from './server-work.ts';
import type { FirstToken } from './streaming/first-token.ts';

export const parts = ['clients', 'memory', 'tokens'] as const;
export type Part = (typeof parts)[number];

export interface BenchOptions {
  /** Interpreter with `nvidia-pytriton` and `tritonclient`. */
  readonly python: string;
  /** A tenth of the time: shows that everything works, not how fast it is. */
  readonly quick: boolean;
  readonly parts: readonly Part[];
  readonly clients: readonly ClientName[];
  /** Their labels. */
  readonly sizes: readonly string[];
  /** Aborting stops everything that was started and rejects. */
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

const together = 16;

/** Everything in one run against one tritonserver, which it starts and stops. */
export async function benchTriton(options: BenchOptions): Promise<Report> {
  const began = performance.now();
  const repository = fileURLToPath(new URL('./models', import.meta.url));
  const python = await versionsOf(options.python);
  const server = await launchTriton({ python: options.python, repository, signal: options.signal });
  const folder = await mkdtemp(join(tmpdir(), 'atelier-bench-triton-'));
  try {
    const machine = machineOf(python, await serverName(server));
    const rows = options.parts.includes('clients') ? await benchClients(server, folder, options) : [];
    const memory = options.parts.includes('memory') ? await benchMemory(server, folder, options) : [];
    const firstToken = options.parts.includes('tokens') ? await benchFirstToken(server, options) : [];
    return reportOf({ machine, seconds: (performance.now() - began) / 1000, rows, memory, firstToken });
  } finally {
    await server.stop('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchClients(server: LaunchedTriton, folder: string, options: BenchOptions): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of sizes.filter(({ label }) => options.sizes.includes(label))) {
    rows.push(...(await benchSize(size, server, folder, options)));
  }
  return rows;
}

/** In fresh processes: what an allocator or a compiler has learned at another size would count otherwise. */
async function benchSize(size: Size, server: LaunchedTriton, folder: string, options: BenchOptions): Promise<Row[]> {
  const { python, signal, quick, onProgress } = options;
  const work = new ServerWork(server.pid);
  const clients = options.clients.map((name) => new ClientProcess(name, server, python, signal));
  const rows: Row[] = [];
  try {
    const payload = await writePayload(size, folder);
    for (const client of clients) await client.load(payload);
    for (const inFlight of [1, together]) {
      onProgress(`${size.label}, ${inFlight} in flight`);
      const turn = inFlight === 1 ? size.alone : size.together;
      rows.push(...rowsOf(size, inFlight, await playRounds(clients, quick ? shortened(turn) : turn, inFlight, work)));
    }
    return rows;
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
}

async function benchMemory({ url }: LaunchedTriton, folder: string, options: BenchOptions): Promise<MemoryRow[]> {
  options.onProgress('memory');
  const largest = sizes.at(-1);
  if (!largest) return [];
  return await measureMemory(url, await writePayload(largest, folder), options.quick ? 3 : 15, options.signal);
}

async function benchFirstToken({ url, grpcUrl }: LaunchedTriton, options: BenchOptions): Promise<FirstToken[]> {
  options.onProgress('first streamed token');
  // Loaded here: a bench of other clients does without ours.
  const { measureFirstToken } = await import('./streaming/first-token.ts');
  return await measureFirstToken(url, grpcUrl, options.quick ? 5 : 60, options.signal);
}

const shortened = ({ calls, seconds }: Turn): Turn => ({ calls, seconds: seconds / 10 });

async function versionsOf(python: string): Promise<string> {
  const script =
    'import platform, importlib.metadata as m; print(f"Python {platform.python_version()}, tritonclient {m.version(\'tritonclient\')}")';
  return (await promisify(execFile)(python, ['-c', script])).stdout.trim();
}

async function serverName({ url }: LaunchedTriton): Promise<string> {
  const { body } = await request(`${url}/v2`, { reset: true });
  // KServe v2: the server's metadata.
  const { name, version } = (await body.json()) as { name: string; version: string };
  return `${name} ${version}`;
}
