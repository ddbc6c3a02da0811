import { describe, expect, it } from 'vitest';
import type { Round } from '../../bench/rounds.ts';
import { judge, rowOf } from '../../bench/row.ts';
import type { Scenario } from '../../bench/scenario.ts';
import type { Timing } from '../../bench/timing.ts';

const scenario: Scenario = { model: 'vqa', what: 'a question', streams: true, calls: 1, request: () => ({}) };
const timing = (milliseconds: number, firstMs = milliseconds, completion = 0): Timing => ({
  milliseconds,
  firstMs,
  responses: 1,
  usage: completion === 0 ? '' : JSON.stringify({ completion_tokens: completion }),
});
const round = (triton: Timing, bare: Timing, fromCache = 0): Round => ({
  triton: [triton],
  bare: [bare],
  plain: undefined,
  work: { requests: 1, batches: 1, fromCache, computeInferMs: triton.milliseconds - 1, queueMs: 0, sizes: [[1, 1]] },
});

describe('judge', () => {
  it.each([
    [5, 20, true],
    [5.1, 20, false],
    [9.9, 100, true],
    [10.1, 100, false],
    [-3, 1, true],
  ])('%d ms over %d ms', (over, bare, met) => {
    expect(judge(over, bare).met).toBe(met);
  });
});

describe('rowOf', () => {
  it('pairs the turns of a round, so that a slow one of the machine does not count', () => {
    const rounds = [
      round(timing(12), timing(10)),
      round(timing(122), timing(120)),
      round(timing(13), timing(11)),
      round(timing(14), timing(12)),
      round(timing(60), timing(11)),
    ];
    expect(rowOf(scenario, rounds)).toMatchObject({
      triton: { p50: 14 },
      bare: { p50: 11 },
      computeInferMs: 13,
      over: { milliseconds: 2, met: true },
      plain: undefined,
    });
  });

  it('has the first token and the rate of the others', () => {
    const row = rowOf(scenario, [round(timing(300, 100, 21), timing(200, 100, 21))]);
    expect(row.first).toEqual({ triton: { p50: 100, p90: 100 }, bare: { p50: 100, p90: 100 } });
    expect(row.tokensPerSecond?.triton).toBeCloseTo(100);
    expect(row.tokensPerSecond?.bare).toBeCloseTo(200);
  });

  it('counts what the cache answered', () => {
    const row = rowOf({ ...scenario, streams: false }, [
      round(timing(2), timing(1), 2),
      round(timing(2), timing(1), 1),
    ]);
    expect(row).toMatchObject({ fromCache: 3, first: undefined, tokensPerSecond: undefined });
  });
});
