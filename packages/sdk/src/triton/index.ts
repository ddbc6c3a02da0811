// The public API of @atelier/sdk/triton: named exports only.
export type { ModelRole, TritonBackendOptions, TritonModelOptions } from './backend/options.ts';
export { type TritonBackend, triton } from './backend/triton.ts';
export { TritonClient } from './client/client.ts';
export type {
  BreakerOptions,
  LoadCallOptions,
  LogSettingsOptions,
  ModelOptions,
  RetryOptions,
  ServerAddress,
  StatisticsOptions,
  TraceSettingsOptions,
  TritonCallOptions,
  TritonClientOptions,
  UnloadOptions,
} from './client/client-options.ts';
export type { TritonStream } from './client/stoppable-stream.ts';
export {
  AccessDeniedError,
  CertificateInvalidError,
  ConnectionLostError,
  GrpcRequiredError,
  ImageNotCachedError,
  InvalidInputError,
  ModelFailedError,
  ModelNotFoundError,
  ModelNotReadyError,
  RequestRejectedError,
  RequestTooLargeError,
  RequestUnsupportedError,
  ResponseInvalidError,
  ResponseTooLargeError,
  ServerUnavailableError,
  ServerUnreachableError,
  TimedOutError,
  TritonError,
  type TritonErrorContext,
} from './errors.ts';
export type { ModelOf } from './models/create-model-client.ts';
export type { ChosenOutputs, ModelCallOptions, ModelClient } from './models/model-client.ts';
export type { AnyModel, AnyModels, Element, Elements, InputValue, ModelTypes } from './models/model-types.ts';
export {
  type AllowUrls,
  createTriton,
  type DecisionModelOptions,
  type ImageEmbeddingOptions,
  type PaintingProgress,
  type TritonEmbeddingModel,
  type TritonImageModel,
  type TritonImageOptions,
  type TritonLanguageModel,
  type TritonProvider,
  type TritonProviderSettings,
} from './provider/index.ts';
export type {
  LogSettings,
  ModelConfig,
  ModelMetadata,
  ModelStatistics,
  RepositoryEntry,
  ServerMetadata,
  TraceSettings,
} from './server-documents.ts';
export type { ServerState } from './servers/server-pool.ts';
export type { LoadOptions, RawInferRequest, TlsOptions, TraceContext } from './transport.ts';
export { type ModelTypesOptions, writeModelTypes } from './types/write-model-types.ts';
export { type Datatype, elementBytes, type TensorData } from './wire/datatype.ts';
export { fromBfloat16, fromFloat16, toBfloat16, toFloat16 } from './wire/small-floats.ts';
export type { InferRequest, InferResponse, ParameterValue, Tensor } from './wire/tensor.ts';
export { bytesTensor, text } from './wire/text.ts';
