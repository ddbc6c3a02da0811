import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Principal } from '../auth/principal.ts';
import { createRateLimits } from './rate-limits.ts';

const one: Principal = { tenant: 'acme', kind: 'key', id: 'k1' };
const refused = (seconds: number) => ({
  code: 'rate-limited',
  isRetryable: true,
  details: { retryAfterSeconds: seconds },
  hint: expect.stringContaining(`${seconds} second`),
});
const times = async (count: number, work: () => Promise<void>): Promise<void> => {
  for (let done = 0; done < count; done += 1) await work();
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('requests of one caller', () => {
  it('are counted for a minute, refused beyond it with how long to wait, and taken again afterwards', async () => {
    const limits = createRateLimits({ requestsPerMinute: 10 });
    await times(10, () => limits.take(one, 1));
    await expect(limits.take(one, 1)).rejects.toMatchObject(refused(60));
    vi.advanceTimersByTime(45_500);
    await expect(limits.take(one, 1)).rejects.toMatchObject(refused(15));
    vi.advanceTimersByTime(14_400);
    await expect(limits.take(one, 1)).rejects.toMatchObject(refused(1));
    vi.advanceTimersByTime(200);
    await times(10, () => limits.take(one, 1));
    await expect(limits.take(one, 1)).rejects.toMatchObject(refused(60));
  });

  it('weigh what they cost, and one that weighs more than all still passes once', async () => {
    const limits = createRateLimits({ requestsPerMinute: 10 });
    await times(2, () => limits.take(one, 5));
    await expect(limits.take(one, 5)).rejects.toMatchObject(refused(60));
    const small = createRateLimits({ requestsPerMinute: 3 });
    await small.take(one, 5);
    await expect(small.take(one, 1)).rejects.toMatchObject(refused(60));
  });

  it.each<Principal>([
    { ...one, id: 'k2' },
    { ...one, tenant: 'other' },
    { ...one, kind: 'jwt' },
  ])('do not count for %j', async (other) => {
    const limits = createRateLimits({ requestsPerMinute: 1 });
    await limits.take(one, 1);
    await expect(limits.take(one, 1)).rejects.toMatchObject(refused(60));
    await limits.take(other, 1);
  });

  it('do not count for another whose parts only join to the same', async () => {
    const limits = createRateLimits({ requestsPerMinute: 1 });
    await limits.take({ tenant: 'a","b', kind: 'key', id: 'c' }, 1);
    await limits.take({ tenant: 'a', kind: 'key', id: 'b","c' }, 1);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('cannot be limited to %d', (requestsPerMinute) => {
    expect(() => createRateLimits({ requestsPerMinute })).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });
});

describe('failed authentications', () => {
  it('are counted by address, those of one IPv6 network together, and apart from requests', async () => {
    const limits = createRateLimits({ requestsPerMinute: 1 });
    await times(60, () => limits.takeAnonymous('203.0.113.7'));
    await expect(limits.takeAnonymous('203.0.113.7')).rejects.toMatchObject(refused(60));
    await expect(limits.takeAnonymous('::ffff:203.0.113.7')).rejects.toMatchObject(refused(60));
    await limits.takeAnonymous('203.0.113.8');
    await limits.take(one, 1);
    let host = 0;
    await times(60, () => limits.takeAnonymous(`2001:db8::${(host++).toString(16)}`));
    await expect(limits.takeAnonymous('2001:db8::ffff')).rejects.toMatchObject(refused(60));
    await limits.takeAnonymous('2001:db8:0:1::1');
  });

  it('of ever new addresses do not fill the memory, and are limited together', async () => {
    const limits = createRateLimits({ requestsPerMinute: 1 });
    const limited = new Set<string>();
    for (let at = 0; at < 40_000; at += 1) {
      const address = `2001:db8:${(at >> 16).toString(16)}:${(at & 0xffff).toString(16)}::1`;
      await limits.takeAnonymous(address).catch((error) => limited.add(error.code));
    }
    // Every counter has one timer: there are no more counters than timers.
    expect(vi.getTimerCount()).toBeLessThanOrEqual(10_000 + 256);
    expect(limited).toEqual(new Set(['rate-limited']));
    vi.advanceTimersByTime(60_001);
    expect(vi.getTimerCount()).toBe(0);
    await limits.takeAnonymous('2001:db8:ffff::1');
  });
});
