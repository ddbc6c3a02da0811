import type { ChildProcess } from 'node:child_process';

const keptLines = 400;

/** The last lines that a child process wrote to either stream. */
export class ServerLog {
  readonly #lines: string[] = [];
  #rest = '';

  constructor(child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => this.#add(text));
    }
  }

  tail(count = keptLines): string {
    return [...this.#lines, ...(this.#rest ? [this.#rest] : [])].slice(-count).join('\n');
  }

  #add(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    this.#lines.push(...lines);
    if (this.#lines.length > keptLines) this.#lines.splice(0, this.#lines.length - keptLines);
  }
}
