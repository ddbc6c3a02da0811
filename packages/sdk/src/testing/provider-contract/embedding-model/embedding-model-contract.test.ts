import type { EmbeddingModelV4CallOptions } from '@ai-sdk/provider';
import { type Mutant, proveContract } from '../__fixtures__/prove-contract.ts';
import { ReferenceEmbeddingModel } from '../__fixtures__/reference-embedding-model.ts';
import { apiError } from '../__fixtures__/reference-language-model.ts';
import { embeddingModelContract } from './embedding-model-contract.ts';

type Options = EmbeddingModelV4CallOptions;
type Result = Awaited<ReturnType<ReferenceEmbeddingModel['doEmbed']>>;

const casesOf = (model: ReferenceEmbeddingModel) =>
  embeddingModelContract({
    model,
    unsupported: { dimensions: 8 },
    slow: { headers: { 'x-slow': '3000' } },
    receivedHeaders: () => model.received,
    failures: [
      { name: 'the server is busy', options: { headers: { 'x-fail': '503' } }, isRetryable: true, statusCode: 503 },
    ],
    abortWithinMs: 1_000,
  });

/** A mutant whose result is what `change` makes of the honest one. */
const giving = (change: (result: Result) => object) =>
  class extends ReferenceEmbeddingModel {
    override async doEmbed(options: Options) {
      const result = await super.doEmbed(options);
      return { ...result, ...change(result) };
    }
  };

/** A mutant that is called with other options than it was given. */
const reading = (change: (options: Options) => Options) =>
  class extends ReferenceEmbeddingModel {
    override doEmbed(options: Options) {
      return super.doEmbed(change(options));
    }
  };

const shape = 'doEmbed: the result has the shape of the specification';
const order = 'doEmbed: embeddings come in the order of the values';

const mutants: Readonly<Record<string, Mutant<ReferenceEmbeddingModel>>> = {
  'a limit that is no number': {
    caughtBy: 'says what it is',
    Mutant: class extends ReferenceEmbeddingModel {
      override readonly maxEmbeddingsPerCall = Number.NaN;
    },
  },
  'parallel calls as text': {
    caughtBy: 'says what it is',
    Mutant: class extends ReferenceEmbeddingModel {
      override readonly supportsParallelCalls = 'yes' as unknown as boolean;
    },
  },
  'one vector too few': { caughtBy: shape, Mutant: giving(({ embeddings }) => ({ embeddings: embeddings.slice(1) })) },
  'typed arrays': {
    caughtBy: shape,
    Mutant: giving(({ embeddings }) => ({ embeddings: embeddings.map((vector) => Float32Array.from(vector)) })),
  },
  'numbers that are none': {
    caughtBy: shape,
    Mutant: giving(({ embeddings }) => ({ embeddings: embeddings.map(() => [Number.NaN]) })),
  },
  'vectors of several lengths': {
    caughtBy: shape,
    Mutant: giving(({ embeddings: [first, ...rest] }) => ({ embeddings: [[...(first ?? []), 1], ...rest] })),
  },
  'usage of an older specification': { caughtBy: shape, Mutant: giving(() => ({ usage: { promptTokens: 3 } })) },
  'no warnings': { caughtBy: shape, Mutant: giving(() => ({ warnings: undefined })) },
  'vectors in another order': {
    caughtBy: order,
    Mutant: giving(({ embeddings }) => ({ embeddings: embeddings.toReversed() })),
  },
  'one vector for all': {
    caughtBy: order,
    Mutant: giving(({ embeddings }) => ({ embeddings: embeddings.map(() => embeddings[0]) })),
  },
  'a limit that is not kept': {
    caughtBy: 'doEmbed: refuses more values than it says it takes',
    Mutant: reading((options) => ({ ...options, values: options.values.slice(0, 5) })),
  },
  'a warning at every call': {
    caughtBy: 'does not warn about what it supports',
    Mutant: giving(() => ({ warnings: [{ type: 'other', message: 'hello' }] })),
  },
  'settings dropped without a word': {
    caughtBy: 'warns that dimensions is not supported',
    Mutant: giving(() => ({ warnings: [] })),
  },
  'options that are written into': {
    caughtBy: 'doEmbed: leaves the call options as they were',
    failsWith: /TypeError/,
    Mutant: reading((options) => ({ ...options, values: options.values.sort() })),
  },
  'an abort that is not looked at': {
    caughtBy: 'doEmbed: rejects when it was aborted before it began',
    Mutant: reading(({ abortSignal: _, ...options }) => options),
  },
  'an abort that is wrapped': {
    caughtBy: 'doEmbed: rejects when it is aborted while it runs',
    Mutant: class extends ReferenceEmbeddingModel {
      override doEmbed(options: Options) {
        return super.doEmbed(options).catch((cause) => Promise.reject(new Error('failed', { cause })));
      }
    },
  },
  'headers left behind': {
    caughtBy: 'doEmbed: sends the headers of the call',
    Mutant: reading(({ headers: _, ...options }) => options),
  },
  'a busy server that is not tried again': {
    caughtBy: 'doEmbed: rejects with an APICallError when the server is busy',
    Mutant: class extends ReferenceEmbeddingModel {
      override doEmbed(options: Options) {
        return super.doEmbed(options).catch(() => Promise.reject(apiError(400)));
      }
    },
  },
};

proveContract(ReferenceEmbeddingModel, casesOf, mutants);
