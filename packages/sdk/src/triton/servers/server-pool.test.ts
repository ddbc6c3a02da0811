import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { settled } from './__fixtures__/fake-clock.ts';
import {
  FakeServer,
  type Fault,
  failing,
  fakePool,
  lost,
  notReady,
  rejected,
  saidUnavailable,
  timedOut,
  unavailable,
  unreachable,
} from './__fixtures__/fake-server.ts';
import { type Placement, ServerPool } from './server-pool.ts';

const noChecks = { healthCheckMs: 0 };

/** The outcome of a call, with the clock driven until there is one. */
async function outcomeOf<T>(call: Promise<T>, clock: { advance(milliseconds: number): Promise<void> }) {
  let outcome: { value: T } | { error: unknown } | undefined;
  call.then(
    (value) => {
      outcome = { value };
    },
    (error: unknown) => {
      outcome = { error };
    },
  );
  for (let turn = 0; turn < 100 && !outcome; turn += 1) await clock.advance(1_000);
  if (!outcome) throw new Error('The call neither ended nor failed.');
  return outcome;
}

describe('ServerPool', () => {
  it('refuses to be without a server', () => {
    expect(() => new ServerPool([], {})).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });

  it('shows its servers', async () => {
    const { pool, clock } = fakePool(2, noChecks);
    let finish = () => {};
    const call = pool.run(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    expect(pool.servers).toEqual([
      { url: 'a', outstanding: 1, state: 'healthy', lastFault: undefined },
      { url: 'b', outstanding: 0, state: 'healthy', lastFault: undefined },
    ]);
    finish();
    await call;
    await pool.run(failing({ a: unreachable }).task);
    await clock.advance(250);
    expect(pool.servers[0]).toEqual({
      url: 'a',
      outstanding: 0,
      state: 'healthy',
      lastFault: { code: 'server-unreachable', message: 'Nobody answers.', agoMs: 250 },
    });
  });

  it('spreads calls that run at the same time evenly', async () => {
    const { pool } = fakePool(4, noChecks, Math.random);
    const finish: (() => void)[] = [];
    const calls = Array.from({ length: 32 }, () =>
      pool.run(() => new Promise<void>((resolve) => finish.push(resolve))),
    );
    expect(pool.servers.map(({ outstanding }) => outstanding)).toEqual([8, 8, 8, 8]);
    for (const end of finish) end();
    await Promise.all(calls);
    expect(pool.servers.map(({ outstanding }) => outstanding)).toEqual([0, 0, 0, 0]);
  });

  it('spreads calls that follow each other, too', async () => {
    const { pool } = fakePool(3, noChecks, Math.random);
    const used = new Set<string>();
    for (let call = 0; call < 100; call += 1) used.add(await pool.run(async ({ url }) => url));
    expect([...used].sort()).toEqual(['a', 'b', 'c']);
  });

  describe.each<[string, Fault, Placement, boolean]>([
    ['nobody answers', unreachable, {}, true],
    ['a queue is full', unavailable, {}, true],
    ['the model is not ready there', notReady, {}, true],
    ['503 says nothing of a queue, under a call that may have run', saidUnavailable, {}, false],
    ['503 says nothing of a queue, under an idempotent call', saidUnavailable, { idempotent: true }, true],
    ['the connection broke under an idempotent call', lost, { idempotent: true }, true],
    ['the connection broke under a call that may have run', lost, {}, false],
    ['the time is up, even under an idempotent call', timedOut, { idempotent: true }, false],
    ['the request is wrong', rejected, { idempotent: true }, false],
    ['the task has a bug', () => new TypeError('a bug'), { idempotent: true }, false],
  ])('when %s', (_, fault, placement, isTriedAgain) => {
    it(isTriedAgain ? 'tries another server at once' : 'does not try again', async () => {
      const { pool, clock } = fakePool(2, noChecks);
      const { ran, task } = failing({ a: fault });
      if (isTriedAgain) await expect(pool.run(task, placement)).resolves.toBe('b');
      else await expect(pool.run(task, placement)).rejects.toThrow(fault(new FakeServer('a')).message);
      expect(ran).toEqual(isTriedAgain ? ['a', 'b'] : ['a']);
      expect(clock.pending('foreground')).toBe(0);
    });
  });

  it('throws the last error and says how many tries there were', async () => {
    const { pool, clock } = fakePool(2, noChecks);
    const { ran, task } = failing({ a: unreachable, b: unavailable });
    const outcome = await outcomeOf(pool.run(task), clock);
    expect(ran).toEqual(['a', 'b', 'a']);
    expect(outcome).toMatchObject({
      error: { code: 'server-unreachable', details: { server: 'a', attempts: 3 } },
    });
  });

  it('does not speak of tries where there was one', async () => {
    const { pool } = fakePool(1, noChecks);
    const error: unknown = await pool.run(failing({ a: rejected }).task).catch((thrown: unknown) => thrown);
    expect(error).not.toHaveProperty('details.attempts');
  });

  it('waits with full jitter, doubled, where no other healthy server is left', async () => {
    const { pool, clock } = fakePool(1, { retry: { attempts: 4 } }, () => 0.5);
    const at: number[] = [];
    const start = clock.now();
    const task = async (server: FakeServer) => {
      at.push(clock.now() - start);
      throw unreachable(server);
    };
    await outcomeOf(pool.run(task), clock);
    expect(at).toEqual([0, 50, 150, 350]);
  });

  it('waits as long as the server asks for, if that is within bounds', async () => {
    const { pool, clock } = fakePool(1, noChecks, () => 0.5);
    const start = clock.now();
    const task = async (server: FakeServer) => {
      if (clock.now() === start) throw unavailable(server, 1_500);
      return clock.now() - start;
    };
    expect(await outcomeOf(pool.run(task), clock)).toEqual({ value: 1_500 });
    const { ran, task: forever } = failing({ a: (server) => unavailable(server, 3_600_000) });
    await expect(pool.run(forever)).rejects.toMatchObject({ code: 'server-unavailable', retryAfterMs: 3_600_000 });
    expect(ran).toHaveLength(1);
  });

  it('does not ask again where the model is not ready', async () => {
    const { pool } = fakePool(2, { ...noChecks, retry: { attempts: 9 } });
    const { ran, task } = failing({ a: notReady, b: notReady });
    await expect(pool.run(task)).rejects.toMatchObject({ code: 'model-not-ready', details: { attempts: 2 } });
    expect(ran).toEqual(['a', 'b']);
  });

  it('does not go back to where the model is not ready when the other server has no room yet', async () => {
    const { pool, clock } = fakePool(2, { ...noChecks, retry: { attempts: 4 } });
    const { ran, task } = failing({ a: notReady, b: unavailable });
    expect(await outcomeOf(pool.run(task), clock)).toMatchObject({ error: { code: 'server-unavailable' } });
    expect(ran).toEqual(['a', 'b', 'b', 'b']);
  });

  it('ends a wait at once when the signal fires, and leaves nothing on it', async () => {
    const { pool, clock } = fakePool(1, noChecks, () => 0.999);
    const controller = new AbortController();
    const { ran, task } = failing({ a: unreachable });
    const call = pool.run(task, { signal: controller.signal });
    await settled();
    expect(clock.pending('foreground')).toBe(1);
    const reason = new Error('the person left');
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(ran).toHaveLength(1);
    expect(clock.pending('foreground')).toBe(0);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  it('runs nothing for a signal that has fired', async () => {
    const { pool } = fakePool(1, noChecks);
    const { ran, task } = failing({});
    await expect(pool.run(task, { signal: AbortSignal.abort('too late') })).rejects.toBe('too late');
    expect(ran).toEqual([]);
  });

  it('ends waits when it is closed, and opens again with the next call', async () => {
    const { pool, clock } = fakePool(1, {}, () => 0.999);
    const { ran, task } = failing({ a: unreachable });
    const call = pool.run(task);
    await settled();
    const ended = expect(call).rejects.toMatchObject({ code: 'server-unreachable' });
    await pool.close();
    await ended;
    expect(ran).toHaveLength(1);
    expect(clock.pending('foreground')).toBe(0);
    expect(await pool.run(async ({ url }) => url)).toBe('a');
  });
});
