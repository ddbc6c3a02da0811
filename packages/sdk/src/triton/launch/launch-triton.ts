import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { chmod, copyFile, cp, mkdir, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AtelierError } from '../../errors/atelier-error.ts';
import { freePorts } from './free-ports.ts';
import { ServerLog } from './server-log.ts';
import { untilReady } from './until-ready.ts';
import { findWheel, type Wheel } from './wheel.ts';
import { type TritonWorker, WorkerList } from './workers.ts';

export interface LaunchOptions {
  /** Path of the Python interpreter whose environment has `nvidia-pytriton`; the models' imports come from it too. */
  readonly python: string;
  /** The model repository: a folder of `<model>/config.pbtxt` and `<model>/<version>/model.py`. */
  readonly repository: string;
  /** Default: ports that are free. */
  readonly httpPort?: number;
  readonly grpcPort?: number;
  readonly metricsPort?: number;
  /** Address to listen on. Default 127.0.0.1. Triton asks nobody who they are: everybody who reaches it may use it, and with `--model-control-mode=explicit` run code (a model is loaded with files that the caller sends) unless `args` restrict `model-repository`. */
  readonly host?: string;
  /** More arguments of tritonserver, `['--model-control-mode=explicit']`. */
  readonly args?: readonly string[];
  /** More environment of the server and of its models. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until it must be ready. Default 120,000. */
  readonly readyTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Becomes the server, after asking the kernel (prctl PR_SET_PDEATHSIG) to kill it when this process is gone: one that was
 * killed cannot stop its server any more, and the server would run for ever.
 */
const dieWithParent = `
import ctypes, os, signal, sys
ctypes.CDLL(None).prctl(1, signal.SIGKILL)
if os.getppid() != int(sys.argv[1]):
    sys.exit(1)
os.execv(sys.argv[2], sys.argv[2:])
`;

/** A tritonserver that runs as a child of this process. */
export interface LaunchedTriton {
  /** Where this machine reaches it: on the loopback address, unless it listens on another one alone. */
  readonly url: string;
  readonly grpcUrl: string;
  readonly metricsUrl: string;
  /** Process id of the server. Its python backends are in the same process group. */
  readonly pid: number;
  /** Resolves when the server is gone, stopped or by itself. */
  readonly ended: Promise<void>;
  /** The last lines that it wrote. */
  log(): string;
  /** The processes of its python models, also those that died since an earlier call and that it does not miss. */
  workers(): Promise<TritonWorker[]>;
  /**
   * Ends the server and its backends and waits until they are gone. `SIGTERM` (default) lets requests finish, for 10 s;
   * not streams of models whose `execute` returned before their end (their callers get `connection-lost`), and the models'
   * `finalize` is not waited for.
   */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/**
 * Starts the tritonserver of the `nvidia-pytriton` wheel, without a container, and resolves when it is ready.
 * It ends with the thread that started it, also when that is killed. Throws `not-found` without the wheel, `backend-failed` with the server's own words when it ends or is not ready in time.
 */
export async function launchTriton(options: LaunchOptions): Promise<LaunchedTriton> {
  const wheel = await findWheel(options.python);
  const scratch = await mkdtemp(join(tmpdir(), 'atelier-triton-'));
  try {
    await prepareBackends(wheel, scratch);
    return await startOnFreePorts(options, wheel, scratch);
  } catch (error) {
    removeScratch(scratch);
    throw error;
  }
}

const sharedMemory = '/dev/shm';

/**
 * The folder, and the shared memory of python backends that were killed, which is named after it: nobody else would ever
 * give that memory back.
 */
function removeScratch(scratch: string): void {
  rmSync(scratch, { recursive: true, force: true });
  if (!existsSync(sharedMemory)) return;
  for (const name of readdirSync(sharedMemory)) {
    if (name.startsWith(basename(scratch))) rmSync(join(sharedMemory, name), { force: true });
  }
}

/** The server looks for the worker beside the backend, and the wheel's own folder may not be writable. */
async function prepareBackends(wheel: Wheel, scratch: string): Promise<void> {
  await cp(wheel.backends, join(scratch, 'backends'), { recursive: true });
  const stub = join(scratch, 'backends', 'python', 'triton_python_backend_stub');
  await copyFile(wheel.stub, stub);
  await chmod(stub, 0o755);
  const libraries = join(scratch, 'libraries');
  await mkdir(libraries);
  if (wheel.pythonLibrary === undefined) return;
  await symlink(wheel.pythonLibrary, join(libraries, basename(wheel.pythonLibrary)));
}

interface Ports {
  readonly http: number;
  readonly grpc: number;
  readonly metrics: number;
}

/** A port that was free may be taken before the server has it: then on others, unless the caller named it. */
async function startOnFreePorts(options: LaunchOptions, wheel: Wheel, scratch: string): Promise<LaunchedTriton> {
  for (let tries = 1; ; tries += 1) {
    const [freeHttp, freeGrpc, freeMetrics] = await freePorts(3, options.host);
    const { httpPort = freeHttp, grpcPort = freeGrpc, metricsPort = freeMetrics } = options;
    const ports: Ports = { http: httpPort, grpc: grpcPort, metrics: metricsPort };
    try {
      return await start(options, wheel, scratch, ports);
    } catch (error) {
      const taken = takenPort(error);
      const isNamed = [options.httpPort, options.grpcPort, options.metricsPort].includes(taken);
      if (taken === undefined || isNamed || tries === mostStarts) throw error;
    }
  }
}

const mostStarts = 4;

/**
 * What a server that was told to stop writes when every request is answered, or in the hands of a model that has left
 * `execute`: it knows nothing more of those. What it does then, asking each model's
 * process to leave, takes seconds with torch and is of no use to anybody.
 */
const allAnswered = 'All models are stopped, unloading models';
/** What is begun after HTTP; "Started HTTPService" is written also by a server that then finds the port taken. */
const httpIsBound = 'Started Metrics Service';
/** What keeps it from saying so. */
const silent = /^--(log-info|allow-metrics)[= ]?(false|0|$)/i;
/** For the last bytes of answers to get into the network. */
const flushMs = 500;
const longestStopMs = 10_000;

const loopback = '127.0.0.1';

/** Who listens on all addresses is reached on the loopback one; an IPv6 address stands in brackets. */
function hostInUrl(host: string): string {
  if (host === '0.0.0.0') return loopback;
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** "Socket '127.0.0.1:46133' already in use" */
function takenPort(error: unknown): number | undefined {
  const words = AtelierError.isInstance(error) ? error.message : '';
  const [, port] = /:(\d+)' already in use/i.exec(words) ?? [];
  return port === undefined ? undefined : Number(port);
}

async function start(options: LaunchOptions, wheel: Wheel, scratch: string, ports: Ports): Promise<LaunchedTriton> {
  const host = hostInUrl(options.host ?? loopback);
  const metricsUrl = `http://${host}:${ports.metrics}/metrics`;
  const command = [wheel.server, ...argumentsOf(options, wheel, scratch, ports)];
  const child = spawn(options.python, ['-c', dieWithParent, String(process.pid), ...command], {
    // A group of its own, so that stopping also reaches the python backends of a server that was killed.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environmentOf(options, wheel, scratch, metricsUrl),
  });
  const log = new ServerLog(child);
  const isSilent = options.args?.some((argument) => silent.test(argument));
  const listening = isSilent ? undefined : log.said(httpIsBound);
  const stopWithParent = () => {
    killGroup(child, 'SIGKILL');
    removeScratch(scratch);
  };
  process.once('exit', stopWithParent);
  const gone = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
  const workers = new WorkerList(child.pid ?? -1);
  const launched: LaunchedTriton = {
    url: `http://${host}:${ports.http}`,
    grpcUrl: `http://${host}:${ports.grpc}`,
    metricsUrl,
    pid: child.pid ?? -1,
    ended: gone,
    log: () => log.tail(),
    workers: () => workers.read(),
    async stop(signal = 'SIGTERM') {
      await end(signal);
      removeScratch(scratch);
    },
  };
  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const answered = log.said(allAnswered).then(() => sleep(flushMs, undefined, { ref: false }));
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    if (signal === 'SIGTERM') await Promise.race([gone, answered, sleep(longestStopMs, undefined, { ref: false })]);
    killGroup(child, 'SIGKILL');
    await gone;
    killGroup(child, 'SIGKILL');
    process.removeListener('exit', stopWithParent);
  }
  try {
    const { readyTimeoutMs: timeoutMs = 120_000, signal } = options;
    await untilReady({ url: launched.url, child, listening, timeoutMs, signal });
  } catch (cause) {
    const words = log.tail(40);
    await end('SIGKILL');
    if (options.signal?.aborted) throw cause;
    throw new AtelierError({
      code: 'backend-failed',
      message: `tritonserver did not become ready: ${cause instanceof Error ? cause.message : String(cause)}\n${words}`,
      hint: 'The lines above are the server’s own; most often a model could not be loaded or a port is taken.',
      cause,
    });
  }
  return launched;
}

function argumentsOf(options: LaunchOptions, wheel: Wheel, scratch: string, ports: Ports): string[] {
  const { host = loopback } = options;
  return [
    `--model-repository=${options.repository}`,
    `--backend-directory=${join(scratch, 'backends')}`,
    `--http-address=${host}`,
    `--http-port=${ports.http}`,
    `--grpc-address=${host}`,
    `--grpc-port=${ports.grpc}`,
    `--metrics-address=${host}`,
    `--metrics-port=${ports.metrics}`,
    `--backend-config=python,shm-region-prefix-name=${basename(scratch)}`,
    `--cache-directory=${wheel.caches}`,
    '--cache-config=local,size=67108864',
    ...(options.args ?? []),
  ];
}

function environmentOf(options: LaunchOptions, wheel: Wheel, scratch: string, metricsUrl: string): NodeJS.ProcessEnv {
  const { PATH = '', LD_LIBRARY_PATH } = process.env;
  return {
    ...process.env,
    // The python worker needs the libpython of its interpreter: one of the system, of another patch version, breaks imports.
    // And the wheel's CUDA runtime library, even on a machine without a GPU.
    LD_LIBRARY_PATH: [join(scratch, 'libraries'), wheel.libraries, LD_LIBRARY_PATH].filter(Boolean).join(delimiter),
    PYTHONPATH: wheel.sitePackages,
    PYTHONDONTWRITEBYTECODE: '1',
    PATH: [dirname(options.python), PATH].join(delimiter),
    // Where Atelier's models read how many requests wait for them.
    ATELIER_METRICS_URL: metricsUrl,
    ...options.env,
  };
}

function killGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}
