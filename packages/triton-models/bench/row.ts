import { median, quantile } from '../../sdk/bench/triton/statistics.ts';
import type { Round } from './rounds.ts';
import type { Scenario } from './scenario.ts';
import { type Timing, tokensPerSecond } from './timing.ts';

/** p50 and p90 of all calls, in milliseconds. */
export interface Times {
  readonly p50: number;
  readonly p90: number;
}

/** What one scenario took, through Triton and beside it. */
export interface Row {
  readonly model: Scenario['model'];
  readonly what: string;
  readonly wire: 'HTTP' | 'gRPC';
  readonly calls: number;
  readonly triton: Times;
  /** Median over the turns of Triton's own mean. Of vqa: only until `execute` has a slot for the next request. */
  readonly computeInferMs: number;
  readonly bare: Times;
  readonly plain: Times | undefined;
  /** Of a model that streams: until the first token or step. */
  readonly first: { readonly triton: Times; readonly bare: Times } | undefined;
  readonly tokensPerSecond: { readonly triton: number; readonly bare: number } | undefined;
  readonly over: Over;
  /** Answers of the response cache. 0, or the row measures the cache. */
  readonly fromCache: number;
}

/** How much longer Triton took end to end than the bare pipeline. */
export interface Over {
  /** Median of the differences of the medians of turns of the same round. */
  readonly milliseconds: number;
  /** Of the bare pipeline's p50. */
  readonly share: number;
  readonly barMs: number;
  readonly met: boolean;
}

const mostMs = 5;
const mostShare = 0.1;

/** 5 ms or 10 % of the bare pipeline's time, whichever is larger. */
export function judge(milliseconds: number, bareMs: number): Over {
  const barMs = Math.max(mostMs, mostShare * bareMs);
  return { milliseconds, share: milliseconds / bareMs, barMs, met: milliseconds <= barMs };
}

export function rowOf(scenario: Scenario, rounds: readonly Round[]): Row {
  const triton = rounds.flatMap((round) => round.triton);
  const bare = rounds.flatMap((round) => round.bare);
  const plain = rounds.flatMap((round) => round.plain ?? []);
  const over = median(rounds.map((round) => medianOf(round.triton) - medianOf(round.bare)));
  const rate = (timings: readonly Timing[]) => timings.map(tokensPerSecond).filter((value) => value !== undefined);
  const [tritonRates, bareRates] = [rate(triton), rate(bare)];
  return {
    model: scenario.model,
    what: scenario.what,
    wire: scenario.streams ? 'gRPC' : 'HTTP',
    calls: triton.length,
    triton: timesOf(triton),
    computeInferMs: median(rounds.map(({ work }) => work.computeInferMs)),
    bare: timesOf(bare),
    plain: plain.length > 0 ? timesOf(plain) : undefined,
    first: scenario.streams ? { triton: firstOf(triton), bare: firstOf(bare) } : undefined,
    tokensPerSecond:
      tritonRates.length > 0 && bareRates.length > 0
        ? { triton: median(tritonRates), bare: median(bareRates) }
        : undefined,
    over: judge(over, medianOf(bare)),
    fromCache: rounds.reduce((sum, { work }) => sum + work.fromCache, 0),
  };
}

const of = (values: readonly number[]): Times => ({ p50: median(values), p90: quantile(values, 0.9) });
const timesOf = (timings: readonly Timing[]): Times => of(timings.map(({ milliseconds }) => milliseconds));
const firstOf = (timings: readonly Timing[]): Times => of(timings.map(({ firstMs }) => firstMs));
const medianOf = (timings: readonly Timing[]): number => median(timings.map(({ milliseconds }) => milliseconds));
