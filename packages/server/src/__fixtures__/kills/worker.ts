import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WorkerOptions } from './worker-options.ts';

const program = fileURLToPath(new URL('./worker-process.ts', import.meta.url));

/** A worker in a process of its own. */
export class Worker {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Resolves once it takes jobs. */
  static async start(options: WorkerOptions): Promise<Worker> {
    const child = spawn(
      process.execPath,
      ['--conditions=atelier-source', '--disable-warning=ExperimentalWarning', program, JSON.stringify(options)],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const ended = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`The worker ended before it was ready (${code ?? signal}).`);
    });
    await Promise.race([once(child.stdout ?? child, 'data'), ended]);
    ended.catch(() => {});
    return new Worker(child);
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
