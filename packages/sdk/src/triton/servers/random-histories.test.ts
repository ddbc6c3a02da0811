import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { settled } from './__fixtures__/fake-clock.ts';
import {
  type FakeServer,
  fakePool,
  lost,
  notReady,
  rejected,
  timedOut,
  unavailable,
  unreachable,
} from './__fixtures__/fake-server.ts';

const faults = { unreachable, lost, timedOut, unavailable, notReady, rejected, bug: () => new TypeError('a bug') };
const nothingRan = new Set<string>(['unreachable', 'unavailable', 'notReady']);
const attempts = 4;

/** One task that is running on one server until the history ends it. */
interface Running {
  readonly call: Call;
  readonly server: FakeServer;
  succeed(): void;
  fail(error: unknown): void;
  /** Only of streams: one more value. */
  give?(): void;
}

interface Call {
  readonly idempotent: boolean;
  readonly controller: AbortController;
  tries: number;
  /** What its last try ended with. */
  fault?: string;
  hasValues: boolean;
  outcome?: 'done' | 'failed';
  error?: unknown;
}

const step = fc.oneof(
  fc.record({
    kind: fc.constant('run' as const),
    idempotent: fc.boolean(),
    routeKey: fc.option(fc.constantFrom('x', 'y', 'z'), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('stream' as const),
    idempotent: fc.boolean(),
    routeKey: fc.constant(undefined),
    leaveAfter: fc.nat(3),
  }),
  fc.record({ kind: fc.constant('succeed' as const), which: fc.nat(50) }),
  fc.record({ kind: fc.constant('give' as const), which: fc.nat(50) }),
  fc.record({
    kind: fc.constant('fail' as const),
    which: fc.nat(50),
    fault: fc.constantFrom(...(Object.keys(faults) as (keyof typeof faults)[])),
  }),
  fc.record({ kind: fc.constant('abort' as const), which: fc.nat(50) }),
  fc.record({ kind: fc.constant('advance' as const), milliseconds: fc.nat(4_000) }),
  fc.record({
    kind: fc.constant('health' as const),
    which: fc.nat(2),
    health: fc.constantFrom('ready' as const, 'not-ready' as const, 'unreachable' as const, 'hangs' as const),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Plays a history on a pool, and is the second opinion on what is running where. */
class Theatre {
  readonly #fake;
  readonly calls: Call[] = [];
  readonly running = new Set<Running>();

  constructor(count: number, random: () => number) {
    this.#fake = fakePool(count, { retry: { attempts }, healthCheckMs: 1_000 }, random);
  }

  async play(step: Step): Promise<void> {
    if (step.kind === 'run' || step.kind === 'stream') this.#start(step);
    else if (step.kind === 'advance') await this.#fake.clock.advance(step.milliseconds);
    else if (step.kind === 'health') {
      const server = this.#fake.servers[step.which % this.#fake.servers.length];
      if (server) server.health = step.health;
    } else if (step.kind === 'abort') this.#abort(this.calls[step.which % Math.max(1, this.calls.length)]);
    else this.#end(step);
    await settled();
    this.check();
  }

  check(): void {
    const counted = this.#fake.servers.map(
      (server) => [...this.running].filter((task) => task.server === server).length,
    );
    expect(this.#fake.pool.servers.map(({ outstanding }) => outstanding)).toEqual(counted);
  }

  /** Every call ends, whatever happened before; nothing is left over. */
  async finish(): Promise<void> {
    for (let turn = 0; turn < 200 && this.calls.some(({ outcome }) => !outcome); turn += 1) {
      for (const task of [...this.running]) task.succeed();
      await this.#fake.clock.advance(500);
    }
    expect(this.calls.filter(({ outcome }) => !outcome)).toEqual([]);
    for (const { error } of this.calls) if (error instanceof Error && error.name === 'AssertionError') throw error;
    await this.#fake.pool.close();
    this.check();
    expect(this.#fake.pool.servers.map(({ outstanding }) => outstanding)).toEqual(this.#fake.servers.map(() => 0));
    expect(this.#fake.servers.map(({ probesRunning }) => probesRunning)).toEqual(this.#fake.servers.map(() => 0));
    expect(Math.max(...this.#fake.servers.map(({ mostProbesAtOnce }) => mostProbesAtOnce))).toBeLessThanOrEqual(1);
    expect([this.#fake.clock.pending('foreground'), this.#fake.clock.pending('background')]).toEqual([0, 0]);
    for (const { controller } of this.calls) expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  }

  #start(step: Extract<Step, { kind: 'run' | 'stream' }>): void {
    const controller = new AbortController();
    const call: Call = { idempotent: step.idempotent, controller, tries: 0, hasValues: false };
    this.calls.push(call);
    const placement = { idempotent: step.idempotent, routeKey: step.routeKey, signal: controller.signal };
    const ending =
      step.kind === 'run'
        ? this.#fake.pool.run((server) => this.#run(call, server), placement)
        : this.#read(call, step.leaveAfter, placement);
    ending.then(
      () => {
        call.outcome = 'done';
      },
      (error: unknown) => {
        call.outcome = 'failed';
        call.error = error;
      },
    );
  }

  async #read(call: Call, leaveAfter: number, placement: object): Promise<void> {
    let read = 0;
    for await (const _ of this.#fake.pool.stream((server) => this.#values(call, server), placement)) {
      read += 1;
      if (read > leaveAfter) return;
    }
  }

  /** The rules of retries, seen from the task. */
  #mayTry(call: Call): void {
    expect(call.controller.signal.aborted).toBe(false);
    expect(call.hasValues).toBe(false);
    if (call.tries > 0)
      expect(nothingRan.has(call.fault ?? '') || (call.fault === 'lost' && call.idempotent)).toBe(true);
    call.tries += 1;
    expect(call.tries).toBeLessThanOrEqual(attempts);
  }

  #run(call: Call, server: FakeServer): Promise<void> {
    this.#mayTry(call);
    return new Promise((resolve, reject) => {
      const task: Running = {
        call,
        server,
        succeed: () => this.running.delete(task) && resolve(),
        fail: (error) => this.running.delete(task) && reject(error),
      };
      this.running.add(task);
    });
  }

  /** An iterator by hand: what ends it, and when, is up to the history. */
  #values(call: Call, server: FakeServer): AsyncIterable<number> {
    this.#mayTry(call);
    let left = 0;
    let ended: { error?: unknown } | undefined;
    let wake = () => {};
    const task: Running = {
      call,
      server,
      give: () => {
        left += 1;
        call.hasValues = true;
        wake();
      },
      succeed: () => end({}),
      fail: (error) => end({ error }),
    };
    const end = (how: { error?: unknown }) => {
      ended ??= how;
      wake();
    };
    this.running.add(task);
    const next = async (): Promise<IteratorResult<number>> => {
      for (;;) {
        if (left > 0) {
          left -= 1;
          return { done: false, value: left };
        }
        if (ended) {
          this.running.delete(task);
          if ('error' in ended) throw ended.error;
          return { done: true, value: undefined };
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    };
    const leave = async (): Promise<IteratorResult<number>> => {
      this.running.delete(task);
      return { done: true, value: undefined };
    };
    return { [Symbol.asyncIterator]: () => ({ next, return: leave }) };
  }

  #end(step: Extract<Step, { kind: 'succeed' | 'give' | 'fail' }>): void {
    const tasks = [...this.running];
    const task = tasks[step.which % Math.max(1, tasks.length)];
    if (!task) return;
    if (step.kind === 'succeed') task.succeed();
    else if (step.kind === 'give') task.give?.();
    else {
      task.call.fault = step.fault;
      task.fail(faults[step.fault](task.server));
    }
  }

  /** As a transport does: the call that is running is broken off with the reason. */
  #abort(call: Call | undefined): void {
    if (!call) return;
    call.controller.abort(new DOMException('The person left.', 'AbortError'));
    for (const task of [...this.running]) if (task.call === call) task.fail(call.controller.signal.reason);
  }
}

it('keeps its counts and its rules in every history', async () => {
  let tried = 0;
  const check = fc.asyncProperty(
    fc.integer({ min: 1, max: 3 }),
    fc.array(step, { maxLength: 60, size: 'max' }),
    fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
    async (count, steps, chances) => {
      const theatre = new Theatre(count, () => chances.next().value);
      for (const next of steps) await theatre.play(next);
      await theatre.finish();
      tried += theatre.calls.filter(({ tries }) => tries > 1).length;
    },
  );
  await fc.assert(check, { numRuns: 300 });
  // The histories are worth something only if calls are tried again in them.
  expect(tried).toBeGreaterThan(100);
});
