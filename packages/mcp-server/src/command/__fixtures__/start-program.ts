import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../cli.ts', import.meta.url));

export interface Program {
  send(message: unknown): void;
  endInput(): void;
  kill(signal: NodeJS.Signals): void;
  /** The next line of standard output, which must be JSON. */
  nextLine(): Promise<unknown>;
  /** Waits until standard error fits, and returns the first group. Rejects where the program ends before. */
  said(words: RegExp): Promise<string>;
  stderr(): string;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Starts `atelier-mcp` from its sources. */
export function startProgram(argv: readonly string[], env: Readonly<Record<string, string>>): Program {
  const child = spawn(process.execPath, ['--conditions=atelier-source', entry, ...argv], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<Awaited<Program['ended']>>((resolve, reject) => {
    child.once('error', reject).once('close', (code, signal) => resolve({ code, signal }));
  });
  return {
    send: (message) => child.stdin.write(`${JSON.stringify(message)}\n`),
    endInput: () => child.stdin.end(),
    kill: (signal) => child.kill(signal),
    nextLine: async () => {
      const { value, done } = await lines.next();
      if (done) throw new Error(`The program ended: ${told}`);
      return JSON.parse(value);
    },
    said: (words) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const [, group] = words.exec(told) ?? [];
          if (group !== undefined) resolve(group);
        };
        child.stderr.on('data', look);
        look();
        void ended.then(() => reject(new Error(`The program ended: ${told}`)));
      }),
    stderr: () => told,
    ended,
  };
}
