import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inParallel } from './in-parallel.ts';

it('answers in the order of the items and keeps to its limit', async () => {
  let running = 0;
  let most = 0;
  const results = await inParallel([30, 1, 15, 2, 8], 2, undefined, async (milliseconds, index) => {
    running += 1;
    most = Math.max(most, running);
    await sleep(milliseconds);
    running -= 1;
    return index;
  });
  expect(results).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
});

it('stops the rest when one fails, and begins no more', async () => {
  const stopped: number[] = [];
  const begun: number[] = [];
  const failure = new Error('no');
  const work = inParallel([0, 1, 2, 3, 4, 5], 3, undefined, async (item, _index, signal) => {
    begun.push(item);
    if (item === 1) throw failure;
    await sleep(10_000, undefined, { signal }).catch(() => stopped.push(item));
    signal.throwIfAborted();
  });
  await expect(work).rejects.toBe(failure);
  await sleep(10);
  expect(stopped).toEqual([0, 2]);
  expect(begun).toEqual([0, 1, 2]);
});

it('stops all when the signal fires', async () => {
  const abort = new AbortController();
  const work = inParallel([1, 2], 2, abort.signal, (_item, _index, signal) => sleep(10_000, undefined, { signal }));
  abort.abort();
  await expect(work).rejects.toMatchObject({ name: 'AbortError' });
});
