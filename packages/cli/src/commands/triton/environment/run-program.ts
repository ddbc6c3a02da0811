import { spawn } from 'node:child_process';

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** Standard output, line by line. `answer` writes to its standard input, where `talks` opens that. */
  readonly onLine?: (line: string, answer: (text: string) => void) => void;
  /** Default false: it has no standard input. */
  readonly talks?: boolean;
  /** Standard error, line by line. Default: as `onLine`. */
  readonly onErrorLine?: RunOptions['onLine'];
  /** How to end it when the signal says so. Default SIGTERM. */
  readonly stopSignal?: 'SIGTERM' | 'SIGINT';
}

/** How a program ended: its exit code, 128 for one that a signal ended, and what it wrote last. */
export interface Ended {
  readonly code: number;
  /** The last lines of both streams, in the order in which they came. */
  readonly tail: readonly string[];
}

const keptLines = 40;

/**
 * Runs a program, and ends it with everything that it started when the signal is given or this process goes.
 * Rejects when it cannot be started, and with the signal's reason.
 */
export async function runProgram(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { env = process.env, signal, onLine, onErrorLine = onLine, talks = false, stopSignal = 'SIGTERM' } = options;
  signal?.throwIfAborted();
  // A group of its own: Ctrl-C on the terminal reaches this process alone, which then ends the whole group.
  const child = spawn(command, args, { env, detached: true, stdio: [talks ? 'pipe' : 'ignore', 'pipe', 'pipe'] });
  // It may be gone before it is answered; how it ended tells.
  child.stdin?.on('error', () => {});
  const answer = (text: string) => void child.stdin?.write(text);
  const tail: string[] = [];
  const stop = (how: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, how);
    } catch {
      // Nobody is left in the group.
    }
  };
  const onAbort = () => stop(stopSignal);
  const onExit = () => stop('SIGKILL');
  signal?.addEventListener('abort', onAbort);
  process.once('exit', onExit);
  const keep = (line: string) => {
    tail.push(line);
    if (tail.length > keptLines) tail.shift();
  };
  readLines(child.stdout, (line) => {
    keep(line);
    onLine?.(line, answer);
  });
  readLines(child.stderr, (line) => {
    keep(line);
    onErrorLine?.(line, answer);
  });
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode) => resolve(exitCode ?? 128));
    });
    signal?.throwIfAborted();
    return { code, tail };
  } finally {
    signal?.removeEventListener('abort', onAbort);
    process.removeListener('exit', onExit);
  }
}

function readLines(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  let rest = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (text: string) => {
    const lines = (rest + text).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream?.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}
