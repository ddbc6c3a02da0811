import assert from 'node:assert/strict';
import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { UnsupportedFunctionalityError } from '@ai-sdk/provider';
import { type ContractCase, resolveModel } from '../contract-case.ts';
import { warnedFeatures } from '../shapes.ts';
import type { LanguageModelContract } from './language-model-contract.ts';
import { partOfType, streamParts } from './read-stream.ts';

type Base = () => LanguageModelV4CallOptions;

/** What a model cannot do must be told: by a warning, or by refusing. */
export function warningCases(contract: LanguageModelContract, base: Base): ContractCase[] {
  return [
    noNeedlessWarnings(contract, base),
    ...Object.entries(contract.unsupported ?? {}).map(([name, value]) =>
      unsupportedSetting(contract, base, name, value),
    ),
    ...(contract.refused ?? []).map((refused) => refusedInput(contract, base, refused)),
  ];
}

const warningsOf = async (model: LanguageModelV4, options: LanguageModelV4CallOptions) => ({
  generated: (await model.doGenerate(options)).warnings,
  streamed: partOfType(await streamParts(model, options), 'stream-start').warnings,
});

function noNeedlessWarnings({ model, supported }: LanguageModelContract, base: Base): ContractCase {
  return {
    name: 'does not warn about what it supports',
    run: async () => {
      const { generated, streamed } = await warningsOf(await resolveModel(model), { ...base(), ...supported });
      assert.deepEqual(generated, [], 'doGenerate warns about a plain call');
      assert.deepEqual(streamed, [], 'doStream warns about a plain call');
    },
  };
}

function unsupportedSetting({ model }: LanguageModelContract, base: Base, name: string, value: unknown): ContractCase {
  return {
    name: `warns that ${name} is not supported`,
    run: async () => {
      const warnings = await warningsOf(await resolveModel(model), { ...base(), [name]: value });
      for (const [from, list] of Object.entries(warnings)) {
        const features = warnedFeatures(list);
        assert.ok(
          features.some((feature) => feature === name || feature.startsWith(`${name}.`)),
          `no warning about ${name} is ${from}: ${JSON.stringify(list)}`,
        );
      }
    },
  };
}

function refusedInput(
  { model }: LanguageModelContract,
  base: Base,
  { name, options }: { readonly name: string; readonly options: Partial<LanguageModelV4CallOptions> },
): ContractCase {
  return {
    name: `refuses ${name}, or warns`,
    run: async () => {
      const tested = await resolveModel(model);
      for (const call of [
        () => tested.doGenerate({ ...base(), ...options }),
        () => streamOnce(tested, base, options),
      ]) {
        try {
          const { warnings } = await call();
          assert.notEqual(warnings.length, 0, `${name} is neither refused nor warned about`);
        } catch (error) {
          if (!UnsupportedFunctionalityError.isInstance(error)) throw error;
        }
      }
    },
  };
}

const streamOnce = async (model: LanguageModelV4, base: Base, options: Partial<LanguageModelV4CallOptions>) =>
  partOfType(await streamParts(model, { ...base(), ...options }), 'stream-start');
