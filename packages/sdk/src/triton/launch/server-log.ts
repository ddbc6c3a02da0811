import type { ChildProcess } from 'node:child_process';

const keptLines = 400;

/** The last lines that a child process wrote to either stream. */
export class ServerLog {
  readonly #lines: string[] = [];
  /** What each stream has begun to write. */
  readonly #rests: string[] = [];
  #awaited: { readonly words: string; readonly resolve: () => void }[] = [];

  constructor(child: ChildProcess) {
    for (const [index, stream] of [child.stdout, child.stderr].entries()) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => this.#add(index, text));
    }
  }

  tail(count = keptLines): string {
    return [...this.#lines, ...this.#rests.filter(Boolean)].slice(-count).join('\n');
  }

  /** Resolves when a line with these words is written from now on. */
  said(words: string): Promise<void> {
    return new Promise((resolve) => this.#awaited.push({ words, resolve }));
  }

  #add(index: number, text: string): void {
    const lines = ((this.#rests[index] ?? '') + text).split('\n');
    this.#rests[index] = lines.pop() ?? '';
    this.#lines.push(...lines);
    this.#awaited = this.#awaited.filter(({ words, resolve }) => {
      const isSaid = lines.some((line) => line.includes(words));
      if (isSaid) resolve();
      return !isSaid;
    });
    if (this.#lines.length > keptLines) this.#lines.splice(0, this.#lines.length - keptLines);
  }
}
