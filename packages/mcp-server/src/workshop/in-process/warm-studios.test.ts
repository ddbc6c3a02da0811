import { atelier } from '@atelier/sdk';
import { afterEach, expect, it, vi } from 'vitest';
import { WarmStudios } from './warm-studios.ts';

afterEach(() => vi.useRealTimers());

const scopes = (count: number) => Array.from({ length: count }, (_, index) => `tenant-${index}`);

function counted() {
  const studio = atelier({ backends: [] });
  const spy = vi.spyOn(studio, 'with');
  return { open: async () => studio, made: () => spy.mock.calls.map(([place]) => place) };
}

it('tenants together keep at most 1 GiB of decoded pictures', async () => {
  const { open, made } = counted();
  const warm = new WarmStudios({ open });
  const kept = new Set<unknown>();
  for (const scope of scopes(64)) await warm.of(scope);
  const before = made().length;
  for (const scope of scopes(64).reverse()) {
    const studio = await warm.of(scope);
    if (made().length > before) break;
    kept.add(studio);
  }
  const each = made().map(({ cacheBytes = Number.POSITIVE_INFINITY }) => cacheBytes);
  expect(kept.size).toBeGreaterThan(1);
  expect(kept.size * Math.max(...each)).toBeLessThanOrEqual(2 ** 30);
  expect(new Set(made().map(({ scope }) => scope)).size).toBe(64);
});

it('lets go of the tenant who has been silent longest, and of all who are silent for minutes', async () => {
  vi.useFakeTimers();
  const { open, made } = counted();
  const warm = new WarmStudios({ open, most: 2, idleMs: 1000 });
  const [a, b] = [await warm.of('a'), await warm.of('b')];
  expect((await warm.of('a')) === a).toBe(true);
  await warm.of('c');
  expect((await warm.of('a')) === a).toBe(true);
  expect((await warm.of('b')) === b).toBe(false);
  vi.advanceTimersByTime(900);
  expect((await warm.of('a')) === a).toBe(true);
  vi.advanceTimersByTime(900);
  expect((await warm.of('a')) === a).toBe(true);
  vi.advanceTimersByTime(1001);
  expect((await warm.of('a')) === a).toBe(false);
  expect(made().map(({ scope }) => scope)).toEqual(['a', 'b', 'c', 'b', 'a']);
  expect(vi.getTimerCount()).toBe(1);
  await warm.close();
  expect(vi.getTimerCount()).toBe(0);
});

it('tries again to open what could not be opened', async () => {
  const { open } = counted();
  let tries = 0;
  const warm = new WarmStudios({ open: () => (++tries === 1 ? Promise.reject(new Error('not yet')) : open()) });
  await expect(warm.of('a')).rejects.toThrow('not yet');
  expect(await warm.of('a')).toBeDefined();
});
