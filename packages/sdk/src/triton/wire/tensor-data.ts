import { decodeBytesElements, encodeBytesElements } from './bytes-elements.ts';
import { type Datatype, elementBytes, type TensorData } from './datatype.ts';
import { firstWrongBoolean } from './first-wrong-boolean.ts';
import { elementCount } from './shape.ts';
import type { Tensor } from './tensor.ts';
import { type NumericDatatype, typedArrays } from './typed-arrays.ts';
import { WireError } from './wire-error.ts';

/** The tensor's bytes on either wire, in pieces: views of the caller's memory, none where it is empty. */
export function encodeTensorData(tensor: Tensor): readonly Uint8Array[] {
  if (tensor.datatype === 'BYTES') return encodeBytesElements(tensor.data);
  const { buffer, byteOffset, byteLength } = tensor.data;
  return byteLength === 0 ? [] : [new Uint8Array(buffer, byteOffset, byteLength)];
}

/**
 * The elements in `bytes`: a view where they lie aligned for their type, else one copy. Throws `WireError` where size,
 * shape and datatype do not fit together; `what` begins its message.
 */
export function decodeTensorData<D extends Datatype>(
  datatype: D,
  shape: readonly number[],
  bytes: Uint8Array,
  what = 'The tensor',
): TensorData[D] {
  const count = countOf(shape, what);
  // TypeScript does not narrow D by comparing a value of it.
  if (datatype === 'BYTES') return decodeBytesElements(count, bytes, what) as TensorData[Datatype] as TensorData[D];
  return decodeNumbers(datatype as NumericDatatype, count, bytes, what) as TensorData[D];
}

function decodeNumbers<D extends NumericDatatype>(
  datatype: D,
  count: number,
  bytes: Uint8Array,
  what: string,
): TensorData[D] {
  const size = elementBytes[datatype];
  if (bytes.byteLength !== count * size) {
    const has = `${count} elements of ${datatype} are ${count * size} bytes`;
    throw new WireError(`${what}: ${has}, but it has ${bytes.byteLength}.`);
  }
  const { buffer, byteOffset } = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
  if (datatype === 'BOOL') checkBooleans(bytes, what);
  return new typedArrays[datatype](buffer, byteOffset, count);
}

function checkBooleans(bytes: Uint8Array, what: string): void {
  const wrong = firstWrongBoolean(bytes);
  if (wrong >= 0) throw new WireError(`${what}: BOOL is 0 or 1, but element ${wrong} is ${bytes[wrong]}.`);
}

/** Elements of a shape from outside. Throws `WireError` where it is impossible. */
export function countOf(shape: readonly unknown[], what: string): number {
  const count = elementCount(shape);
  if (count === undefined) throw new WireError(`${what}: its shape is not a list of sizes with a possible product.`);
  return count;
}
