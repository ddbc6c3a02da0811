import { createInterface } from 'node:readline';
import { type Answer, readAnswer } from './answer.ts';
import { type ServerProcess, type StartOptions, startProcess } from './server-process.ts';

/** A host that can say anything, byte for byte. */
export interface StdioHost extends ServerProcess {
  /** Lines that the server wrote, in order. */
  readonly lines: readonly string[];
  send(bytes: string | Uint8Array): Promise<void>;
  request(
    method: string,
    params?: object,
    options?: { readonly withinMs?: number; readonly id?: string },
  ): Promise<Answer>;
  call(tool: string, input: object): Promise<Answer>;
  /** Lines on standard output that are no JSON-RPC: there must be none. */
  strayLines(): string[];
}

export const greeting = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'attacker', version: '1.0.0' },
} as const;

const patienceMs = 20_000;

/** Starts the server and greets it, as hosts of 2025 do. */
export async function stdioHost(options: StartOptions = {}): Promise<StdioHost> {
  const server = await startProcess(options);
  const lines: string[] = [];
  const waiting = new Map<string, (answer: Answer) => void>();
  createInterface({ input: server.child.stdout }).on('line', (line) => {
    lines.push(line);
    const message = parsed(line);
    const id = typeof message?.id === 'string' ? message.id : '';
    if (message && !('method' in message)) waiting.get(id)?.(readAnswer(message));
  });
  let count = 0;
  const host: StdioHost = {
    ...server,
    lines,
    send: (bytes) =>
      new Promise((resolve) => {
        server.child.stdin.write(bytes, () => resolve());
      }),
    request(method, params = {}, { withinMs = patienceMs, id = `ours-${count++}` } = {}) {
      return new Promise((resolve, reject) => {
        const late = setTimeout(
          () => reject(new Error(`${method} was not answered: ${server.written('stderr').slice(-500)}`)),
          withinMs,
        );
        waiting.set(id, (answer) => {
          clearTimeout(late);
          waiting.delete(id);
          resolve(answer);
        });
        void host.send(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
      });
    },
    call: (name, input) => host.request('tools/call', { name, arguments: input }),
    strayLines: () => lines.filter((line) => parsed(line)?.jsonrpc !== '2.0'),
  };
  await host.request('initialize', greeting);
  await host.send(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
  return host;
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    return { ...JSON.parse(line) };
  } catch {
    return undefined;
  }
}
