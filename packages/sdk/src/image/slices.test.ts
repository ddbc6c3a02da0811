import { monitorEventLoopDelay } from 'node:perf_hooks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inSlices } from './slices.ts';

const spin = (milliseconds: number): void => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
};

describe('inSlices', () => {
  it('visits every row once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 5000 }), async (rows) => {
        let next = 0;
        await inSlices(rows, (from, to) => {
          expect(from).toBe(next);
          expect(to).toBeGreaterThan(from);
          next = to;
        });
        expect(next).toBe(rows);
      }),
      { numRuns: 30 },
    );
  });

  it('lets other work run in between', async () => {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    delay.enable();
    await inSlices(300, (from, to) => spin((to - from) * 0.5));
    delay.disable();
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(5);
    // 150 ms of work in one go would show here; the rest is room for a busy machine.
    expect(delay.max / 1e6).toBeLessThan(120);
  });

  it('makes ranges smaller when rows get slow', async () => {
    const fast: number[] = [];
    const slow: number[] = [];
    await inSlices(2600, (from, to) => {
      (from < 2000 ? fast : slow).push(to - from);
      if (from >= 2000) spin((to - from) * 0.3);
    });
    expect(Math.max(...fast)).toBeGreaterThan(200);
    // The first slow range comes as a surprise; those after it have learnt. 8 ms hold 27 such rows.
    expect(Math.max(...slow.slice(1))).toBeLessThan(28);
  });

  it('stops at the signal, with its reason', async () => {
    const stop = new AbortController();
    let last = 0;
    const work = inSlices(
      10_000,
      (from, to) => {
        spin((to - from) * 0.05);
        last = to;
        if (from > 1000) stop.abort(new Error('enough'));
      },
      { signal: stop.signal },
    );
    await expect(work).rejects.toThrow('enough');
    expect(last).toBeLessThan(10_000);
    await expect(inSlices(1, () => {}, { signal: stop.signal })).rejects.toThrow('enough');
  });
});
