import { AtelierError } from '../../errors/atelier-error.ts';
import { TimedOutError } from '../errors.ts';
import type { Clock } from './clock.ts';
import type { PooledServer, PoolMember } from './pool-member.ts';

/** A server that takes longer to say that it is ready is not. */
const longestProbeMs = 5_000;

interface Rhythm {
  cancelTimer: () => void;
  controller?: AbortController;
  /** Asked out of turn since the last regular check: once is enough. */
  askedEarly: boolean;
}

/**
 * Asks every server from time to time whether it is ready; each in a rhythm of its own, so that one that hangs does not
 * hold up the others, and never twice at once. Nothing happens before `start`, nor where there is one server only.
 */
export class HealthChecks<S extends PooledServer> {
  readonly isOn: boolean;
  readonly #members: readonly PoolMember<S>[];
  readonly #everyMs: number;
  readonly #clock: Clock;
  readonly #rhythms = new Map<PoolMember<S>, Rhythm>();
  readonly #running = new Set<Promise<void>>();
  #stopped = false;

  constructor(members: readonly PoolMember<S>[], everyMs: number, clock: Clock) {
    this.isOn = members.length > 1 && everyMs > 0;
    this.#members = members;
    this.#everyMs = everyMs;
    this.#clock = clock;
  }

  start(): void {
    if (!this.isOn || this.#stopped || this.#rhythms.size > 0) return;
    for (const member of this.#members) {
      const rhythm: Rhythm = { cancelTimer: () => {}, askedEarly: false };
      this.#rhythms.set(member, rhythm);
      this.#schedule(member, rhythm);
    }
  }

  /** A call gave reason to doubt: the server is asked now instead of at its next turn. */
  ask(member: PoolMember<S>): void {
    const rhythm = this.#rhythms.get(member);
    if (!rhythm || rhythm.askedEarly || rhythm.controller || this.#stopped) return;
    rhythm.cancelTimer();
    this.#begin(member, rhythm);
    rhythm.askedEarly = true;
  }

  /** Resolves when no check is running any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { cancelTimer, controller } of this.#rhythms.values()) {
      cancelTimer();
      controller?.abort();
    }
    await Promise.all(this.#running);
  }

  #schedule(member: PoolMember<S>, rhythm: Rhythm): void {
    const check = () => {
      rhythm.askedEarly = false;
      this.#begin(member, rhythm);
    };
    rhythm.cancelTimer = this.#clock.after(this.#everyMs, check, 'background');
  }

  #begin(member: PoolMember<S>, rhythm: Rhythm): void {
    const running = this.#check(member, rhythm).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #check(member: PoolMember<S>, rhythm: Rhythm): Promise<void> {
    const controller = new AbortController();
    rhythm.controller = controller;
    const giveUp = () => {
      const error = new TimedOutError({ message: 'The health check got no answer.', server: member.server.url });
      // At once, whether or not the probe heeds its signal.
      this.#failed(member, error);
      controller.abort(error);
    };
    const cancelLimit = this.#clock.after(Math.min(this.#everyMs, longestProbeMs), giveUp, 'background');
    try {
      const ready = await member.server.probe(controller.signal);
      if (!controller.signal.aborted) member.probed(ready);
    } catch (error) {
      if (controller.signal.aborted) return;
      // Who may not ask is not told whether it is ready; it answers, which has to do.
      if (AtelierError.isInstance(error) && error.code === 'access-denied') member.probed(true);
      else this.#failed(member, error);
    } finally {
      cancelLimit();
      rhythm.controller = undefined;
      if (!this.#stopped) this.#schedule(member, rhythm);
    }
  }

  #failed(member: PoolMember<S>, error: unknown): void {
    member.probed(false);
    member.noteFault(error);
  }
}
