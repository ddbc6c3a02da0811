import { describe, expect, it } from 'vitest';
import { join } from './__fixtures__/tensor-arbitrary.ts';
import { decodeInferResponse, encodeInferResponse, type InferResponse, WireError } from './index.ts';

const utf8 = new TextEncoder();

/** A reply with these outputs, then these bytes. */
function reply(outputs: unknown, binary: readonly number[] = [], more: object = {}): InferResponse {
  const header = utf8.encode(JSON.stringify({ model_name: 'm', model_version: '1', outputs, ...more }));
  return decodeInferResponse(join([header, Uint8Array.from(binary)]), header.length);
}
const json = (outputs: unknown): InferResponse =>
  decodeInferResponse(utf8.encode(`{"model_name":"m","model_version":"1","outputs":${outputs}}`), undefined);

const output = (datatype: unknown, shape: unknown, size: unknown) => [
  { name: 'MASKS', datatype, shape, parameters: { binary_data_size: size } },
];

const broken: readonly [string, () => unknown, RegExp][] = [
  ['short body', () => reply(output('FP32', [2], 8), [1, 2, 3]), /"MASKS": it has 8 bytes, but the body ends after 3/],
  ['extra bytes', () => reply(output('INT8', [1], 1), [1, 2, 3]), /2 bytes follow.*"MASKS"/],
  ['extra bytes without outputs', () => reply([], [1]), /1 bytes follow/],
  ['wrong size', () => reply(output('FP32', [3], 8), [0, 0, 0, 0, 0, 0, 0, 0]), /"MASKS": 3 elements.*12 bytes.*8/],
  ['unknown datatype', () => reply(output('FP8', [1], 1), [1]), /"MASKS".*datatype/],
  ['negative side', () => reply(output('INT8', [-1], 1), [1]), /"MASKS".*shape/],
  ['fraction', () => reply(output('INT8', [0.5], 1), [1]), /"MASKS".*shape/],
  ['overflow', () => reply(output('INT8', [2 ** 30, 2 ** 30], 1), [1]), /"MASKS".*shape/],
  ['no shape', () => reply(output('INT8', undefined, 1), [1]), /"MASKS".*shape/],
  ['negative size', () => reply(output('INT8', [1], -1), [1]), /"MASKS".*binary_data_size/],
  ['size as text', () => reply(output('INT8', [1], '1'), [1]), /"MASKS".*binary_data_size/],
  ['boolean of 2', () => reply(output('BOOL', [1], 1), [2]), /"MASKS".*BOOL/],
  ['a claim of 4 GiB', () => reply(output('BYTES', [1], 5), [255, 255, 255, 255, 1]), /"MASKS".*claims 4294967295/],
  ['elements that are not there', () => reply(output('BYTES', [2 ** 50], 4), [0, 0, 0, 0]), /"MASKS".*cannot hold/],
  ['elements left over', () => reply(output('BYTES', [1], 5), [0, 0, 0, 0, 9]), /"MASKS".*1 bytes follow/],
  ['half a length', () => reply(output('BYTES', [2], 8), [2, 0, 0, 0, 7, 7, 0, 0]), /"MASKS".*ends before/],
  ['twice one name', () => reply([...output('INT8', [0], 0), ...output('INT8', [0], 0)]), /"MASKS" is there twice/],
  ['data and bytes', () => reply([{ ...output('INT8', [1], 1)[0], data: [1] }], [1]), /"MASKS".*exactly one/],
  ['neither', () => reply([{ name: 'MASKS', datatype: 'INT8', shape: [1] }]), /"MASKS".*exactly one/],
  ['no name', () => reply([{ datatype: 'INT8', shape: [1], data: [1] }]), /Output 0 has no name/],
  ['outputs that are no list', () => reply({}), /no list of outputs/],
  ['no outputs', () => reply(undefined), /no list of outputs/],
  ['a parameter that is a list', () => reply([], [], { parameters: { p: [] } }), /"p"/],
  ['an id that is a number', () => reply([], [], { id: 1 }), /id/],
  ['no model', () => decodeInferResponse(utf8.encode('{"outputs":[]}'), undefined), /model_name/],
  ['no JSON', () => decodeInferResponse(utf8.encode('<html>'), undefined), /not JSON/],
  ['JSON that is no object', () => decodeInferResponse(utf8.encode('[]'), undefined), /no JSON object/],
  ['an empty body', () => decodeInferResponse(new Uint8Array(0), undefined), /not JSON/],
  ['bytes that are no UTF-8', () => decodeInferResponse(Uint8Array.of(255), undefined), /UTF-8/],
  ['a header longer than the body', () => decodeInferResponse(utf8.encode('{}'), 3), /3 bytes long.*2 bytes/],
  ['a negative header', () => decodeInferResponse(utf8.encode('{}'), -1), /-1 bytes long/],
  ['a header that is no number', () => decodeInferResponse(utf8.encode('{}'), NaN), /NaN bytes long/],
  [
    'binary without a header length',
    () => json('[{"name":"A","datatype":"INT8","shape":[1],"parameters":{"binary_data_size":1}}]'),
    /"A".*all JSON/,
  ],
  ['too few values', () => json('[{"name":"A","datatype":"INT8","shape":[2],"data":[1]}]'), /"A".*2 elements.*1/],
  ['too many values', () => json('[{"name":"A","datatype":"INT8","shape":[1],"data":[1,2,3]}]'), /"A".*1 elements/],
  [
    'a value out of range',
    () => json('[{"name":"A","datatype":"INT8","shape":[1],"data":[128]}]'),
    /"A": element 0 is no INT8/,
  ],
  [
    'a fraction as integer',
    () => json('[{"name":"A","datatype":"UINT32","shape":[1],"data":[1.5]}]'),
    /"A": element 0/,
  ],
  [
    'UINT64 too large',
    () => json('[{"name":"A","datatype":"UINT64","shape":[1],"data":[18446744073709551616]}]'),
    /"A"/,
  ],
  [
    'INT64 with a fraction',
    () => json('[{"name":"A","datatype":"INT64","shape":[1],"data":[1e30]}]'),
    /"A": element 0/,
  ],
  ['FP32 too large', () => json('[{"name":"A","datatype":"FP32","shape":[1],"data":[1e39]}]'), /"A": element 0/],
  ['FP64 too large', () => json('[{"name":"A","datatype":"FP64","shape":[1],"data":[1e400]}]'), /out of range/],
  ['FP16 in JSON', () => json('[{"name":"A","datatype":"FP16","shape":[1],"data":[1]}]'), /"A".*no JSON form/],
  ['a number as BYTES', () => json('[{"name":"A","datatype":"BYTES","shape":[1],"data":[1]}]'), /"A": element 0/],
  ['a number as BOOL', () => json('[{"name":"A","datatype":"BOOL","shape":[1],"data":[1]}]'), /"A": element 0/],
];

