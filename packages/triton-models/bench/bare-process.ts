import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ModelName } from './scenario.ts';
import { type Tensors, tensorsAsJson } from './tensors.ts';
import type { Timing } from './timing.ts';

/** `bare`: what model.py does; `plain`: as the documentation of transformers and diffusers shows it. */
export type Way = 'bare' | 'plain';

export interface PythonMachine {
  readonly torch: string;
  /** `cpu`, or the name of the GPU. */
  readonly device: string;
  readonly precision: string;
  readonly threads: number;
}

export interface Turn {
  readonly timings: readonly Timing[];
  /** The most memory that it has had: of the GPU, as torch took it, or of the process. */
  readonly peakBytes: number;
}

export interface BareOptions {
  readonly python: string;
  /** The environment of the server: the settings are in it. */
  readonly env: Readonly<Record<string, string>>;
  /** Parameters of the model's config, as text. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** A model in a Python process of its own, without Triton (`atelier_models/bench/bare.py`). */
export class BareProcess {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #what: string;

  private constructor(model: ModelName, way: Way, { python, env, parameters, signal }: BareOptions) {
    this.#what = `${model}, ${way}`;
    const args = ['-m', 'atelier_models.bench.bare', model, '--way', way, '--parameters', JSON.stringify(parameters)];
    this.#child = spawn(python, args, {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', TQDM_DISABLE: '1', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
      signal,
      killSignal: 'SIGKILL',
    });
    // Aborted, not to be started or ended already: told by its missing answer.
    this.#child.on('error', () => {});
    this.#child.stdin?.on('error', () => {});
    if (!this.#child.stdout) throw new Error('The child process has no stdout.');
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Starts it and waits until it is warm. */
  static async start(
    model: ModelName,
    way: Way,
    options: BareOptions,
  ): Promise<{ process: BareProcess; machine: PythonMachine }> {
    const started = new BareProcess(model, way, options);
    // The two ends of the pipe are written together.
    return { process: started, machine: (await started.#answer()) as PythonMachine };
  }

  /** Answers the requests one after the other, or `together` in one batch, and times each. */
  async run(requests: readonly Tensors[], together = 1): Promise<Turn> {
    this.#child.stdin?.write(`${JSON.stringify({ requests: requests.map(tensorsAsJson), together })}\n`);
    return (await this.#answer()) as Turn;
  }

  /** Ends the process, by its own id if it does not end by itself. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.stdin?.end();
    const giveUp = setTimeout(() => this.#child.kill('SIGKILL'), 5_000);
    await gone;
    clearTimeout(giveUp);
  }

  async #answer(): Promise<unknown> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.#what}: the process ended; its last words are above.`);
    const answer: unknown = JSON.parse(value);
    if (typeof answer === 'object' && answer !== null && 'error' in answer) {
      throw new Error(`${this.#what}: ${String(answer.error)}`);
    }
    return answer;
  }
}
