import type { Datatype, TensorData } from '../wire/datatype.ts';
import type { Tensor } from '../wire/tensor.ts';

/** What a value of each datatype may be given as, beside its typed array. */
export interface Element {
  BOOL: boolean;
  UINT8: number;
  UINT16: number;
  UINT32: number;
  UINT64: bigint | number;
  INT8: number;
  INT16: number;
  INT32: number;
  INT64: bigint | number;
  FP16: number;
  FP32: number;
  FP64: number;
  /** Text is sent as UTF-8. */
  BYTES: string | Uint8Array;
  BF16: number;
}

/** All elements of a tensor, row-major. Arrays of numbers are converted; a typed array is taken as it is. */
export type Elements<D extends Datatype> = TensorData[D] | readonly Element[D][];

/**
 * A model's input as a caller may write it: one element, all elements, or elements with their shape. Without a shape it
 * follows from the model's dimensions, as long as at most one of them varies; the batch dimension is then 1.
 */
export type InputValue<D extends Datatype = Datatype> = {
  [Type in D]: Element[Type] | Elements<Type> | { readonly shape: readonly number[]; readonly data: Elements<Type> };
}[D];

/** The types of one model, as `atelier triton types` writes them. */
export interface ModelTypes {
  readonly inputs: object;
  readonly outputs: object;
  /** True: answers with a stream of responses. */
  readonly decoupled: boolean;
}

/** A model whose types are not known: everything is checked at run time, against the model's own configuration. */
export interface AnyModel extends ModelTypes {
  readonly inputs: Readonly<Record<string, InputValue>>;
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly decoupled: boolean;
}

/** A server's models by name. */
export type AnyModels = Readonly<Record<string, AnyModel>>;
