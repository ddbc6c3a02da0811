import type { Clock } from './clock.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

/** A call's pass. Its outcome counts only while the breaker is in the period in which the call began. */
export interface Ticket {
  readonly period: number;
  readonly isTrial: boolean;
}

/**
 * Opens after so many faults in a row. After the cool-down, or as soon as the server says that it is ready, it is half
 * open: one call may try. That call's success closes it, its fault opens it again. Of the many calls that one crash ends,
 * those that come in after it opened change nothing, nor do answers to calls from before.
 */
export class CircuitBreaker {
  readonly #failures: number;
  readonly #coolDownMs: number;
  readonly #clock: Clock;
  #isOpen = false;
  #faults = 0;
  #trials = 0;
  #period = 0;
  #dueAt = 0;

  constructor(options: { readonly failures: number; readonly coolDownMs: number }, clock: Clock) {
    this.#failures = options.failures;
    this.#coolDownMs = options.coolDownMs;
    this.#clock = clock;
  }

  get state(): BreakerState {
    if (!this.#isOpen) return 'closed';
    return this.#clock.now() >= this.#dueAt ? 'half-open' : 'open';
  }

  /** When the next trial is due, on the clock. */
  get dueAt(): number {
    return this.#dueAt;
  }

  /** Whether a call may go through now. */
  get admits(): boolean {
    const { state } = this;
    return state === 'closed' || (state === 'half-open' && this.#trials === 0);
  }

  /** Every call takes one, also a call that is made although the breaker does not admit it. */
  enter(): Ticket {
    if (this.#isOpen) this.#trials += 1;
    return { period: this.#period, isTrial: this.#isOpen };
  }

  succeed(ticket: Ticket): void {
    if (ticket.period !== this.#period) return;
    this.#faults = 0;
    if (this.#isOpen) this.#begin(false);
  }

  fail(ticket: Ticket): void {
    if (ticket.period !== this.#period) return;
    this.#faults += 1;
    if (ticket.isTrial || this.#faults >= this.#failures) this.#begin(true);
  }

  /** The call ended and showed nothing: the next one may be the trial. */
  giveBack(ticket: Ticket): void {
    if (ticket.isTrial && ticket.period === this.#period) this.#trials -= 1;
  }

  /** The server says that it is ready: no need to wait any longer. */
  allowTrial(): void {
    this.#dueAt = Math.min(this.#dueAt, this.#clock.now());
  }

  #begin(isOpen: boolean): void {
    this.#isOpen = isOpen;
    this.#period += 1;
    this.#faults = 0;
    this.#trials = 0;
    this.#dueAt = this.#clock.now() + this.#coolDownMs;
  }
}
