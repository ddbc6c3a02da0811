import { AtelierError } from '../../errors/atelier-error.ts';
import { Attempts, type Placement } from './attempts.ts';
import { realSurroundings, type Surroundings } from './clock.ts';
import { HealthChecks } from './health-checks.ts';
import { Pauses } from './pauses.ts';
import { type PooledServer, PoolMember, type ServerState } from './pool-member.ts';
import { type PoolSettings, poolSettings, type ServerPoolOptions } from './pool-settings.ts';
import { Visit } from './visit.ts';

export type { Placement, PooledServer, ServerPoolOptions, ServerState };

/**
 * Several servers that host the same models, as one. A call goes to the healthy server with the least load, or to the one
 * that its key belongs to, and is tried again elsewhere when nothing was run.
 *
 * Whether a server is in use is decided by two things. Faults of the connection are the server's own: `breaker.failures`
 * of them in a row take it out, until one call that tries it again works. A timeout or a refusal (503) may just as well be
 * the caller's short patience or the full queue of one model, so the server itself is asked: a health check follows at
 * once, and what it says holds. Where health checks are off, timeouts count as faults. What the caller or the model did
 * wrong never counts.
 */
export class ServerPool<S extends PooledServer> {
  readonly #members: readonly PoolMember<S>[];
  readonly #settings: PoolSettings;
  readonly #surroundings: Surroundings;
  readonly #pauses: Pauses;
  #health: HealthChecks<S>;
  #closings = 0;

  /** Throws `invalid-input` without a server, or for an option out of its range. */
  constructor(servers: readonly S[], options: ServerPoolOptions = {}, surroundings: Surroundings = realSurroundings) {
    if (servers.length === 0) {
      throw new AtelierError({ code: 'invalid-input', message: 'No server is given.', hint: 'Give at least one URL.' });
    }
    this.#settings = poolSettings(options);
    this.#surroundings = surroundings;
    this.#members = servers.map((server) => new PoolMember(server, this.#settings, surroundings.clock));
    this.#pauses = new Pauses(surroundings.clock);
    this.#health = this.#healthChecks();
  }

  /** As it is now. */
  get servers(): readonly ServerState[] {
    return this.#members.map((member) => member.state);
  }

  /**
   * Runs the task on a server, and again on another where that is safe. Rejects with the last error, whose
   * `details.attempts` says how many tries there were, or with the signal's reason.
   */
  async run<T>(task: (server: S) => Promise<T>, placement: Placement = {}): Promise<T> {
    const attempts = this.#begin(placement);
    for (;;) {
      const visit = new Visit(attempts.next(), this.#health);
      try {
        const result = await task(visit.member.server);
        visit.end('answered');
        return result;
      } catch (error) {
        visit.fail(error, placement.signal);
        await attempts.failed(error, visit.member);
      }
    }
  }

  /** As `run`, for many values. Nothing is tried again after the first one. Ending the iteration ends the task's. */
  async *stream<T>(
    task: (server: S) => AsyncIterable<T>,
    placement: Placement = {},
  ): AsyncGenerator<T, void, undefined> {
    const attempts = this.#begin(placement);
    for (;;) {
      const visit = new Visit(attempts.next(), this.#health);
      let hasBegun = false;
      try {
        for await (const value of task(visit.member.server)) {
          // The server works: a trial need not wait for the end of the stream.
          if (!hasBegun) visit.judge('answered');
          hasBegun = true;
          yield value;
        }
        visit.end('answered');
        return;
      } catch (error) {
        visit.fail(error, placement.signal);
        if (hasBegun) throw error;
        await attempts.failed(error, visit.member);
      } finally {
        // The consumer left early, if it has not ended yet.
        visit.end('nothing');
      }
    }
  }

  /**
   * Stops the health checks, and ends waits for another try with the error that they wait after. Calls that are running are
   * the servers' own to end. The next call opens the pool again.
   */
  async close(): Promise<void> {
    this.#closings += 1;
    const health = this.#health;
    this.#health = this.#healthChecks();
    this.#pauses.endAll();
    await health.stop();
  }

  #begin(placement: Placement): Attempts<S> {
    this.#health.start();
    const closings = this.#closings;
    return new Attempts({
      members: this.#members,
      placement,
      settings: this.#settings,
      random: this.#surroundings.random,
      pauses: this.#pauses,
      isClosed: () => this.#closings !== closings,
    });
  }

  #healthChecks(): HealthChecks<S> {
    return new HealthChecks(this.#members, this.#settings.healthCheckMs, this.#surroundings.clock);
  }
}
