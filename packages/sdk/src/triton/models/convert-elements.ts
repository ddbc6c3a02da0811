import type { Datatype, TensorData } from '../wire/datatype.ts';
import { toBfloat16, toFloat16 } from '../wire/small-floats.ts';

/** What was wrong with a value, without the value itself. */
export class ConversionError extends Error {}

type Convert<D extends Datatype> = (value: unknown) => TensorData[D];

/** Elements of any accepted form, one or many, as the datatype's own array. Throws `ConversionError`. */
export const convertElements: { readonly [D in Datatype]: Convert<D> } = {
  BOOL: (value) => {
    if (value instanceof Uint8Array) return value;
    return Uint8Array.from(list(value), (element) => {
      if (typeof element !== 'boolean') throw new ConversionError(`true or false expected, not ${typeof element}`);
      return element ? 1 : 0;
    });
  },
  UINT8: (value) => (value instanceof Uint8Array ? value : Uint8Array.from(integers(value, 0, 0xff))),
  UINT16: (value) => (value instanceof Uint16Array ? value : Uint16Array.from(integers(value, 0, 0xffff))),
  UINT32: (value) => (value instanceof Uint32Array ? value : Uint32Array.from(integers(value, 0, 0xffff_ffff))),
  UINT64: (value) =>
    value instanceof BigUint64Array ? value : BigUint64Array.from(bigints(value, 0n, 2n ** 64n - 1n)),
  INT8: (value) => (value instanceof Int8Array ? value : Int8Array.from(integers(value, -0x80, 0x7f))),
  INT16: (value) => (value instanceof Int16Array ? value : Int16Array.from(integers(value, -0x8000, 0x7fff))),
  INT32: (value) => (value instanceof Int32Array ? value : Int32Array.from(integers(value, -0x8000_0000, 0x7fff_ffff))),
  INT64: (value) =>
    value instanceof BigInt64Array ? value : BigInt64Array.from(bigints(value, -(2n ** 63n), 2n ** 63n - 1n)),
  FP16: (value) => (value instanceof Uint16Array ? value : toFloat16(numbers(value))),
  FP32: (value) => (value instanceof Float32Array ? value : Float32Array.from(numbers(value))),
  FP64: (value) => (value instanceof Float64Array ? value : Float64Array.from(numbers(value))),
  BYTES: (value) =>
    value instanceof Uint8Array || typeof value === 'string' ? [bytes(value)] : list(value).map(bytes),
  BF16: (value) => (value instanceof Uint16Array ? value : toBfloat16(numbers(value))),
};

const encoder = new TextEncoder();

function bytes(element: unknown): Uint8Array {
  if (element instanceof Uint8Array) return element;
  if (typeof element === 'string') return encoder.encode(element);
  throw new ConversionError(`text or bytes expected, not ${typeof element}`);
}

function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (ArrayBuffer.isView(value)) {
    // Every view but DataView is a typed array, which iterates over its elements.
    if (value instanceof DataView) throw new ConversionError('a DataView has no elements; give a typed array');
    return Array.from(value as unknown as Iterable<unknown>);
  }
  return [value];
}

function numbers(value: unknown): ArrayLike<number> {
  if (value instanceof Float32Array || value instanceof Float64Array) return value;
  const elements = list(value);
  for (const element of elements) {
    if (typeof element !== 'number') throw new ConversionError(`a number expected, not ${typeof element}`);
  }
  // Checked above, element by element.
  return elements as readonly number[];
}

function integers(value: unknown, low: number, high: number): ArrayLike<number> {
  const elements = numbers(value);
  for (let index = 0; index < elements.length; index++) {
    const element = elements[index];
    if (!Number.isInteger(element) || element < low || element > high) {
      throw new ConversionError(`element ${index} is not a whole number from ${low} to ${high}`);
    }
  }
  return elements;
}

function bigints(value: unknown, low: bigint, high: bigint): bigint[] {
  return list(value).map((element, index) => {
    const isWhole = typeof element === 'bigint' || (typeof element === 'number' && Number.isSafeInteger(element));
    const whole = isWhole ? BigInt(element) : undefined;
    if (whole === undefined || whole < low || whole > high) {
      throw new ConversionError(
        `element ${index} is not a whole number from ${low} to ${high} (beyond 2^53 as bigint)`,
      );
    }
    return whole;
  });
}
