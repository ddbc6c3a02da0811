import { spawn } from 'node:child_process';

/** Whom a program runs as; undefined: the account of this process. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export interface ProgramResult {
  readonly code: number | null;
  /** Standard output and error, in the order they came. */
  readonly output: string;
}

const handedOn = ['PATH', 'SystemRoot', 'SYSTEMROOT', 'windir', 'TEMP', 'TMP', 'TMPDIR', 'LD_LIBRARY_PATH'];

/** Nothing secret, and none of the PG... variables, reaches Postgres; its messages are in English. */
export function bareEnvironment(): Record<string, string> {
  const entries = handedOn.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(entries), LC_ALL: 'C', LANG: 'C' };
}

/**
 * Runs a program to its end, in a process group of its own: Ctrl-C in a terminal does not cut it off in the middle.
 * A program that cannot be started has the code null and the reason as output.
 */
export function runProgram(
  path: string,
  args: readonly string[],
  { account, cwd }: { account: Account | undefined; cwd: string },
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(path, [...args], {
      cwd,
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: bareEnvironment(),
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    // Not 'close': a server that pg_ctl started may hold the pipes for as long as it lives.
    child.on('exit', (code) =>
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ code, output: output.trim() });
      }, 10),
    );
  });
}
