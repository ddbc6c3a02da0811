import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { LaunchedTriton } from '../../../src/triton/launch/launch-triton.ts';
import type { Payload } from '../payloads.ts';
import type { ClientName, Command, TurnResult } from '../protocol.ts';

/** One client in a process of its own: no client pays for another one's garbage or interpreter lock. */
export class ClientProcess {
  readonly name: ClientName;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(name: ClientName, server: LaunchedTriton, python: string, signal: AbortSignal) {
    this.name = name;
    const [command, args] = commandOf(name, server, python);
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], signal, killSignal: 'SIGKILL' });
    // Aborted, or not to be started: told by its missing answer.
    this.#child.on('error', () => {});
    // A child that has ended already is told by its missing answer, not by a broken pipe.
    this.#child.stdin?.on('error', () => {});
    if (!this.#child.stdout) throw new Error('The child process has no stdout.');
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async load(payload: Payload): Promise<void> {
    await this.#ask({ do: 'load', payload });
  }

  async turn(calls: number, inFlight: number, warmUp: number): Promise<TurnResult> {
    // The two ends of the pipe are written together; a wrong answer would show in the first figure.
    return (await this.#ask({ do: 'turn', calls, inFlight, warmUp })) as TurnResult;
  }

  /** Ends the process, by its own id, if it does not end by itself. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.stdin?.end();
    const giveUp = setTimeout(() => this.#child.kill('SIGKILL'), 3_000);
    await gone;
    clearTimeout(giveUp);
  }

  async #ask(command: Command): Promise<unknown> {
    this.#child.stdin?.write(`${JSON.stringify(command)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`The process of ${this.name} ended.`);
    const answer: unknown = JSON.parse(value);
    if (typeof answer === 'object' && answer !== null && 'error' in answer) {
      throw new Error(`${this.name}: ${String(answer.error)}`);
    }
    return answer;
  }
}

function commandOf(name: ClientName, server: LaunchedTriton, python: string): [string, string[]] {
  const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
  switch (name) {
    case 'python-http':
      return [python, [here('./python_client.py'), 'http', new URL(server.url).host]];
    case 'python-grpc':
      return [python, [here('./python_client.py'), 'grpc', new URL(server.grpcUrl).host]];
    default:
      return [process.execPath, [...process.execArgv, here('./node-client.ts'), name, server.url, server.grpcUrl]];
  }
}
