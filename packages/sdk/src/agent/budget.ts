import { AtelierError } from '../errors/atelier-error.ts';
import type { RunPort } from './run-port.ts';

/** Seconds, where a run names no limit. */
export const defaultSeconds = 900;
/** Calls of the brain, where a run names no limit. */
export const defaultSteps = 40;

/**
 * The time a run may take. Between steps the port's clock decides, so that a replay decides the same; a step at work is
 * stopped by this process's own. Waiting for people does not count.
 */
export class Budget {
  readonly #port: RunPort;
  readonly #seconds: number;
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #began = 0;
  #waited = 0;
  #over = false;

  constructor(port: RunPort, seconds: number) {
    this.#port = port;
    this.#seconds = seconds;
  }

  /** Fires when the time is up. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get isOver(): boolean {
    return this.#over;
  }

  async start(): Promise<void> {
    this.#began = await this.#port.now();
    this.#arm(this.#seconds * 1000);
  }

  /** Asked between steps. */
  async check(): Promise<boolean> {
    this.#over ||= (await this.#left()) <= 0;
    return this.#over;
  }

  /** Leaves a wait for a person out of the count. */
  async waiting(wait: Promise<unknown>): Promise<void> {
    clearTimeout(this.#timer);
    const from = await this.#port.now();
    await wait.catch(() => {});
    this.#waited += (await this.#port.now()) - from;
    this.#arm(await this.#left());
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  get error(): AtelierError {
    return new AtelierError({
      code: 'budget-exceeded',
      message: `The run took longer than the ${this.#seconds} seconds it may take.`,
      hint: 'Ask for less at once, or raise maxSeconds. Edits made before stay made.',
      details: { maxSeconds: this.#seconds },
    });
  }

  async #left(): Promise<number> {
    return this.#began + this.#waited + this.#seconds * 1000 - (await this.#port.now());
  }

  #arm(milliseconds: number): void {
    // Node's timers hold no more than 2^31 ms; longer ones are decided between steps.
    if (milliseconds > 2 ** 31 - 1) return;
    this.#timer = setTimeout(
      () => {
        this.#over = true;
        this.#stop.abort(this.error);
      },
      Math.max(0, milliseconds),
    );
    this.#timer.unref();
  }
}
