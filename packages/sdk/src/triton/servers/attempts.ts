import { AtelierError } from '../../errors/atelier-error.ts';
import { TritonError } from '../errors.ts';
import { backoffMs } from './backoff.ts';
import { chooseMember } from './choose-member.ts';
import { meaningOf } from './error-meaning.ts';
import type { Pauses } from './pauses.ts';
import type { PooledServer, PoolMember } from './pool-member.ts';
import type { PoolSettings } from './pool-settings.ts';

/** Where a call may go. */
export interface Placement {
  /** Running it twice does no harm, so it may be tried again after the connection broke. Default false. */
  readonly idempotent?: boolean;
  /** Calls with the same key go to the same server while it is in use. */
  readonly routeKey?: string;
  /** After it fired nothing is tried again, and a wait ends with its reason. */
  readonly signal?: AbortSignal;
}

interface AttemptsOptions<S extends PooledServer> {
  readonly members: readonly PoolMember<S>[];
  readonly placement: Placement;
  readonly settings: PoolSettings;
  readonly random: () => number;
  readonly pauses: Pauses;
  readonly isClosed: () => boolean;
}

/** The tries of one call: `next` says where, `failed` whether and when there is another. */
export class Attempts<S extends PooledServer> {
  readonly #options: AttemptsOptions<S>;
  readonly #tried = new Set<PoolMember<S>>();
  /** Servers on which the model is not ready. */
  readonly #lacking = new Set<PoolMember<S>>();
  #made = 0;

  constructor(options: AttemptsOptions<S>) {
    this.#options = options;
  }

  next(): PoolMember<S> {
    const { placement, random } = this.#options;
    placement.signal?.throwIfAborted();
    const chosen = chooseMember({
      members: this.#candidates(),
      tried: this.#tried,
      routeKey: placement.routeKey,
      random,
    });
    this.#tried.add(chosen);
    this.#made += 1;
    return chosen;
  }

  /** Resolves when it is time for the next try; throws the error when there is none, or the reason of the signal. */
  async failed(error: unknown, on: PoolMember<S>): Promise<void> {
    const { placement, settings, random, pauses, isClosed } = this.#options;
    const { again } = meaningOf(error);
    if (again.startsWith('elsewhere')) this.#lacking.add(on);
    const mayRun = again !== 'never' && (!again.endsWith('-if-idempotent') || placement.idempotent === true);
    const isOver = isClosed() || this.#made >= settings.attempts;
    if (!mayRun || isOver || this.#candidates().length === 0) throw this.#last(error);
    if (this.#candidates().some((member) => member.tier === 0 && !this.#tried.has(member))) return;
    const delay = backoffMs(this.#made, settings, random, retryAfterOf(error));
    if (delay === undefined) throw this.#last(error);
    await pauses.pause(delay, placement.signal);
    if (isClosed()) throw this.#last(error);
  }

  #candidates(): readonly PoolMember<S>[] {
    const { members } = this.#options;
    return this.#lacking.size === 0 ? members : members.filter((member) => !this.#lacking.has(member));
  }

  /** The same error, saying how often the call was tried. */
  #last(error: unknown): unknown {
    if (this.#made < 2 || !AtelierError.isInstance(error)) return error;
    const details = { ...error.details, attempts: this.#made };
    // `details` is read-only for its readers. A new error would lose the class or the stack.
    return Object.defineProperty(error, 'details', { value: details, enumerable: true, configurable: true });
  }
}

function retryAfterOf(error: unknown): number | undefined {
  return error instanceof TritonError ? error.retryAfterMs : undefined;
}
