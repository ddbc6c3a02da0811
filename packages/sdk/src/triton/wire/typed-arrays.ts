import type { Datatype, TensorData } from './datatype.ts';
import { isLittleEndian } from './host.ts';

/** Every datatype but BYTES, whose elements differ in length. */
export type NumericDatatype = Exclude<Datatype, 'BYTES'>;

interface TypedArrayClass<Data> {
  readonly name: string;
  new (length: number): Data;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): Data;
}

/** The class that holds each datatype; a view over wire bytes, since the byte orders are the same. */
export const typedArrays: { readonly [D in NumericDatatype]: TypedArrayClass<TensorData[D]> } = isLittleEndian && {
  BOOL: Uint8Array,
  UINT8: Uint8Array,
  UINT16: Uint16Array,
  UINT32: Uint32Array,
  UINT64: BigUint64Array,
  INT8: Int8Array,
  INT16: Int16Array,
  INT32: Int32Array,
  INT64: BigInt64Array,
  FP16: Uint16Array,
  FP32: Float32Array,
  FP64: Float64Array,
  BF16: Uint16Array,
};
