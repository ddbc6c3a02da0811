import type { ImageModelV4CallOptions } from '@ai-sdk/provider';
import { type Mutant, proveContract } from '../__fixtures__/prove-contract.ts';
import { ReferenceImageModel } from '../__fixtures__/reference-image-model.ts';
import { apiError } from '../__fixtures__/reference-language-model.ts';
import { imageModelContract } from './image-model-contract.ts';

type Options = ImageModelV4CallOptions;
type Result = Awaited<ReturnType<ReferenceImageModel['doGenerate']>>;

const file = { type: 'file' as const, mediaType: 'image/png', data: Uint8Array.of(1, 2, 3) };

const casesOf = (model: ReferenceImageModel) =>
  imageModelContract({
    model,
    seeded: true,
    supported: { size: '64x64' },
    unsupported: { aspectRatio: '1:1' },
    edit: { files: [file], mask: file },
    slow: { headers: { 'x-slow': '3000' } },
    receivedHeaders: () => model.received,
    failures: [
      { name: 'the server is busy', options: { headers: { 'x-fail': '503' } }, isRetryable: true, statusCode: 503 },
    ],
    abortWithinMs: 1_000,
  });

/** A mutant whose result is what `change` makes of the honest one. */
const giving = (change: (result: Result, options: Options) => object) =>
  class extends ReferenceImageModel {
    override async doGenerate(options: Options) {
      const result = await super.doGenerate(options);
      return { ...result, ...change(result, options) };
    }
  };

/** A mutant that is called with other options than it was given. */
const reading = (change: (options: Options) => Options) =>
  class extends ReferenceImageModel {
    override doGenerate(options: Options) {
      return super.doGenerate(change(options));
    }
  };

const shape = 'doGenerate: the result has the shape of the specification';
const count = 'doGenerate: gives as many images as were asked for';
const seed = 'doGenerate: follows the seed';
const edit = 'doGenerate: takes the pictures and masks that it says it takes';

const mutants: Readonly<Record<string, Mutant<ReferenceImageModel>>> = {
  'no id': {
    caughtBy: 'says what it is',
    Mutant: class extends ReferenceImageModel {
      override readonly modelId = '';
    },
  },
  'a limit of no images': {
    caughtBy: 'says what it is',
    Mutant: class extends ReferenceImageModel {
      override readonly maxImagesPerCall = 0;
    },
  },
  'no images': { caughtBy: shape, Mutant: giving(() => ({ images: [] })) },
  'images as data URLs': {
    caughtBy: shape,
    Mutant: giving(() => ({ images: ['data:image/png;base64,iVBORw0KGgo='] })),
  },
  'images that are no pictures': { caughtBy: shape, Mutant: giving(() => ({ images: [Uint8Array.of(1, 2, 3)] })) },
  'no response': { caughtBy: shape, Mutant: giving(() => ({ response: undefined })) },
  'no timestamp': {
    caughtBy: shape,
    Mutant: giving(({ response }) => ({ response: { ...response, timestamp: undefined } })),
  },
  'usage that is NaN': { caughtBy: shape, Mutant: giving(() => ({ usage: { inputTokens: Number.NaN } })) },
  'metadata without images': {
    caughtBy: shape,
    Mutant: giving(() => ({ providerMetadata: { reference: { seed: 1 } } })),
  },
  'one image whatever was asked': {
    caughtBy: count,
    Mutant: giving(({ images }) => ({ images: images.slice(0, 1) })),
  },
  'metadata of the first image only': {
    caughtBy: count,
    Mutant: giving(() => ({ providerMetadata: { reference: { images: [{}] } } })),
  },
  'bytes and base64 mixed': {
    caughtBy: count,
    Mutant: giving(({ images }) => ({
      images: [...images.slice(1), Buffer.from(images[0] ?? []).toString('base64')],
    })),
  },
  'one seed for all images': {
    caughtBy: seed,
    Mutant: giving(({ images }) => ({ images: images.map(() => images[0]) })),
  },
  'a seed that is not followed': {
    caughtBy: seed,
    Mutant: reading((options) => ({ ...options, seed: Math.floor(Math.random() * 1e6) })),
  },
  'a seed that changes nothing': { caughtBy: seed, Mutant: reading((options) => ({ ...options, seed: 1 })) },
  'masks that it does not advertise': {
    caughtBy: edit,
    Mutant: class extends ReferenceImageModel {
      override readonly supportsMaskInputs = false;
    },
  },
  'masks that it advertises and drops': {
    caughtBy: edit,
    Mutant: giving((_, { mask }) => ({ warnings: mask ? [{ type: 'unsupported', feature: 'mask' }] : [] })),
  },
  'a warning at every call': {
    caughtBy: 'does not warn about what it supports',
    Mutant: giving(() => ({ warnings: [{ type: 'other', message: 'hello' }] })),
  },
  'settings dropped without a word': {
    caughtBy: 'warns that aspectRatio is not supported',
    Mutant: giving(() => ({ warnings: [] })),
  },
  'options that are written into': {
    caughtBy: 'doGenerate: leaves the call options as they were',
    failsWith: /TypeError/,
    Mutant: reading((options) => Object.assign(options, { seed: 1 })),
  },
  'an abort that is not looked at': {
    caughtBy: 'doGenerate: rejects when it was aborted before it began',
    Mutant: reading(({ abortSignal: _, ...options }) => options),
  },
  'an abort that comes too late': {
    caughtBy: 'doGenerate: rejects when it is aborted while it runs',
    Mutant: class extends ReferenceImageModel {
      override async doGenerate({ abortSignal, ...options }: Options) {
        const result = await super.doGenerate(options);
        abortSignal?.throwIfAborted();
        return result;
      }
    },
  },
  'headers left behind': {
    caughtBy: 'doGenerate: sends the headers of the call',
    Mutant: reading(({ headers: _, ...options }) => options),
  },
  'a busy server that is not tried again': {
    caughtBy: 'doGenerate: rejects with an APICallError when the server is busy',
    Mutant: class extends ReferenceImageModel {
      override doGenerate(options: Options) {
        return super.doGenerate(options).catch(() => Promise.reject(apiError(400)));
      }
    },
  },
};

proveContract(ReferenceImageModel, casesOf, mutants);
