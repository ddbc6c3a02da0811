import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { AgentProcessOptions } from './agent-options.ts';

const program = fileURLToPath(new URL('./agent-main.ts', import.meta.url));

/** An agent in a process of its own. */
export class AgentProcess {
  /** Where it serves; `-` where it does not. */
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #lines: Interface;

  private constructor(child: ChildProcess, lines: Interface, url: string) {
    this.#child = child;
    this.#lines = lines;
    this.url = url;
  }

  /** Resolves once it takes jobs. */
  static async start(options: AgentProcessOptions): Promise<AgentProcess> {
    const child = spawn(
      process.execPath,
      ['--conditions=atelier-source', '--expose-gc', program, JSON.stringify(options)],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const lines = createInterface({ input: child.stdout });
    const ended = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`The process ended before it was ready (${code ?? signal}).`);
    });
    const [line] = await Promise.race([once(lines, 'line'), ended]);
    ended.catch(() => {});
    return new AgentProcess(child, lines, String(line).split(' ')[1] ?? '-');
  }

  /** Bytes on the heap that are in use, after a collection. */
  async heap(): Promise<number> {
    const line = once(this.#lines, 'line');
    this.#child.kill('SIGUSR2');
    return Number(String((await line)[0]).split(' ')[1]);
  }

  /** Lets other processes of this machine go first, as `nice -n 10` does. */
  yieldToOthers(): void {
    if (this.#child.pid !== undefined) setPriority(this.#child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  }

  /** Stands still, as a laptop that sleeps. */
  pause(): void {
    this.#child.kill('SIGSTOP');
  }

  goOn(): void {
    this.#child.kill('SIGCONT');
  }

  /** Without a word. Resolves when it is dead. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** As operators stop it. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    await exited;
  }
}
