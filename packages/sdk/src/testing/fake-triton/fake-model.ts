import type { Datatype } from '../../triton/wire/datatype.ts';
import type { InferRequest, Tensor } from '../../triton/wire/tensor.ts';

/** An input or output, as config.pbtxt tells it. */
export interface FakeTensor {
  readonly datatype: Datatype;
  /** Without the batch dimension; -1 where it varies. `[-1, 4]`. */
  readonly shape: readonly number[];
  /** Inputs only. Default false. */
  readonly optional?: boolean;
}

/** What a model answers: its outputs by name. Those that were not asked for are left out of the response. */
export type FakeOutputs = Readonly<Record<string, Tensor>>;

interface FakeModelBase {
  readonly inputs: Readonly<Record<string, FakeTensor>>;
  readonly outputs: Readonly<Record<string, FakeTensor>>;
  /** Default 0: shapes have no batch dimension. Requests are never put together. */
  readonly maxBatchSize?: number;
  /** Asked at every call; false: the model is unloaded. Default: always ready. */
  readonly isReady?: () => boolean;
}

/** Answers each request once. Throw `FakeModelError` for an error of the model's choice, anything else for a crash. */
export interface FakeOrdinaryModel extends FakeModelBase {
  readonly decoupled?: false;
  readonly run: (request: InferRequest) => FakeOutputs | Promise<FakeOutputs>;
}

/** Answers each request with any number of responses. Throwing sends the error as the last. */
export interface FakeDecoupledModel extends FakeModelBase {
  readonly decoupled: true;
  readonly run: (request: InferRequest) => Iterable<FakeOutputs> | AsyncIterable<FakeOutputs>;
}

export type FakeModel = FakeOrdinaryModel | FakeDecoupledModel;

/** HTTP statuses of the codes that a python model can give an error. */
const statuses = {
  UNKNOWN: 400,
  INTERNAL: 500,
  NOT_FOUND: 404,
  INVALID_ARG: 400,
  UNAVAILABLE: 503,
  UNSUPPORTED: 501,
  ALREADY_EXISTS: 400,
  CANCELLED: 400,
} as const;

/** An error that a model answers with on purpose, like `TritonError` of Triton's python backend. */
export class FakeModelError extends Error {
  override readonly name = 'FakeModelError';
  readonly status: number;
  /** `code` decides the HTTP status. Default `INTERNAL`: 500. */
  constructor(message: string, code: keyof typeof statuses = 'INTERNAL') {
    super(message);
    this.status = statuses[code];
  }
}
