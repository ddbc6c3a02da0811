import { AtelierError } from '../../errors/atelier-error.ts';
import { type BreakerState, CircuitBreaker, type Ticket } from './circuit-breaker.ts';
import type { Clock } from './clock.ts';
import type { Verdict } from './error-meaning.ts';
import type { PoolSettings } from './pool-settings.ts';

/** A server as the pool needs it. */
export interface PooledServer {
  /** Without credentials: it is shown, and decides where keys go. */
  readonly url: string;
  /** Whether it is ready for calls. Must end when the signal fires. */
  probe(signal: AbortSignal): Promise<boolean>;
}

/** The last thing that went wrong with a server. */
export interface ServerFault {
  /** The code of the error. */
  readonly code: string;
  readonly message: string;
  readonly agoMs: number;
}

/** One server as the pool sees it. */
export interface ServerState {
  readonly url: string;
  /** Calls that are running on it for this client. */
  readonly outstanding: number;
  /** `not-ready`: its last health check said so, or failed. `open`: too many faults. `half-open`: one call may try. */
  readonly state: 'healthy' | 'not-ready' | 'open' | 'half-open';
  readonly lastFault: ServerFault | undefined;
}

/** A server with what the pool knows about it. */
export class PoolMember<S extends PooledServer> {
  readonly server: S;
  readonly breaker: CircuitBreaker;
  /** False after a health check that failed or said no, until one says yes. */
  ready = true;
  outstanding = 0;
  readonly #clock: Clock;
  #refusals = 0;
  #fault: { readonly code: string; readonly message: string; readonly at: number } | undefined;

  constructor(server: S, settings: PoolSettings, clock: Clock) {
    this.server = server;
    this.breaker = new CircuitBreaker(settings, clock);
    this.#clock = clock;
  }

  /**
   * 0: in use. 1: its health check failed, but calls did not. 2: its calls fail. A higher one is used only when no server
   * has a lower one: a health check may be wrong (`--strict-readiness` and one model of many), a call that worked is not.
   */
  get tier(): 0 | 1 | 2 {
    if (!this.breaker.admits) return 2;
    return this.ready ? 0 : 1;
  }

  /**
   * Calls running, plus refusals in a row: a server that refuses has few calls running because it refuses, and would
   * attract every next one.
   */
  get load(): number {
    return this.outstanding + this.#refusals;
  }

  get state(): ServerState {
    const { server, outstanding, breaker } = this;
    const fault = this.#fault && {
      code: this.#fault.code,
      message: this.#fault.message,
      agoMs: this.#clock.now() - this.#fault.at,
    };
    return { url: server.url, outstanding, state: stateOf(breaker.state, this.ready), lastFault: fault };
  }

  enter(): Ticket {
    this.outstanding += 1;
    return this.breaker.enter();
  }

  leave(): void {
    this.outstanding -= 1;
  }

  /** Counts how a call ended. `silent` counts as a fault of a server whose trial it was: nothing shows that it is back. */
  judge(verdict: Verdict, ticket: Ticket, silenceIsFault: boolean): void {
    const isFault = verdict === 'broken' || (verdict === 'silent' && (silenceIsFault || ticket.isTrial));
    if (isFault) this.breaker.fail(ticket);
    else if (verdict === 'answered' || verdict === 'refused') this.breaker.succeed(ticket);
    else this.breaker.giveBack(ticket);
    if (verdict === 'refused') this.#refusals += 1;
    if (verdict === 'answered') this.#refusals = 0;
  }

  probed(ready: boolean): void {
    this.ready = ready;
    if (!ready) return;
    this.#refusals = 0;
    this.breaker.allowTrial();
  }

  noteFault(error: unknown): void {
    // Errors of others may hold anything; only our own are known to be fit to be shown.
    const { code, message } = AtelierError.isInstance(error) ? error : { code: 'unknown', message: 'It failed.' };
    this.#fault = { code, message, at: this.#clock.now() };
  }
}

function stateOf(breaker: BreakerState, ready: boolean): ServerState['state'] {
  if (breaker === 'open') return 'open';
  if (!ready) return 'not-ready';
  return breaker === 'closed' ? 'healthy' : 'half-open';
}
