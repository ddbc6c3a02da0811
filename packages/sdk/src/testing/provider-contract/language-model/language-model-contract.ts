import assert from 'node:assert/strict';
import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4Prompt } from '@ai-sdk/provider';
import { type CommonContract, callCases } from '../call-contract.ts';
import { type ContractCase, resolveModel } from '../contract-case.ts';
import { assertFunction, assertIdentity, assertRecord } from '../shapes.ts';
import { assertFinishReason, assertGenerateResult, assertUsage } from './generate-shape.ts';
import { streamParts } from './read-stream.ts';
import { streamCases } from './stream-cases.ts';
import { warningCases } from './warning-cases.ts';

export interface LanguageModelContract extends CommonContract<LanguageModelV4, LanguageModelV4CallOptions> {
  /** A prompt that is answered in text, quickly. Default: "Say hello." */
  readonly prompt?: LanguageModelV4Prompt;
  /** Equal calls give equal text: streamed and generated text are compared. Default false. */
  readonly deterministic?: boolean;
  /** Settings that the model follows: none of them may be warned about. `{ temperature: 0, seed: 7 }` */
  readonly supported?: Partial<LanguageModelV4CallOptions>;
  /** Settings that the model does not follow: each must be warned about under its own name. `{ topK: 3 }` */
  readonly unsupported?: Partial<LanguageModelV4CallOptions>;
  /** Calls that the model cannot serve: each must be refused with an `UnsupportedFunctionalityError`, or warned about. */
  readonly refused?: readonly { readonly name: string; readonly options: Partial<LanguageModelV4CallOptions> }[];
}

/**
 * What a language model of specification version 4 must do.
 *
 * @example
 * for (const { name, run } of languageModelContract({ model: triton('vqa'), unsupported: { topK: 3 } })) it(name, run);
 */
export function languageModelContract(contract: LanguageModelContract): ContractCase[] {
  const base = (): LanguageModelV4CallOptions => ({
    prompt: contract.prompt ?? [{ role: 'user', content: [{ type: 'text', text: 'Say hello.' }] }],
    ...contract.options,
  });
  return [
    ...shapeCases(contract, base),
    ...streamCases(contract, base),
    ...warningCases(contract, base),
    ...callCases<LanguageModelV4, LanguageModelV4CallOptions>({
      common: contract,
      base,
      headersMayBeUndefined: true,
      calls: [
        { name: 'doGenerate', run: (model, options) => model.doGenerate(options) },
        { name: 'doStream', run: streamParts },
      ],
    }),
  ];
}

function shapeCases({ model }: LanguageModelContract, base: () => LanguageModelV4CallOptions): ContractCase[] {
  return [
    { name: 'says what it is', run: async () => assertLanguageModel(await resolveModel(model)) },
    {
      name: 'doGenerate: the result has the shape of the specification',
      run: async () => assertGenerateResult(await (await resolveModel(model)).doGenerate(base())),
    },
    {
      name: 'doGenerate: says why it ended, in both words',
      run: async () => assertFinishReason((await (await resolveModel(model)).doGenerate(base())).finishReason),
    },
    {
      name: 'doGenerate: counts tokens',
      run: async () => assertUsage((await (await resolveModel(model)).doGenerate(base())).usage),
    },
  ];
}

async function assertLanguageModel(model: LanguageModelV4): Promise<void> {
  assertIdentity(model);
  assertFunction(model.doGenerate, 'doGenerate');
  assertFunction(model.doStream, 'doStream');
  const supportedUrls: unknown = await model.supportedUrls;
  assertRecord(supportedUrls, 'supportedUrls');
  for (const [mediaType, patterns] of Object.entries(supportedUrls)) {
    const areExpressions = Array.isArray(patterns) && patterns.every((pattern) => pattern instanceof RegExp);
    assert.ok(areExpressions, `supportedUrls of ${mediaType} is not a list of regular expressions`);
  }
}
