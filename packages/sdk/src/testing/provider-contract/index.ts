// Contract tests for AI SDK models of specification version 4. Free of any test framework.
export type { CommonContract, HeaderRecord, ProvokedFailure } from './call-contract.ts';
export type { ContractCase, UnderTest } from './contract-case.ts';
export { type EmbeddingModelContract, embeddingModelContract } from './embedding-model/embedding-model-contract.ts';
export { type ImageModelContract, imageModelContract } from './image-model/image-model-contract.ts';
export { type LanguageModelContract, languageModelContract } from './language-model/language-model-contract.ts';
