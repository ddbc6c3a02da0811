import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { fromSources } from './command-line.ts';

const messageSchema = z.looseObject({ jsonrpc: z.literal('2.0'), id: z.union([z.number(), z.null()]).optional() });
export type Message = z.infer<typeof messageSchema>;

export interface RawStdioOptions {
  readonly parameters?: readonly string[];
  /** What Node runs. Default: the sources. */
  readonly command?: readonly string[];
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[];
}

/** The command, with both of its streams as they are. */
export function rawStdio({ parameters = [], nodeOptions = [], command = fromSources }: RawStdioOptions = {}) {
  const child = spawn(process.execPath, [...nodeOptions, ...command, ...parameters], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const [lines, noise]: [string[], string[]] = [[], []];
  const waiting = new Map<number, (message: Message) => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    const parsed = messageSchema.safeParse(asJson(line));
    if (parsed.success && typeof parsed.data.id === 'number') waiting.get(parsed.data.id)?.(parsed.data);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => noise.push(text));
  child.stdin.on('error', () => {});
  const ended = once(child, 'close');
  let last = 0;
  return {
    /** Every line of stdout. */
    lines,
    errors: () => noise.join(''),
    write: (line: string) => child.stdin.write(`${line}\n`),
    notify: (method: string) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method })}\n`),
    /** Resolves with the answer; rejects where the process ends before it. */
    request(method: string, params: object = {}): Promise<Message> {
      last += 1;
      const id = last;
      const answer = new Promise<Message>((resolve) => waiting.set(id, resolve));
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
      const gone = ended.then(() =>
        Promise.reject(new Error(`It ended before it answered ${method}: ${noise.join('')}`)),
      );
      return Promise.race([answer, gone]);
    },
    initialize() {
      const clientInfo = { name: 'raw', version: '1.0.0' };
      return this.request('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo });
    },
    signal: (signal: NodeJS.Signals) => child.kill(signal),
    ended,
    async close() {
      child.stdin.end();
      const hurry = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(hurry);
      return child.exitCode;
    },
  };
}

/** Undefined for what is no message of the protocol. */
export const asMessage = (line: string): Message | undefined => messageSchema.safeParse(asJson(line)).data;

function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
