import { describe, expect, it } from 'vitest';
import { type FakeServer, fakePool, lost, unavailable, unreachable } from './__fixtures__/fake-server.ts';

const noChecks = { healthCheckMs: 0 };

/** A stream that fails on `a` after so many values, and counts to 3 elsewhere. */
function counting(fault: (server: FakeServer) => Error, after: number) {
  const ran: string[] = [];
  const closed: string[] = [];
  async function* task(server: FakeServer): AsyncGenerator<string> {
    ran.push(server.url);
    try {
      for (let value = 1; value <= 3; value += 1) {
        if (server.url === 'a' && value > after) throw fault(server);
        yield `${server.url}${value}`;
      }
    } finally {
      closed.push(server.url);
    }
  }
  return { ran, closed, task };
}

async function read(stream: AsyncIterable<string>, values: string[] = []): Promise<string[]> {
  for await (const value of stream) values.push(value);
  return values;
}

describe('ServerPool.stream', () => {
  it('is tried again elsewhere before its first value', async () => {
    const { pool } = fakePool(2, noChecks);
    const { ran, closed, task } = counting(unreachable, 0);
    expect(await read(pool.stream(task))).toEqual(['b1', 'b2', 'b3']);
    expect(ran).toEqual(['a', 'b']);
    expect(closed).toEqual(['a', 'b']);
  });

  it('is never tried again after its first value, idempotent or not', async () => {
    const { pool } = fakePool(2, noChecks);
    const { ran, task } = counting(unavailable, 1);
    const values: string[] = [];
    await expect(read(pool.stream(task, { idempotent: true }), values)).rejects.toMatchObject({
      code: 'server-unavailable',
    });
    expect(values).toEqual(['a1']);
    expect(ran).toEqual(['a']);
  });

  it('that broke before its first value is tried again only if that is safe', async () => {
    const { pool } = fakePool(2, noChecks);
    await expect(read(pool.stream(counting(lost, 0).task))).rejects.toMatchObject({ code: 'connection-lost' });
    expect(await read(pool.stream(counting(lost, 0).task, { idempotent: true }))).toEqual(['b1', 'b2', 'b3']);
  });

  it('counts as running until its end, and ends the task when the reader leaves', async () => {
    const { pool } = fakePool(2, noChecks);
    const { closed, task } = counting(lost, 3);
    for await (const value of pool.stream(task)) {
      expect(value).toBe('a1');
      expect(pool.servers[0]?.outstanding).toBe(1);
      break;
    }
    expect(closed).toEqual(['a']);
    expect(pool.servers[0]?.outstanding).toBe(0);
  });

  it('does nothing before it is read', async () => {
    const { pool } = fakePool(1, noChecks);
    const { ran, task } = counting(lost, 3);
    const stream = pool.stream(task);
    await stream.return();
    expect(ran).toEqual([]);
    expect(pool.servers[0]?.outstanding).toBe(0);
  });

  it('passes on what goes wrong when the task is ended', async () => {
    const { pool } = fakePool(1, noChecks);
    async function* task(): AsyncGenerator<number> {
      try {
        yield 1;
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: this is the fault that is tested
        throw new TypeError('a bug at the end');
      }
    }
    const reading = (async () => {
      for await (const _ of pool.stream(task)) break;
    })();
    await expect(reading).rejects.toThrow('a bug at the end');
    expect(pool.servers[0]?.outstanding).toBe(0);
  });

  it('closes the breaker with its first value, not with its end', async () => {
    const { pool, clock } = fakePool(2, { ...noChecks, breaker: { failures: 1 } });
    await read(pool.stream(counting(unreachable, 0).task));
    expect(pool.servers[0]?.state).toBe('open');
    await clock.advance(5_000);
    for await (const value of pool.stream(counting(unreachable, 3).task)) {
      if (value === 'a1') expect(pool.servers[0]).toMatchObject({ state: 'healthy', outstanding: 1 });
    }
    expect(pool.servers[0]).toMatchObject({ state: 'healthy', outstanding: 0 });
  });

  it('does not take an end without a value for a fault', async () => {
    const { pool } = fakePool(1, noChecks);
    expect(await read(pool.stream(async function* () {}))).toEqual([]);
    expect(pool.servers[0]).toMatchObject({ state: 'healthy', outstanding: 0 });
  });
});
