import type { ChildProcess } from 'node:child_process';

const keptLines = 400;

/** The last lines that a child process wrote to either stream. */
export class ServerLog {
  readonly #lines: string[] = [];
  /** What each stream has begun to write. */
  readonly #rests: string[] = [];

  constructor(child: ChildProcess) {
    for (const [index, stream] of [child.stdout, child.stderr].entries()) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => this.#add(index, text));
    }
  }

  tail(count = keptLines): string {
    return [...this.#lines, ...this.#rests.filter(Boolean)].slice(-count).join('\n');
  }

  #add(index: number, text: string): void {
    const lines = ((this.#rests[index] ?? '') + text).split('\n');
    this.#rests[index] = lines.pop() ?? '';
    this.#lines.push(...lines);
    if (this.#lines.length > keptLines) this.#lines.splice(0, this.#lines.length - keptLines);
  }
}
