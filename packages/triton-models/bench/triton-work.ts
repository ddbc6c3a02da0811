import type { ModelStatistics } from '@atelier/sdk/triton';

/** What Triton itself has counted of a model between two looks at its statistics. */
export interface TritonWork {
  readonly requests: number;
  readonly batches: number;
  /** Answers of the response cache, which the model never saw. */
  readonly fromCache: number;
  /** Mean of a request, in milliseconds; NaN where none ran. */
  readonly computeInferMs: number;
  readonly queueMs: number;
  /** How many batches of each size, smallest first. */
  readonly sizes: readonly (readonly [size: number, batches: number])[];
}

/** The difference of two looks. Sums and counts only grow while the model stays loaded. */
export function workBetween(before: ModelStatistics, after: ModelStatistics): TritonWork {
  const sums = (name: 'compute_infer' | 'queue' | 'cache_hit') => ({
    count: after.inference_stats[name].count - before.inference_stats[name].count,
    ns: after.inference_stats[name].ns - before.inference_stats[name].ns,
  });
  const mean = ({ count, ns }: { count: number; ns: number }) => ns / count / 1e6;
  const earlier = new Map(before.batch_stats.map(({ batch_size, compute_infer }) => [batch_size, compute_infer.count]));
  const sizes = after.batch_stats
    .map(({ batch_size, compute_infer }) => [batch_size, compute_infer.count - (earlier.get(batch_size) ?? 0)] as const)
    .filter(([, batches]) => batches > 0)
    .sort(([a], [b]) => a - b);
  return {
    requests: after.inference_count - before.inference_count,
    batches: after.execution_count - before.execution_count,
    fromCache: sums('cache_hit').count,
    computeInferMs: mean(sums('compute_infer')),
    queueMs: mean(sums('queue')),
    sizes,
  };
}

/** The batches of several looks in one. */
export function sizesOf(works: readonly TritonWork[]): [size: number, batches: number][] {
  const all = new Map<number, number>();
  for (const [size, batches] of works.flatMap(({ sizes }) => sizes)) all.set(size, (all.get(size) ?? 0) + batches);
  return [...all].sort(([a], [b]) => a - b);
}
