import { InvalidArgumentError, NoSuchModelError } from '@ai-sdk/provider';
import { TritonClient } from '../client/client.ts';
import { TritonAnswerDecisionModel } from './decision/answer-decision-model.ts';
import { TritonBoxDecisionModel } from './decision/box-decision-model.ts';
import { TritonEmbeddingModel } from './embedding/triton-embedding-model.ts';
import { TritonImageModel } from './image/triton-image-model.ts';
import { TritonLanguageModel } from './language/triton-language-model.ts';
import type { ProviderContext } from './provider-context.ts';
import type { DecisionModelOptions, TritonProvider, TritonProviderSettings } from './triton-provider.ts';

/**
 * Makes models on a Triton server usable by everything that takes AI SDK models. A model's id is its name on the server; it
 * must keep the contract of its kind (vqa, sd3, clip, owlv2).
 *
 * ```ts
 * const triton = createTriton({ url: 'http://gpu-box:8000' });
 * const { text } = await generateText({ model: triton('vqa'), messages });
 * const { images } = await generateImage({
 *   model: triton.imageModel('sd3'),
 *   prompt: { text: 'a golden retriever', images: [photo], mask },
 *   seed: 7,
 *   providerOptions: { triton: { steps: 28, guidance: 7 } },
 * });
 * const { embeddings } = await embedMany({ model: triton.embeddingModel('clip'), values });
 * ```
 *
 * Calls fail with an `APICallError` whose `cause` is the `TritonError`. Throws `invalid-input` for an address that is none.
 */
export function createTriton(settings: TritonProviderSettings): TritonProvider {
  const context = toContext(settings);
  const languageModel = (modelId: string) => new TritonLanguageModel(checked(modelId, 'languageModel'), context);
  return Object.assign(languageModel.bind(undefined), {
    specificationVersion: 'v4' as const,
    client: context.client,
    languageModel,
    imageModel: (modelId: string) => new TritonImageModel(checked(modelId, 'imageModel'), context),
    embeddingModel: (modelId: string) => new TritonEmbeddingModel(checked(modelId, 'embeddingModel'), context),
    decisionModel: (modelId: string, options?: DecisionModelOptions) => decisionModel(modelId, options, context),
    close: async () => {
      if (!('client' in settings)) await context.client.close();
    },
  });
}

function toContext(settings: TritonProviderSettings): ProviderContext {
  const { allowUrls = false, onProgress, parallelImages = 1 } = settings;
  if (!Number.isInteger(parallelImages) || parallelImages < 1) {
    throw new InvalidArgumentError({
      argument: 'parallelImages',
      message: 'parallelImages must be a whole number from 1.',
    });
  }
  // Models of any client are called by name here, and every output is checked by hand.
  const client = 'client' in settings ? (settings.client as TritonClient) : new TritonClient(settings);
  return { client, allowUrls, onProgress, parallelImages };
}

type ModelType = 'languageModel' | 'imageModel' | 'embeddingModel' | 'decisionModel';

/** What the models of DESIGN's names can be. Other names are the user's own, and taken at their word. */
const kinds: Readonly<Record<string, readonly ModelType[]>> = {
  vqa: ['languageModel', 'decisionModel'],
  owlv2: ['decisionModel'],
  sd3: ['imageModel'],
  clip: ['embeddingModel'],
  sam: [],
};

/** Throws `NoSuchModelError` for what is no name of a model, and for a known model of another kind. */
function checked(modelId: string, modelType: ModelType): string {
  const known = Object.hasOwn(kinds, modelId) ? kinds[modelId] : undefined;
  if (known && !known.includes(modelType)) throw new NoSuchModelError({ modelId, modelType });
  if (typeof modelId !== 'string' || !/^[^/\s]+$/.test(modelId)) throw new NoSuchModelError({ modelId, modelType });
  return modelId;
}

function decisionModel(modelId: string, options: DecisionModelOptions | undefined, context: ProviderContext) {
  const name = checked(modelId, 'decisionModel');
  const contract = options?.contract ?? (Object.hasOwn(kinds, name) ? name : undefined);
  if (contract === 'owlv2') return new TritonBoxDecisionModel(name, context);
  if (contract === 'vqa') return new TritonAnswerDecisionModel(name, context);
  const message = `It is not known how ${name} answers: decisionModel('${name}', { contract: 'vqa' }) or 'owlv2'.`;
  throw new NoSuchModelError({ modelId: name, modelType: 'decisionModel', message });
}
