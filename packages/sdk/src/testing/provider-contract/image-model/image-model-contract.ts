import assert from 'node:assert/strict';
import type { ImageModelV4, ImageModelV4CallOptions, ImageModelV4File } from '@ai-sdk/provider';
import { type CommonContract, callCases } from '../call-contract.ts';
import { type ContractCase, resolveModel } from '../contract-case.ts';
import { warnedFeatures } from '../shapes.ts';
import { assertImageModel, assertImageResult, imageBytes, imagesPerCall } from './image-shape.ts';

export interface ImageModelContract extends CommonContract<ImageModelV4, ImageModelV4CallOptions> {
  /** Default: "A red ball." */
  readonly prompt?: string;
  /** Seeds are followed: equal calls give equal pictures, other seeds others, and the pictures of one call differ. Default false. */
  readonly seeded?: boolean;
  /** Settings that the model follows: none of them may be warned about. `{ size: '64x64' }` */
  readonly supported?: Partial<ImageModelV4CallOptions>;
  /** Settings that the model does not follow: each must be warned about under its own name. */
  readonly unsupported?: Partial<ImageModelV4CallOptions>;
  /** A picture, and a mask of its size, for models that say that they take them. Without it these are not tested. */
  readonly edit?: { readonly files: ImageModelV4File[]; readonly mask?: ImageModelV4File };
}

type Base = () => ImageModelV4CallOptions;

/**
 * What an image model of specification version 4 must do.
 *
 * @example
 * for (const { name, run } of imageModelContract({ model: triton.imageModel('sd3'), seeded: true })) it(name, run);
 */
export function imageModelContract(contract: ImageModelContract): ContractCase[] {
  const base: Base = () => ({
    prompt: contract.prompt ?? 'A red ball.',
    n: 1,
    size: undefined,
    aspectRatio: undefined,
    seed: undefined,
    files: undefined,
    mask: undefined,
    providerOptions: {},
    ...contract.options,
  });
  return [
    { name: 'says what it is', run: async () => assertImageModel(await resolveModel(contract.model)) },
    answers(contract, base),
    severalImages(contract, base),
    ...(contract.seeded ? [followsSeeds(contract, base)] : []),
    ...(contract.edit ? [takesPictures(contract, base, contract.edit)] : []),
    ...warningCases(contract, base),
    ...callCases<ImageModelV4, ImageModelV4CallOptions>({
      common: contract,
      base,
      headersMayBeUndefined: true,
      calls: [{ name: 'doGenerate', run: (model, options) => model.doGenerate(options) }],
    }),
  ];
}

const answers = ({ model }: ImageModelContract, base: Base): ContractCase => ({
  name: 'doGenerate: the result has the shape of the specification',
  run: async () => assertImageResult(await (await resolveModel(model)).doGenerate(base()), 1),
});

const severalImages = ({ model }: ImageModelContract, base: Base): ContractCase => ({
  name: 'doGenerate: gives as many images as were asked for',
  run: async () => {
    const tested = await resolveModel(model);
    const count = Math.min(3, (await imagesPerCall(tested)) ?? 1);
    assertImageResult(await tested.doGenerate({ ...base(), n: count }), count);
  },
});

const followsSeeds = ({ model }: ImageModelContract, base: Base): ContractCase => ({
  name: 'doGenerate: follows the seed',
  run: async () => {
    const tested = await resolveModel(model);
    const count = Math.min(3, (await imagesPerCall(tested)) ?? 1);
    const pictures = async (seed: number) =>
      imageBytes(await tested.doGenerate({ ...base(), n: count, seed })).map((bytes) =>
        Buffer.from(bytes).toString('base64'),
      );
    const first = await pictures(7);
    assert.equal(new Set(first).size, count, 'images of one call are the same picture');
    assert.deepEqual(await pictures(7), first, 'equal seeds give different pictures');
    assert.notEqual((await pictures(1_000_007))[0], first[0], 'different seeds give the same picture');
  },
});

const takesPictures = (
  { model }: ImageModelContract,
  base: Base,
  { files, mask }: NonNullable<ImageModelContract['edit']>,
): ContractCase => ({
  name: 'doGenerate: takes the pictures and masks that it says it takes',
  run: async () => {
    const tested = await resolveModel(model);
    assert.equal(await tested.supportsFileInputs, true, 'supportsFileInputs is not true');
    if (mask) assert.equal(await tested.supportsMaskInputs, true, 'supportsMaskInputs is not true');
    const result = await tested.doGenerate({ ...base(), files, mask });
    assertImageResult(result, 1);
    const ignored = warnedFeatures(result.warnings).filter((feature) => ['files', 'mask'].includes(feature));
    assert.deepEqual(ignored, [], 'pictures are warned about although they are said to be supported');
  },
});

function warningCases({ model, supported, unsupported = {} }: ImageModelContract, base: Base): ContractCase[] {
  const warnings = async (options: Partial<ImageModelV4CallOptions>) =>
    (await (await resolveModel(model)).doGenerate({ ...base(), ...options })).warnings;
  return [
    {
      name: 'does not warn about what it supports',
      run: async () => assert.deepEqual(await warnings(supported ?? {}), [], 'a plain call is warned about'),
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
