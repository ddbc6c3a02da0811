import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../cli.ts', import.meta.url));

/** The command as it is shipped, in a process of its own, with all that it ever wrote. */
export interface ServerProcess {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Its data folder, which goes with it. */
  readonly data: string;
  /** What it wrote so far. */
  written(stream: 'stdout' | 'stderr'): string;
  /** The most memory it ever held, in MiB, as the kernel counted it. */
  peakMiB(): number;
  /** Ends it in order, and with it its data. Resolves to the exit code. */
  end(): Promise<number | null>;
}

export interface StartOptions {
  readonly parameters?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Default: a new one. */
  readonly data?: string | undefined;
  /** Of the process, such as `--import=FILE`. */
  readonly node?: readonly string[] | undefined;
}

/** Nothing of this machine's own settings comes with it. */
const plainEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !/^(ATELIER|OPENAI|GOOGLE|NODE_)/.test(entry[0]),
    ),
  );

export async function startProcess({
  parameters = [],
  env = {},
  data,
  node = [],
}: StartOptions): Promise<ServerProcess> {
  const folder = data ?? (await mkdtemp(join(tmpdir(), 'atelier-attacked-')));
  const child = spawn(
    process.execPath,
    ['--conditions=atelier-source', ...node, cli, '--data', folder, ...parameters],
    { stdio: ['pipe', 'pipe', 'pipe'], env: { ...plainEnvironment(), ...env } },
  );
  const written = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (chunk: Buffer) => written[stream].push(chunk));
  }
  // A server that has gone is seen by its exit; writing to it is not the failure.
  child.stdin.on('error', () => {});
  const gone = once(child, 'close');
  return {
    child,
    data: folder,
    written: (stream) => Buffer.concat(written[stream]).toString(),
    peakMiB: () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    async end() {
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await gone;
      if (data === undefined) await rm(folder, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}
