import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const tickMs = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** The processor time that a server and its python backends have used. */
export class ServerWork {
  readonly #files: readonly string[];

  /** @param pid of the server: its process group is its own. */
  constructor(pid: number) {
    this.#files = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && fieldsOf(`/proc/${name}/stat`)?.[2] === String(pid))
      .map((name) => `/proc/${name}/stat`);
  }

  /** Milliseconds up to now, in steps of one clock tick (10 ms) a process. */
  now(): number {
    return this.#files.reduce((sum, file) => {
      const fields = fieldsOf(file);
      return sum + (Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0)) * tickMs;
    }, 0);
  }
}

/** The fields after the command's name, which is in parentheses: state, parent, group, ..., utime (11), stime (12). */
function fieldsOf(file: string): string[] | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    // It ended meanwhile.
    return undefined;
  }
}
