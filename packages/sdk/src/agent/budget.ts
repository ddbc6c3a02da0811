import { AtelierError } from '../errors/atelier-error.ts';
import { unlessAborted } from '../image/abort.ts';
import type { RunPort } from './run-port.ts';

/** Seconds, where a run names no limit. */
export const defaultSeconds = 900;
/** Calls of the brain, where a run names no limit. */
export const defaultSteps = 40;

/** Node's timers hold no more. Milliseconds. */
const longestTimer = 2 ** 31 - 1;

/** What is recorded of a step: its value, or that the time ran out while it was at work; and how long it was. */
type Spent<Value> = { readonly value: Value; readonly ms: number } | { readonly expired: true; readonly ms: number };

/**
 * The time that the steps of a run may take together. It is measured inside them and recorded with them, and so is its end: a
 * replay ends where the run ended, and neither waits for people nor the time a process was dead count.
 */
export class Budget {
  readonly #port: RunPort;
  readonly #seconds: number;
  readonly #signal: AbortSignal | undefined;
  readonly #stepSeconds: number | undefined;
  #spent = 0;
  #expired = false;

  constructor(port: RunPort, seconds: number, signal: AbortSignal | undefined, stepSeconds?: number) {
    this.#port = port;
    this.#seconds = seconds;
    this.#stepSeconds = stepSeconds;
    this.#signal = signal;
  }

  get isOver(): boolean {
    return this.#expired || this.#left <= 0;
  }

  get error(): AtelierError {
    return new AtelierError({
      code: 'budget-exceeded',
      message: `The run took longer than the ${this.#seconds} seconds it may take.`,
      hint: 'Ask for less at once, or raise maxSeconds. Edits made before stay made.',
      details: { maxSeconds: this.#seconds },
    });
  }

  /** Runs a recorded step. Throws `budget-exceeded` where the time runs out, and what `work` or the port throws. */
  async step<Value>(id: string, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    if (this.isOver) throw this.error;
    const spent = await this.#port.step(id, () => this.#measured(work));
    this.#spent += spent.ms;
    if ('value' in spent) return spent.value;
    this.#expired = true;
    throw this.error;
  }

  get #left(): number {
    return this.#seconds * 1000 - this.#spent;
  }

  async #measured<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Spent<Value>> {
    const timeUp = new AbortController();
    const stepUp = new AbortController();
    const timers = [
      after(this.#left, () => timeUp.abort()),
      after((this.#stepSeconds ?? Number.POSITIVE_INFINITY) * 1000, () => stepUp.abort()),
    ];
    const signal = AbortSignal.any([...(this.#signal ? [this.#signal] : []), timeUp.signal, stepUp.signal]);
    const began = performance.now();
    const ms = () => Math.round(performance.now() - began);
    try {
      return { value: await unlessAborted(work(signal), signal), ms: ms() };
    } catch (error) {
      if (this.#signal?.aborted) throw error;
      if (timeUp.signal.aborted) return { expired: true, ms: ms() };
      throw stepUp.signal.aborted ? stepTooLong(this.#stepSeconds) : error;
    } finally {
      for (const timer of timers) clearTimeout(timer);
    }
  }
}

const after = (milliseconds: number, work: () => void) =>
  milliseconds > longestTimer ? undefined : setTimeout(work, milliseconds);

/** Not recorded: another try may be quicker. */
const stepTooLong = (seconds: number | undefined): AtelierError =>
  new AtelierError({
    code: 'timed-out',
    message: `A step took longer than the ${seconds} seconds it may take.`,
    hint: 'What it waited for may be busy; try again, or raise maxStepSeconds.',
    isRetryable: true,
    details: { maxStepSeconds: seconds },
  });