describe('decodeInferResponse', () => {
  it.each(broken)('refuses %s', (_, decode, message) => {
    expect(decode).toThrow(WireError);
    expect(decode).toThrow(message);
  });

  it('keeps integers of 64 bits in JSON exact', () => {
    const { outputs } = json(
      '[{"name":"I","datatype":"INT64","shape":[3],"data":[9223372036854775807,-9007199254740993,5]},' +
        '{"name":"U","datatype":"UINT64","shape":[1],"data":[18446744073709551615]}]',
    );
    expect(outputs.I?.data).toEqual(BigInt64Array.of(2n ** 63n - 1n, -(2n ** 53n) - 1n, 5n));
    expect(outputs.U?.data).toEqual(BigUint64Array.of(2n ** 64n - 1n));
  });

  it('reads the literals that JSON does not have, but not inside texts', () => {
    const { outputs } = json(
      '[{"name":"NaN","datatype":"FP32","shape":[5],"data":[NaN,Infinity,-Infinity,0.10000000149011612,1.401298464324817e-45]},' +
        '{"name":"T","datatype":"BYTES","shape":[2],"data":["NaN \\" Infinity","-Infinity\\\\"]}]',
    );
    expect(outputs.NaN?.data).toEqual(Float32Array.of(NaN, Infinity, -Infinity, 0.1, 2 ** -149));
    expect(outputs.T?.data).toEqual([utf8.encode('NaN " Infinity'), utf8.encode('-Infinity\\')]);
  });

  it('reads nested values, and any depth without a broken stack', () => {
    const { outputs } = json('[{"name":"A","datatype":"INT16","shape":[2,2],"data":[[1,2],[3,4]]}]');
    expect(outputs.A?.data).toEqual(Int16Array.of(1, 2, 3, 4));
    const deep = `${'['.repeat(100_000)}1${']'.repeat(100_000)}`;
    expect(json(`[{"name":"A","datatype":"INT16","shape":[1],"data":${deep}}]`).outputs.A?.data).toEqual(
      Int16Array.of(1),
    );
    // With a number that must be read exactly, the parser recurses.
    expect(() =>
      json(`[{"name":"A","datatype":"INT64","shape":[1],"data":${deep.replace('1', '1'.repeat(18))}}]`),
    ).toThrow(WireError);
  });

  it('takes empty binary outputs without a header length, as Triton sends them', () => {
    const response: InferResponse = {
      model: 'm',
      version: '1',
      id: undefined,
      outputs: { EMPTY: { datatype: 'FP32', shape: [0, 3], data: new Float32Array(0) } },
      parameters: {},
    };
    const { header, chunks, headerBytes } = encodeInferResponse(response);
    expect([chunks.length, headerBytes]).toEqual([0, undefined]);
    expect(decodeInferResponse(header, undefined)).toEqual(response);
  });

  it('keeps names that objects have already', () => {
    const name = '__proto__';
    const { outputs } = reply([{ name, datatype: 'INT8', shape: [1], parameters: { binary_data_size: 1 } }], [5]);
    expect(Object.entries(outputs)).toEqual([[name, { datatype: 'INT8', shape: [1], data: Int8Array.of(5) }]]);
  });

  it('holds nothing of the text in its errors', () => {
    expect(() => decodeInferResponse(utf8.encode('{"data": secret'), undefined)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('secret') }),
    );
  });
});
