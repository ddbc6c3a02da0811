import { NoSuchModelError } from '@ai-sdk/provider';
import { createProviderRegistry, customProvider, embed, generateImage, generateText, wrapLanguageModel } from 'ai';
import { afterAll, expect, it } from 'vitest';
import { TritonClient } from '../client/client.ts';
import { providerOfTests } from './__fixtures__/providers.ts';
import { createTriton } from './create-triton.ts';

const triton = providerOfTests();
afterAll(() => triton.close());
const registry = createProviderRegistry({ triton });
const noPicture = 'There is no picture to look at.';

it('works through a registry, by every kind of model', async () => {
  expect((await generateText({ model: registry.languageModel('triton:vqa'), prompt: 'Hello?' })).text).toBe(noPicture);
  expect((await embed({ model: registry.embeddingModel('triton:clip'), value: 'a cat' })).embedding).toHaveLength(64);
  const model = registry.imageModel('triton:sd3');
  const { image } = await generateImage({
    model,
    prompt: 'a cat',
    size: '64x64',
    providerOptions: { triton: { steps: 1 } },
  });
  expect(image.mediaType).toBe('image/png');
  expect(registry.decisionModel('triton:owlv2').supportedQuestionTypes).toEqual(['box']);
});

it('works under aliases, with triton for the rest', async () => {
  const provider = customProvider({ languageModels: { eyes: triton('vqa') }, fallbackProvider: triton });
  expect((await generateText({ model: provider.languageModel('eyes'), prompt: 'Hello?' })).text).toBe(noPicture);
  expect(provider.imageModel('sd3').provider).toBe('triton.image');
});

it('works under middleware', async () => {
  const model = wrapLanguageModel({
    model: triton('vqa'),
    middleware: {
      specificationVersion: 'v4',
      transformParams: async ({ params }) => ({ ...params, maxOutputTokens: 1 }),
    },
  });
  expect((await generateText({ model, prompt: 'Hello?' })).text).toBe('There');
});

it('has no models of a kind that it cannot serve', () => {
  expect(() => triton.languageModel('sd3')).toThrow(NoSuchModelError);
  expect(() => triton.imageModel('vqa')).toThrow(NoSuchModelError);
  expect(() => triton.embeddingModel('owlv2')).toThrow(NoSuchModelError);
  expect(() => triton.decisionModel('sam')).toThrow(NoSuchModelError);
  expect(() => triton('')).toThrow(NoSuchModelError);
  expect(() => triton('a/b')).toThrow(NoSuchModelError);
  expect(() => registry.speechModel('triton:vqa')).toThrow(NoSuchModelError);
  expect(() => triton.decisionModel('my-detector')).toThrow("{ contract: 'vqa' }");
  expect(triton.decisionModel('my-detector', { contract: 'owlv2' }).supportedQuestionTypes).toEqual(['box']);
});

it.each(['constructor', 'toString', '__proto__'])('takes %s for a name of the user, as any other', (name) => {
  expect(() => triton.decisionModel(name)).toThrow("{ contract: 'vqa' }");
  expect(triton.decisionModel(name, { contract: 'vqa' }).modelId).toBe(name);
  expect(triton(name).modelId).toBe(name);
});

it('leaves a client that was handed in open', async () => {
  interface Models {
    vqa: { inputs: { MESSAGES: string }; outputs: object; decoupled: true };
  }
  // Whatever its models' types.
  const client = new TritonClient<Models>({ url: triton.client.servers[0]?.url ?? '' });
  const provider = createTriton({ client });
  expect(provider.client).toBe(client);
  await provider.close();
  expect(await client.live()).toBe(true);
  await client.close();
});
