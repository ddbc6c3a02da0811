import type { Ticket } from './circuit-breaker.ts';
import { meaningOf, type Verdict } from './error-meaning.ts';
import type { HealthChecks } from './health-checks.ts';
import type { PooledServer, PoolMember } from './pool-member.ts';

/** One try on one server, from its start to its end; counted once, however it ends. */
export class Visit<S extends PooledServer> {
  readonly member: PoolMember<S>;
  readonly #health: HealthChecks<S>;
  readonly #ticket: Ticket;
  #isOver = false;

  constructor(member: PoolMember<S>, health: HealthChecks<S>) {
    this.member = member;
    this.#health = health;
    this.#ticket = member.enter();
  }

  /** What is known so far. */
  judge(verdict: Verdict): void {
    this.member.judge(verdict, this.#ticket, !this.#health.isOn);
    if (verdict === 'silent' || verdict === 'refused') this.#health.ask(this.member);
  }

  end(verdict: Verdict): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.member.leave();
    this.judge(verdict);
  }

  /** Once the caller has called it off, an error says nothing about the server: aborting breaks the connection. */
  fail(error: unknown, signal: AbortSignal | undefined): void {
    const verdict = signal?.aborted ? 'nothing' : meaningOf(error).verdict;
    if (verdict === 'broken' || verdict === 'refused' || verdict === 'silent') this.member.noteFault(error);
    this.end(verdict);
  }
}
