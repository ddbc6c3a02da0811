import { type Datatype, isDatatype } from './datatype.ts';
import { decodeJsonData } from './json-data.ts';
import { isRecord, quote } from './parameters.ts';
import type { Tensor } from './tensor.ts';
import { countOf, decodeTensorData } from './tensor-data.ts';
import { WireError } from './wire-error.ts';

const nothing = new Uint8Array(0);

/** The tensors of a message, by name. Throws `WireError` unless they use up exactly the bytes after the JSON. */
export function readTensors(
  list: unknown,
  binary: Uint8Array | undefined,
  kind: 'Input' | 'Output',
): Record<string, Tensor> {
  if (!Array.isArray(list)) throw new WireError(`The message has no list of ${kind.toLowerCase()}s.`);
  const tensors = new Map<string, Tensor>();
  let rest = binary ?? nothing;
  for (const [index, entry] of list.entries()) {
    const { name, tensor, used } = readTensor(entry, index, rest, binary !== undefined, kind);
    if (tensors.has(name)) throw new WireError(`${kind} ${quote(name)} is there twice.`);
    tensors.set(name, tensor);
    rest = rest.subarray(used);
  }
  if (rest.byteLength > 0) {
    const claimed = `the ${tensors.size} ${kind.toLowerCase()}s claim`;
    throw new WireError(`${rest.byteLength} bytes follow what ${claimed} (last: ${lastName(tensors)}).`);
  }
  return Object.fromEntries(tensors);
}

const lastName = (tensors: ReadonlyMap<string, Tensor>): string => quote([...tensors.keys()].at(-1) ?? '');

function readTensor(entry: unknown, index: number, rest: Uint8Array, hasBinary: boolean, kind: 'Input' | 'Output') {
  if (!isRecord(entry) || typeof entry.name !== 'string' || entry.name === '') {
    throw new WireError(`${kind} ${index} has no name.`);
  }
  const { name, datatype, shape, parameters, data } = entry;
  const what = `${kind} ${quote(name)}`;
  if (!isDatatype(datatype)) throw new WireError(`${what}: its datatype is unknown.`);
  if (!Array.isArray(shape)) throw new WireError(`${what}: it has no shape.`);
  countOf(shape, what);
  if (parameters !== undefined && !isRecord(parameters)) {
    throw new WireError(`${what}: its parameters are no JSON object.`);
  }
  const size = parameters?.binary_data_size;
  if ((size === undefined) === (data === undefined)) {
    throw new WireError(`${what}: it must have either data or binary_data_size, and exactly one.`);
  }
  if (size === undefined)
    return { name, tensor: tensorOf(datatype, shape, decodeJsonData(datatype, shape, data, what)), used: 0 };
  const bytes = takeBytes(size, rest, hasBinary, what);
  return {
    name,
    tensor: tensorOf(datatype, shape, decodeTensorData(datatype, shape, bytes, what)),
    used: bytes.byteLength,
  };
}

function takeBytes(size: unknown, rest: Uint8Array, hasBinary: boolean, what: string): Uint8Array {
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    throw new WireError(`${what}: its binary_data_size is no size.`);
  }
  // Triton leaves the header's length out where all binary outputs are empty.
  if (!hasBinary && size > 0)
    throw new WireError(`${what}: it has ${size} binary bytes in a message that is all JSON.`);
  if (size > rest.byteLength) {
    throw new WireError(`${what}: it has ${size} bytes, but the body ends after ${rest.byteLength} of them.`);
  }
  return rest.subarray(0, size);
}

/** Of a datatype and of the data that was decoded for it, which TypeScript cannot tie together over the union. */
const tensorOf = (datatype: Datatype, shape: readonly number[], data: Tensor['data']): Tensor =>
  ({ datatype, shape, data }) as Tensor;
