import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { settled } from './__fixtures__/fake-clock.ts';
import {
  FakeServer,
  fakePool,
  lost,
  notReady,
  rejected,
  timedOut,
  unavailable,
  unreachable,
} from './__fixtures__/fake-server.ts';
import { type Placement, ServerPool } from './server-pool.ts';

type Fault = (server: FakeServer) => Error;

const noChecks = { healthCheckMs: 0 };

/** A task that fails on some servers and notes where it ran. */
function failing(faults: Readonly<Record<string, Fault>>) {
  const ran: string[] = [];
  const task = async (server: FakeServer): Promise<string> => {
    ran.push(server.url);
    const fault = faults[server.url];
    if (fault) throw fault(server);
    return server.url;
  };
  return { ran, task };
}

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

  it('takes a server out after faults in a row and lets one call try it later', async () => {
    const { pool, clock } = fakePool(2, noChecks);
    const { ran, task } = failing({ a: unreachable });
    for (let call = 0; call < 6; call += 1) await pool.run(task);
    expect(ran.filter((url) => url === 'a')).toHaveLength(3);
    expect(pool.servers.map(({ state }) => state)).toEqual(['open', 'healthy']);
    await clock.advance(5_000);
    expect(pool.servers[0]?.state).toBe('half-open');
    const finish: (() => void)[] = [];
    const where: string[] = [];
    const calls = Array.from({ length: 9 }, () =>
      pool.run(({ url }) => {
        where.push(url);
        return new Promise<void>((resolve) => finish.push(resolve));
      }),
    );
    expect(where.filter((url) => url === 'a')).toHaveLength(1);
    for (const end of finish) end();
    await Promise.all(calls);
    expect(pool.servers.map(({ state }) => state)).toEqual(['healthy', 'healthy']);
  });

  it.each<[string, Fault]>([
    ['what the caller did wrong', rejected],
    ['full queues', unavailable],
    ['bugs of the task', () => new TypeError('a bug')],
    ['models that are not ready', notReady],
  ])('does not count %s', async (_, fault) => {
    const { pool } = fakePool(1, { retry: { attempts: 1 } });
    for (let call = 0; call < 20; call += 1) await pool.run(failing({ a: fault }).task).catch(() => {});
    expect(pool.servers[0]?.state).toBe('healthy');
  });

  it('counts timeouts where no health check can tell a slow model from a dead server', async () => {
    const patient = fakePool(2, { healthCheckMs: 60_000, retry: { attempts: 1 } });
    const blind = fakePool(2, { ...noChecks, retry: { attempts: 1 } });
    for (const { pool } of [patient, blind]) {
      for (let call = 0; call < 20; call += 1) await pool.run(failing({ a: timedOut }).task).catch(() => {});
    }
    expect(patient.pool.servers[0]?.state).toBe('healthy');
    expect(blind.pool.servers[0]?.state).toBe('open');
    await patient.pool.close();
  });

  it('takes a trial that gets no answer for a fault', async () => {
    const { pool, clock } = fakePool(2, { healthCheckMs: 60_000, breaker: { failures: 1 } });
    await pool.run(failing({ a: unreachable }).task);
    await clock.advance(5_000);
    expect(pool.servers[0]?.state).toBe('half-open');
    await expect(pool.run(failing({ a: timedOut }).task)).rejects.toMatchObject({ code: 'timed-out' });
    expect(pool.servers[0]?.state).toBe('open');
    await pool.close();
  });

  it('hands the trial back when the caller was wrong or left', async () => {
    const { pool, clock } = fakePool(2, { ...noChecks, breaker: { failures: 1 } });
    await pool.run(failing({ a: unreachable }).task);
    await clock.advance(5_000);
    const controller = new AbortController();
    const call = pool.run(
      () =>
        new Promise((_, reject) =>
          controller.signal.addEventListener('abort', () => reject(lost(new FakeServer('a')))),
        ),
      { signal: controller.signal },
    );
    expect(pool.servers[0]?.outstanding).toBe(1);
    controller.abort();
    await expect(call).rejects.toThrow();
    expect(pool.servers[0]).toMatchObject({ state: 'half-open', outstanding: 0 });
    expect(await pool.run(async ({ url }) => url)).toBe('a');
  });

  it('still tries when every server is out, each in turn, and notices the first that is back', async () => {
    const { pool, clock } = fakePool(3, { ...noChecks, retry: { attempts: 1 }, breaker: { coolDownMs: 60_000 } });
    const { ran, task } = failing({ a: unreachable, b: unreachable, c: unreachable });
    for (let call = 0; call < 9; call += 1) {
      await clock.advance(1);
      await pool.run(task).catch(() => {});
    }
    expect(pool.servers.map(({ state }) => state)).toEqual(['open', 'open', 'open']);
    ran.length = 0;
    for (let call = 0; call < 6; call += 1) {
      await clock.advance(1);
      await pool.run(task).catch(() => {});
    }
    expect(ran.slice(3)).toEqual(ran.slice(0, 3));
    expect(ran.slice(0, 3).sort()).toEqual(['a', 'b', 'c']);
    const back = failing({ a: unreachable, b: unreachable });
    const outcomes: unknown[] = [];
    for (let call = 0; call < 4; call += 1) {
      await clock.advance(1);
      outcomes.push(await pool.run(back.task).catch(() => undefined));
    }
    expect(outcomes).toContain('c');
    expect(await pool.run(back.task)).toBe('c');
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
