import type { ModelStatistics } from '@atelier/sdk/triton';
import { describe, expect, it } from 'vitest';
import { sizesOf, workBetween } from '../../bench/triton-work.ts';

type Batches = Readonly<Record<number, number>>;

/** Statistics after so many requests in batches, each of which took 3 ms of computing and 1 ms of waiting. */
function statistics(requests: number, batches: Batches, fromCache = 0): ModelStatistics {
  const none = { count: 0, ns: 0 };
  return {
    name: 'owlv2',
    version: '1',
    last_inference: 0,
    inference_count: requests,
    execution_count: Object.values(batches).reduce((sum, count) => sum + count, 0),
    inference_stats: {
      success: none,
      fail: none,
      queue: { count: requests, ns: requests * 1e6 },
      compute_input: none,
      compute_infer: { count: requests, ns: requests * 3e6 },
      compute_output: none,
      cache_hit: { count: fromCache, ns: 0 },
      cache_miss: none,
    },
    batch_stats: Object.entries(batches).map(([size, count]) => ({
      batch_size: Number(size),
      compute_input: none,
      compute_infer: { count, ns: count * 1e6 },
      compute_output: none,
    })),
  };
}

describe('workBetween', () => {
  it('is what was added, not what was there', () => {
    const work = workBetween(statistics(10, { 1: 2, 8: 1 }, 3), statistics(27, { 1: 3, 4: 2, 8: 2 }, 5));
    expect(work).toEqual({
      requests: 17,
      batches: 4,
      fromCache: 2,
      computeInferMs: 3,
      queueMs: 1,
      sizes: [
        [1, 1],
        [4, 2],
        [8, 1],
      ],
    });
  });

  it('has no mean where nothing ran', () => {
    const work = workBetween(statistics(4, { 1: 4 }), statistics(4, { 1: 4 }));
    expect(work.computeInferMs).toBeNaN();
    expect(work.sizes).toEqual([]);
  });
});

it('adds up the batches of several looks', () => {
  const [first, second] = [
    workBetween(statistics(0, {}), statistics(9, { 8: 1, 1: 1 })),
    workBetween(statistics(0, {}), statistics(16, { 8: 2 })),
  ];
  expect(sizesOf([first, second])).toEqual([
    [1, 1],
    [8, 3],
  ]);
});
