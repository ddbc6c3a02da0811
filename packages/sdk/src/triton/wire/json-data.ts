import { largestInt64, largestUint64, smallestInt64 } from './bigint-ranges.ts';
import type { Datatype, TensorData } from './datatype.ts';
import { countOf } from './tensor-data.ts';
import { type NumericDatatype, typedArrays } from './typed-arrays.ts';
import { WireError } from './wire-error.ts';

const utf8 = new TextEncoder();

/** Smallest and largest of the integer datatypes that fit into a double. */
const integerRanges = new Map<Datatype, readonly [number, number]>([
  ['UINT8', [0, 2 ** 8 - 1]],
  ['UINT16', [0, 2 ** 16 - 1]],
  ['UINT32', [0, 2 ** 32 - 1]],
  ['INT8', [-(2 ** 7), 2 ** 7 - 1]],
  ['INT16', [-(2 ** 15), 2 ** 15 - 1]],
  ['INT32', [-(2 ** 31), 2 ** 31 - 1]],
]);

/**
 * The elements of a tensor given as JSON values, flat or nested. Every value must fit its datatype: nothing is rounded,
 * cut or wrapped. FP16 and BF16 have no JSON form. Throws `WireError` that begins with `what`.
 */
export function decodeJsonData<D extends Datatype>(
  datatype: D,
  shape: readonly number[],
  data: unknown,
  what = 'The tensor',
): TensorData[D] {
  const count = countOf(shape, what);
  const values = flatten(data, count, what);
  if (values.length !== count) {
    throw new WireError(`${what}: its shape says ${count} elements, but its data has ${values.length}.`);
  }
  const element = (index: number): unknown => elementOf(datatype, values[index], `${what}: element ${index}`);
  // Below, `element` gives what the class of the datatype holds, which TypeScript cannot follow through D.
  if (datatype === 'BYTES') return values.map((_, index) => element(index)) as TensorData[Datatype] as TensorData[D];
  const array = new typedArrays[datatype as NumericDatatype](count) as { [index: number]: unknown };
  for (let index = 0; index < count; index++) array[index] = element(index);
  return array as TensorData[D];
}

/** Without recursion: the depth is the sender's choice. Stops as soon as there are more than `count`. */
function flatten(data: unknown, count: number, what: string): unknown[] {
  if (!Array.isArray(data)) throw new WireError(`${what}: its data is no list.`);
  const values: unknown[] = [];
  const open: { readonly list: readonly unknown[]; next: number }[] = [{ list: data, next: 0 }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    if (top.next === top.list.length) {
      open.pop();
      continue;
    }
    const value = top.list[top.next++];
    if (Array.isArray(value)) open.push({ list: value, next: 0 });
    else if (values.push(value) > count) break;
  }
  return values;
}

function elementOf(datatype: Datatype, value: unknown, what: string): unknown {
  const range = integerRanges.get(datatype);
  if (range !== undefined) {
    if (typeof value === 'number' && Number.isInteger(value) && value >= range[0] && value <= range[1]) return value;
    throw new WireError(`${what} is no ${datatype}.`);
  }
  switch (datatype) {
    case 'BOOL':
      if (typeof value === 'boolean') return value ? 1 : 0;
      break;
    case 'BYTES':
      if (typeof value === 'string') return utf8.encode(value);
      break;
    case 'INT64':
    case 'UINT64': {
      const exact = typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
      const [smallest, largest] = datatype === 'INT64' ? [smallestInt64, largestInt64] : [0n, largestUint64];
      if (typeof exact === 'bigint' && exact >= smallest && exact <= largest) return exact;
      break;
    }
    case 'FP32':
    case 'FP64': {
      const number = typeof value === 'bigint' ? Number(value) : value;
      if (typeof number !== 'number') break;
      if (datatype === 'FP64' || !Number.isFinite(number) || Number.isFinite(Math.fround(number))) return number;
      break;
    }
    default:
      throw new WireError(`${what}: ${datatype} has no JSON form.`);
  }
  throw new WireError(`${what} is no ${datatype}.`);
}
