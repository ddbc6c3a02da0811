import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Places } from './places.ts';
import type { Programs } from './programs.ts';
import { type Account, bareEnvironment, runProgram } from './run-program.ts';

export interface Launched {
  readonly ready: boolean;
  /** What the server wrote to its log meanwhile. */
  readonly output: string;
}

const startWithin = 60_000;

/** Starts the server in a session of its own, with its log as output, and waits until it takes connections. */
export async function launch(places: Places, programs: Programs, account: Account | undefined): Promise<Launched> {
  const before = (await stat(places.log).catch(() => undefined))?.size ?? 0;
  const failure = await (process.platform === 'win32' ? byPgCtl(places, programs) : direct(places, programs, account));
  if (failure === undefined) return { ready: true, output: '' };
  return { ready: false, output: `${failure}\n${await tailOf(places.log, before)}` };
}

/** On Windows it is pg_ctl that takes away the rights which Postgres refuses to have. */
async function byPgCtl(places: Places, { pgCtl }: Programs): Promise<string | undefined> {
  const args = ['start', '-D', places.data, '-l', places.log, '-w', '-t', String(startWithin / 1000), '-s'];
  const { code, output } = await runProgram(pgCtl, args, { account: undefined, cwd: places.cluster });
  return code === 0 ? undefined : output;
}

/** As a child of this process, which so learns of its end: in containers without an init nobody else would. */
async function direct(
  places: Places,
  { postgres }: Programs,
  account: Account | undefined,
): Promise<string | undefined> {
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;
  // The folder is the account's: what lies there under the log's name is not followed elsewhere.
  const log = await open(places.log, O_APPEND | O_CREAT | O_NOFOLLOW | O_WRONLY, 0o600);
  try {
    if (account) await log.chown(account.uid, account.gid);
    const child = spawn(postgres, ['-D', places.data], {
      cwd: places.cluster,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: bareEnvironment(),
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
    });
    let ended: string | undefined;
    child.on('error', (error) => {
      ended = error.message;
    });
    child.on('exit', (code, signal) => {
      ended = `postgres ended with ${code ?? signal}`;
    });
    child.unref();
    const deadline = performance.now() + startWithin;
    while (ended === undefined && performance.now() < deadline) {
      if (await isReady(places, child.pid)) return undefined;
      await wait(20);
    }
    if (ended === undefined) child.kill('SIGQUIT');
    return ended ?? `postgres was not ready within ${startWithin / 1000} seconds`;
  } finally {
    await log.close();
  }
}

/** The server's own word, in the eighth line of its file. */
async function isReady({ data }: Places, pid: number | undefined): Promise<boolean> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

async function tailOf(path: string, from: number): Promise<string> {
  const text = await readFile(path).catch(() => Buffer.alloc(0));
  return text
    .subarray(from, from + 8192)
    .toString()
    .trim();
}
