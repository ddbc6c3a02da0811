import type { Datatype, TensorData } from './datatype.ts';

/** A tensor in memory. `shape` is row-major; its product is the number of elements (1 for `[]`, 0 where a side is 0). */
export type Tensor<D extends Datatype = Datatype> = {
  readonly [Type in D]: { readonly datatype: Type; readonly shape: readonly number[]; readonly data: TensorData[Type] };
}[D];

/** A value of a request or response parameter. INT64 beyond 2^53 comes back as bigint. */
export type ParameterValue = string | number | boolean | bigint;

/** One inference, as either transport sends it. */
export interface InferRequest {
  readonly model: string;
  /** Digits. Default: the server's choice by the model's version policy. */
  readonly version?: string;
  /** Comes back in the response and in the server's log. */
  readonly id?: string;
  /** By name, sent in this order. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** Names of the outputs wanted. Default: all. */
  readonly outputs?: readonly string[];
  /** Names that begin with `triton_`, and the ones that the protocol reserves, are refused. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** Server-side queue priority (0: the model's default) and queue timeout in microseconds. */
  readonly priority?: number;
  readonly timeoutMicroseconds?: number;
}

/** One response: the only one of an ordinary model, one of many of a decoupled model. */
export interface InferResponse {
  readonly model: string;
  readonly version: string;
  readonly id: string | undefined;
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}
