// Triton as an AI SDK provider.
export { createTriton } from './create-triton.ts';
export type { ImageEmbeddingOptions, TritonEmbeddingModel } from './embedding/triton-embedding-model.ts';
export type { TritonImageOptions } from './image/image-options.ts';
export type { TritonImageModel } from './image/triton-image-model.ts';
export type { TritonLanguageModel } from './language/triton-language-model.ts';
export type { AllowUrls, PaintingProgress } from './provider-context.ts';
export type { DecisionModelOptions, TritonProvider, TritonProviderSettings } from './triton-provider.ts';
