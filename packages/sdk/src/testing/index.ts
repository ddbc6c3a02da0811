// The public API of @atelier/sdk/testing: for the tests of programs built on Atelier.
export {
  type LaunchedTriton,
  type LaunchOptions,
  launchTriton,
  type TritonWorker,
  type WorkerEnd,
} from '../triton/launch/index.ts';
export {
  type FakeDecoupledModel,
  type FakeModel,
  FakeModelError,
  type FakeOrdinaryModel,
  type FakeOutputs,
  type FakeTensor,
  type FakeTriton,
  type FakeTritonOptions,
  fakeTriton,
} from './fake-triton/index.ts';
export {
  type CommonContract,
  type ContractCase,
  type EmbeddingModelContract,
  embeddingModelContract,
  type HeaderRecord,
  type ImageModelContract,
  imageModelContract,
  type LanguageModelContract,
  languageModelContract,
  type ProvokedFailure,
  type UnderTest,
} from './provider-contract/index.ts';
