import { describe, expect, it } from 'vitest';
import { createLine } from './line.ts';

function work() {
  const order: string[] = [];
  const ends = new Map<string, () => void>();
  const start = (name: string) => () => {
    order.push(name);
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
  };
  return { order, start, end: (name: string) => ends.get(name)?.() };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a line', () => {
  it('lets in a few at once, in order, and sends the rest away', async () => {
    const line = createLine({ atOnce: 2, waiting: 2 });
    const { order, start, end } = work();
    const done = ['a', 'b', 'c', 'd'].map((name) => line.run(start(name), undefined));
    await expect(line.run(start('e'), undefined)).rejects.toMatchObject({
      code: 'server-unavailable',
      isRetryable: true,
      details: { retryAfterSeconds: expect.any(Number) },
    });
    await settled();
    expect(order).toEqual(['a', 'b']);
    end('b');
    await settled();
    expect(order).toEqual(['a', 'b', 'c']);
    end('c');
    end('a');
    await settled();
    end('d');
    expect(await Promise.all(done)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('goes on after failures and after those who left', async () => {
    const line = createLine({ atOnce: 1, waiting: 5 });
    const { order, start, end } = work();
    const leaving = new AbortController();
    const first = line.run(start('a'), leaving.signal);
    const gone = line.run(start('b'), leaving.signal);
    const failing = line.run(() => Promise.reject(new Error('no')), undefined);
    const last = line.run(start('c'), undefined);
    leaving.abort();
    await expect(gone).rejects.toMatchObject({ code: 'cancelled' });
    end('a');
    await first;
    await expect(failing).rejects.toThrow('no');
    await settled();
    end('c');
    expect(await last).toBe('c');
    expect(order).toEqual(['a', 'c']);
    await expect(line.run(start('d'), leaving.signal)).rejects.toMatchObject({ code: 'cancelled' });
    expect(await line.run(async () => 'free', undefined)).toBe('free');
  });
});
