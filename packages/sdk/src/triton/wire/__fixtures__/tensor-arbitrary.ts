import fc from 'fast-check';
import { type Datatype, elementBytes } from '../datatype.ts';
import { elementCount } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { decodeTensorData, encodeTensorData } from '../tensor-data.ts';

export const datatypes = Object.keys(elementBytes) as Datatype[]; // An object's keys are typed as string.

const shapeArbitrary = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });

// Some on either side of the size from which elements are not packed.
const elementArbitrary = fc.oneof(
  { weight: 20, arbitrary: fc.uint8Array({ maxLength: 12 }) },
  { weight: 1, arbitrary: fc.integer({ min: 16_000, max: 17_000 }).map((size) => new Uint8Array(size).fill(size)) },
);

/** Any bit pattern of the datatype, NaN payloads too, in memory that begins anywhere in a larger buffer. */
export const tensorArbitrary = (datatypeArbitrary: fc.Arbitrary<Datatype> = fc.constantFrom(...datatypes)) =>
  fc.tuple(datatypeArbitrary, shapeArbitrary).chain(([datatype, shape]): fc.Arbitrary<Tensor> => {
    const count = elementCount(shape) ?? 0;
    if (datatype === 'BYTES') {
      return fc
        .array(elementArbitrary, { minLength: count, maxLength: count })
        .map((data) => ({ datatype, shape, data }));
    }
    const size = count * elementBytes[datatype];
    const max = datatype === 'BOOL' ? 1 : 255;
    return fc
      .tuple(fc.uint8Array({ minLength: size, maxLength: size, max }), fc.nat(3))
      .map(([bytes, elementsBefore]) => {
        const offset = elementsBefore * elementBytes[datatype];
        const memory = new Uint8Array(offset + size + 8);
        memory.set(bytes, offset);
        const data = decodeTensorData(datatype, shape, memory.subarray(offset, offset + size));
        return { datatype, shape, data } as Tensor; // Decoded for this datatype.
      });
  });

/**
 * Any names but those with a backslash: V8 13.6 (Node 24) takes the key `x"` for `x\` in an object of the same form as
 * one that it parsed before, `JSON.parse('{"a":0,"x\\\\":0}')` and then `JSON.parse('{"a":0,"x\\"":0}')`.
 */
export const nameArbitrary = fc
  .oneof(fc.string({ minLength: 1, unit: 'grapheme' }), fc.constantFrom('__proto__', 'toString', '"', '\u2028'))
  .filter((name) => !name.includes('\\'));

export const tensorsArbitrary = fc.dictionary(nameArbitrary, tensorArbitrary(), { maxKeys: 6 });

export const parametersArbitrary = fc.dictionary(
  nameArbitrary.map((name) => `x${name}`),
  fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
  ),
  { maxKeys: 4 },
);

export function join(chunks: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(chunks));
}

/** The body in memory where what follows its JSON begins `offset` bytes after a multiple of 8. */
export function placed(header: Uint8Array, chunks: readonly Uint8Array[], offset: number): Uint8Array {
  const body = join([header, ...chunks]);
  const start = 8 + ((8 + offset - (header.byteLength % 8)) % 8);
  const memory = new Uint8Array(start + body.byteLength + 8);
  memory.set(body, start);
  return memory.subarray(start, start + body.byteLength);
}

/** A tensor as what can be compared bit by bit: typed arrays of floats compare all NaN as one. */
export const bitsOf = (tensor: Tensor) => ({
  datatype: tensor.datatype,
  shape: tensor.shape,
  length: tensor.data.length,
  type: tensor.datatype === 'BYTES' ? 'Array' : tensor.data.constructor.name,
  bytes: Buffer.from(join(encodeTensorData(tensor))).toString('hex'),
});

export const allBitsOf = (tensors: Readonly<Record<string, Tensor>>) =>
  Object.entries(tensors).map(([name, tensor]) => [name, bitsOf(tensor)]);
