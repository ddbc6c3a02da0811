/** How each datatype of KServe v2 is held in memory. Little-endian, row-major, unpadded on the wire. */
export interface TensorData {
  /** One byte each, 0 or 1. */
  BOOL: Uint8Array;
  UINT8: Uint8Array;
  UINT16: Uint16Array;
  UINT32: Uint32Array;
  UINT64: BigUint64Array;
  INT8: Int8Array;
  INT16: Int16Array;
  INT32: Int32Array;
  INT64: BigInt64Array;
  /** IEEE 754 half floats as their bits: see `fromFloat16` and `toFloat16`. */
  FP16: Uint16Array;
  FP32: Float32Array;
  FP64: Float64Array;
  /** One element each. On the wire every one follows its length, uint32. */
  BYTES: readonly Uint8Array[];
  /** bfloat16 as its bits: see `fromBfloat16` and `toBfloat16`. */
  BF16: Uint16Array;
}

/** The datatypes of KServe v2 and Triton, by their names on the wire. `TYPE_STRING` of config.pbtxt is BYTES. */
export type Datatype = keyof TensorData;

/** Bytes of one element; 0 for BYTES, whose elements carry their own length. */
export const elementBytes: Readonly<Record<Datatype, number>> = {
  BOOL: 1,
  UINT8: 1,
  UINT16: 2,
  UINT32: 4,
  UINT64: 8,
  INT8: 1,
  INT16: 2,
  INT32: 4,
  INT64: 8,
  FP16: 2,
  FP32: 4,
  FP64: 8,
  BYTES: 0,
  BF16: 2,
};

export const isDatatype = (name: unknown): name is Datatype =>
  typeof name === 'string' && Object.hasOwn(elementBytes, name);
