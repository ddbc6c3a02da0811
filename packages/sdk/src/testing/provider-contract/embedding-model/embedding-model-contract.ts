import assert from 'node:assert/strict';
import {
  type EmbeddingModelV4,
  type EmbeddingModelV4CallOptions,
  type EmbeddingModelV4Result,
  TooManyEmbeddingValuesForCallError,
} from '@ai-sdk/provider';
import { type CommonContract, callCases } from '../call-contract.ts';
import { type ContractCase, resolveModel } from '../contract-case.ts';
import { rejectionOf } from '../rejection.ts';
import {
  assertCount,
  assertFunction,
  assertIdentity,
  assertList,
  assertProviderMetadata,
  assertRecord,
  assertResponseMetadata,
  assertWarnings,
  warnedFeatures,
} from '../shapes.ts';

export interface EmbeddingModelContract extends CommonContract<EmbeddingModelV4, EmbeddingModelV4CallOptions> {
  /** Two or more texts whose vectors differ. Default: a cat, a dog, a house. */
  readonly values?: readonly string[];
  /** Largest difference of one number between a vector made alone and made with others. Default 1e-3. */
  readonly tolerance?: number;
  /** Settings that the model does not follow: each must be warned about under its own name. `{ dimensions: 8 }` */
  readonly unsupported?: Partial<EmbeddingModelV4CallOptions>;
}

type Base = () => EmbeddingModelV4CallOptions;

/**
 * What an embedding model of specification version 4 must do.
 *
 * @example
 * for (const { name, run } of embeddingModelContract({ model: triton.embeddingModel('clip') })) it(name, run);
 */
export function embeddingModelContract(contract: EmbeddingModelContract): ContractCase[] {
  const values = contract.values ?? ['a cat', 'a dog', 'a house'];
  const base: Base = () => ({ values: [...values], ...contract.options });
  return [
    { name: 'says what it is', run: async () => assertEmbeddingModel(await resolveModel(contract.model)) },
    {
      name: 'doEmbed: the result has the shape of the specification',
      run: async () => assertResult(await (await resolveModel(contract.model)).doEmbed(base()), values.length),
    },
    keepsOrder(contract, base),
    limits(contract, base),
    ...warningCases(contract, base),
    ...callCases<EmbeddingModelV4, EmbeddingModelV4CallOptions>({
      common: contract,
      base,
      headersMayBeUndefined: false,
      calls: [{ name: 'doEmbed', run: (model, options) => model.doEmbed(options) }],
    }),
  ];
}

async function assertEmbeddingModel(model: EmbeddingModelV4): Promise<void> {
  assertIdentity(model);
  assertFunction(model.doEmbed, 'doEmbed');
  assert.equal(typeof (await model.supportsParallelCalls), 'boolean', 'supportsParallelCalls is not a boolean');
  const most = await model.maxEmbeddingsPerCall;
  const isLimit = most === undefined || most === Number.POSITIVE_INFINITY || (Number.isInteger(most) && most >= 1);
  assert.ok(isLimit, `maxEmbeddingsPerCall is ${String(most)}`);
}

function assertResult(result: EmbeddingModelV4Result, count: number): void {
  assertList(result.embeddings, 'embeddings');
  assert.equal(result.embeddings.length, count, `${result.embeddings.length} embeddings came for ${count} values`);
  const lengths = new Set(result.embeddings.map((embedding) => embedding.length));
  assert.equal(lengths.size, 1, 'embeddings differ in length');
  for (const embedding of result.embeddings) {
    // Typed arrays become objects in JSON, so they do not serve as lists of numbers.
    assertList(embedding, 'an embedding');
    assert.ok(embedding.length > 0 && embedding.every(Number.isFinite), 'an embedding is not a list of finite numbers');
  }
  assertWarnings(result.warnings);
  assertProviderMetadata(result.providerMetadata);
  if (result.response !== undefined) assertResponseMetadata(result.response, 'response');
  if (result.usage === undefined) return;
  assertRecord(result.usage, 'usage');
  assert.notEqual(result.usage.tokens, undefined, 'usage has no tokens');
  assertCount(result.usage.tokens, 'usage.tokens');
}

const keepsOrder = ({ model, tolerance = 1e-3 }: EmbeddingModelContract, base: Base): ContractCase => ({
  name: 'doEmbed: embeddings come in the order of the values',
  run: async () => {
    const tested = await resolveModel(model);
    const { values, ...rest } = base();
    const { embeddings } = await tested.doEmbed({ ...rest, values });
    for (const [index, value] of values.entries()) {
      const [alone] = (await tested.doEmbed({ ...rest, values: [value] })).embeddings;
      const distances = embeddings.map((embedding) => furthest(embedding, alone ?? []));
      assert.ok((distances[index] ?? 1) <= tolerance, `the vector of value ${index} differs from the one made alone`);
      assert.ok(
        distances.every((distance, other) => other === index || distance > tolerance),
        'different values have the same vector',
      );
    }
  },
});

/** The largest difference of one coordinate. */
const furthest = (left: readonly number[], right: readonly number[]): number =>
  Math.max(...left.map((value, index) => Math.abs(value - (right[index] ?? Number.POSITIVE_INFINITY))));

const limits = ({ model, timeoutMs = 30_000 }: EmbeddingModelContract, base: Base): ContractCase => ({
  name: 'doEmbed: refuses more values than it says it takes',
  run: async () => {
    const tested = await resolveModel(model);
    const most = await tested.maxEmbeddingsPerCall;
    if (most === undefined || most > 100_000) return;
    const values = Array.from({ length: most + 1 }, (_, index) => `value ${index}`);
    const error = await rejectionOf('doEmbed', timeoutMs, () => tested.doEmbed({ ...base(), values }));
    assert.ok(
      TooManyEmbeddingValuesForCallError.isInstance(error),
      `not a TooManyEmbeddingValuesForCallError: ${error}`,
    );
  },
});

function warningCases({ model, unsupported = {} }: EmbeddingModelContract, base: Base): ContractCase[] {
  const warnings = async (options: Partial<EmbeddingModelV4CallOptions>) =>
    (await (await resolveModel(model)).doEmbed({ ...base(), ...options })).warnings;
  return [
    {
      name: 'does not warn about what it supports',
      run: async () => assert.deepEqual(await warnings({}), [], 'a plain call is warned about'),
    },
    ...Object.entries(unsupported).map(([name, value]) => ({
      name: `warns that ${name} is not supported`,
      run: async () => {
        const list = await warnings({ [name]: value });
        assert.ok(warnedFeatures(list).includes(name), `no warning about ${name}: ${JSON.stringify(list)}`);
      },
    })),
  ];
}
