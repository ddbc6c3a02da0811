import type { Experimental_DecisionModelV4 as DecisionModelV4, ProviderV4 } from '@ai-sdk/provider';
import type { AnyTritonClient } from '../backend/options.ts';
import type { TritonClient } from '../client/client.ts';
import type { TritonClientOptions } from '../client/client-options.ts';
import type { TritonEmbeddingModel } from './embedding/triton-embedding-model.ts';
import type { TritonImageModel } from './image/triton-image-model.ts';
import type { TritonLanguageModel } from './language/triton-language-model.ts';
import type { AllowUrls, PaintingProgress } from './provider-context.ts';

/** Where the server is: the settings of a client, or a client that is there already. */
export type TritonProviderSettings = (TritonClientOptions | { readonly client: AnyTritonClient }) & {
  /**
   * Which `http(s):` addresses pictures of all kinds of models may be fetched from, asked again for every redirect. Addresses
   * in private networks are refused in any case. Default false: none.
   *
   * @example allowUrls: (url) => url.hostname === 'images.example.org'
   */
  readonly allowUrls?: AllowUrls;
  /** Told after every denoising step of an image model. */
  readonly onProgress?: (progress: PaintingProgress) => void;
  /** How many images of one `generateImage` call are painted at the same time. Default 1; raise it where there are several GPUs. */
  readonly parallelImages?: number;
};

/** The contract by which a decision model answers: boxes of a detector, or words of a vision-language model. */
export interface DecisionModelOptions {
  readonly contract: 'owlv2' | 'vqa';
}

/** Triton as a provider of the AI SDK (specification version 4). Made by `createTriton`. */
export interface TritonProvider extends ProviderV4 {
  /** The same as `languageModel`. */
  (modelId: string): TritonLanguageModel;
  /** A model that keeps the vqa contract. */
  languageModel(modelId: string): TritonLanguageModel;
  /** A model that keeps the sd3 contract. */
  imageModel(modelId: string): TritonImageModel;
  /** A model that keeps the clip contract. */
  embeddingModel(modelId: string): TritonEmbeddingModel;
  /**
   * Experimental: may change in patch releases, as the AI SDK's own decision models may. `owlv2` answers box questions, `vqa`
   * boolean and choice questions; a model of another name needs its contract.
   */
  decisionModel(modelId: string, options?: DecisionModelOptions): DecisionModelV4;
  /** The client that all calls go through. */
  readonly client: TritonClient;
  /** Closes the connections of a client that the provider made itself. */
  close(): Promise<void>;
}
