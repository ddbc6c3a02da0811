import { describe, expect, it } from 'vitest';
import {
  FakeServer,
  type Fault,
  failing,
  fakePool,
  lost,
  notReady,
  rejected,
  timedOut,
  unavailable,
  unreachable,
} from './__fixtures__/fake-server.ts';

const noChecks = { healthCheckMs: 0 };

describe('the breakers of a ServerPool', () => {
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
    const { pool, servers, clock } = fakePool(2, { healthCheckMs: 60_000, breaker: { failures: 1 } });
    await pool.run(failing({ a: unreachable }).task);
    await clock.advance(5_000);
    expect(pool.servers[0]?.state).toBe('half-open');
    // A health check follows at once; were it to find the server ready, another call might try.
    if (servers[0]) servers[0].health = 'hangs';
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
});
