import { setTimeout as sleep } from 'node:timers/promises';
import {
  type EmbeddingModelV4,
  type EmbeddingModelV4CallOptions,
  TooManyEmbeddingValuesForCallError,
} from '@ai-sdk/provider';
import { apiError } from './reference-language-model.ts';

/** An embedding model that keeps the specification, written for the tests of the contract: mutants are made from it. */
export class ReferenceEmbeddingModel implements EmbeddingModelV4 {
  readonly specificationVersion = 'v4' as const;
  readonly provider = 'reference.embedding';
  readonly modelId = 'ruler';
  readonly maxEmbeddingsPerCall: number = 5;
  readonly supportsParallelCalls: boolean = true;
  /** The headers of the last call. */
  received: Record<string, string | undefined> = {};

  async doEmbed({ values, abortSignal, headers = {}, dimensions }: EmbeddingModelV4CallOptions) {
    abortSignal?.throwIfAborted();
    const { provider, modelId, maxEmbeddingsPerCall } = this;
    if (values.length > maxEmbeddingsPerCall) {
      throw new TooManyEmbeddingValuesForCallError({ provider, modelId, maxEmbeddingsPerCall, values });
    }
    this.received = { ...headers };
    const status = Number(headers['x-fail'] ?? 0);
    if (status > 0) throw apiError(status);
    await sleep(Number(headers['x-slow'] ?? 0), undefined, { signal: abortSignal });
    return {
      embeddings: values.map((value) => [value.length, value.charCodeAt(2), 1]),
      usage: { tokens: values.length * 2 },
      warnings: dimensions === undefined ? [] : [{ type: 'unsupported' as const, feature: 'dimensions' }],
      response: { headers: { 'x-reference': 'yes' } },
    };
  }
}
