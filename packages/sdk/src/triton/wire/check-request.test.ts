import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../errors.ts';
import { checkInferRequest, encodeInferRequest, type InferRequest, type Tensor } from './index.ts';

const fine: InferRequest = { model: 'm', inputs: { I: { datatype: 'FP32', shape: [2], data: new Float32Array(2) } } };

/** Requests as callers without a compiler may write them. */
const request = (changes: object): InferRequest => ({ ...fine, ...changes });
const input = (tensor: object | null): InferRequest => request({ inputs: { PICTURE: tensor } });

const refused: readonly [string, InferRequest, RegExp][] = [
  ['a model without a name', request({ model: '' }), /model has no name/],
  ['a model name that is no Unicode', request({ model: 'a\ud800' }), /Unicode/],
  ['a version that is not digits', request({ version: 'latest' }), /version/],
  ['an empty version', request({ version: '' }), /version/],
  ['a version that leads elsewhere', request({ version: '1/../2' }), /version/],
  ['an id that is no text', request({ id: 7 }), /id is no text/],
  ['an input without a name', request({ inputs: { '': fine.inputs.I } }), /input has no name/],
  ['no tensor', input(null), /"PICTURE": it is no tensor/],
  ['an unknown datatype', input({ datatype: 'FP8', shape: [0], data: new Uint8Array(0) }), /datatype/],
  ['an inherited datatype', input({ datatype: 'toString', shape: [0], data: new Uint8Array(0) }), /datatype/],
  ['a negative side', input({ datatype: 'INT8', shape: [-1], data: new Int8Array(1) }), /shape is impossible/],
  ['a fraction of a side', input({ datatype: 'INT8', shape: [1.5], data: new Int8Array(1) }), /shape is impossible/],
  ['a side as text', input({ datatype: 'INT8', shape: ['1'], data: new Int8Array(1) }), /shape is impossible/],
  ['no shape', input({ datatype: 'INT8', data: new Int8Array(1) }), /shape is impossible/],
  [
    'a product beyond 2^53',
    input({ datatype: 'INT8', shape: [2 ** 40, 2 ** 40], data: new Int8Array(1) }),
    /impossible/,
  ],
  ['too few elements', input({ datatype: 'INT8', shape: [2, 2], data: new Int8Array(3) }), /\[2, 2\] has 4 .* has 3/],
  ['another class', input({ datatype: 'FP32', shape: [1], data: new Float64Array(1) }), /Float32Array.*Float64Array/],
  ['a plain array', input({ datatype: 'FP32', shape: [1], data: [1] }), /Float32Array/],
  ['clamped bytes', input({ datatype: 'UINT8', shape: [1], data: new Uint8ClampedArray(1) }), /Uint8ClampedArray/],
  ['a DataView', input({ datatype: 'UINT8', shape: [1], data: new DataView(new ArrayBuffer(1)) }), /DataView/],
  ['a boolean of 2', input({ datatype: 'BOOL', shape: [2], data: Uint8Array.of(1, 2) }), /element 1 of BOOL is 2/],
  ['BYTES as one array', input({ datatype: 'BYTES', shape: [1], data: new Uint8Array(1) }), /array of Uint8Array/],
  ['text in BYTES', input({ datatype: 'BYTES', shape: [1], data: ['text'] }), /element 0 is no Uint8Array/],
  ['a hole in BYTES', input({ datatype: 'BYTES', shape: [1], data: new Array(1) }), /element 0 is no Uint8Array/],
  ['wide elements in BYTES', input({ datatype: 'BYTES', shape: [1], data: [new Uint16Array(1)] }), /no Uint8Array/],
  ['no outputs', request({ outputs: [] }), /list of outputs is empty/],
  ['an output twice', request({ outputs: ['A', 'A'] }), /named twice/],
  ['an output without a name', request({ outputs: [''] }), /output has no name/],
  ['NaN as a parameter', request({ parameters: { p: NaN } }), /"p" is not finite/],
  ['infinity as a parameter', request({ parameters: { p: -Infinity } }), /"p" is not finite/],
  ['more than int64', request({ parameters: { p: -(2n ** 63n) - 1n } }), /64 bits/],
  ['more than uint64', request({ parameters: { p: 2n ** 64n } }), /64 bits/],
  ['a list as a parameter', request({ parameters: { p: [1] } }), /"p" is no text/],
  ['null as a parameter', request({ parameters: { p: null } }), /"p" is no text/],
  ['a negative priority', request({ priority: -1 }), /priority/],
  ['a fraction of a microsecond', request({ timeoutMicroseconds: 0.5 }), /timeoutMicroseconds/],
];

describe('checkInferRequest', () => {
  it.each(refused)('refuses %s', (_, wrong, message) => {
    const error = caught(() => checkInferRequest(wrong));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ code: 'invalid-input', isRetryable: false, hint: expect.stringMatching(/.{10}/) });
    expect(String(error)).toMatch(message);
    if (wrong.model === 'm') expect(error).toMatchObject({ model: 'm' });
  });

  it.each([
    'sequence_id',
    'sequence_start',
    'sequence_end',
    'priority',
    'timeout',
    'headers',
    'binary_data_output',
    'triton_x',
  ])('refuses the reserved parameter %s', (name) => {
    expect(() => checkInferRequest(request({ parameters: { [name]: 1 } }))).toThrow(/reserved/);
  });

  it('lets pass what the types allow', () => {
    const inputs: Record<string, Tensor> = {
      SCALAR: { datatype: 'FP64', shape: [], data: new Float64Array(1) },
      EMPTY: { datatype: 'INT64', shape: [0, 2 ** 52, 2 ** 52], data: new BigInt64Array(0) },
      NODE: { datatype: 'UINT8', shape: [3], data: Buffer.from('abc') },
      TEXTS: { datatype: 'BYTES', shape: [1, 2], data: [Buffer.from('a'), new Uint8Array(0)] },
    };
    const parameters = { a: 'x', b: 1.5, c: true, d: 2n ** 64n - 1n, e: -(2n ** 63n), triton: 1 };
    checkInferRequest({ model: 'm/x', version: '12', id: '', inputs, outputs: ['O'], parameters, priority: 0 });
  });

  it('does not hold data in its errors', () => {
    const error = caught(() => checkInferRequest(input({ datatype: 'INT8', shape: [9], data: Int8Array.of(123, 77) })));
    expect(JSON.stringify(error)).not.toMatch(/123|77/);
  });
});

describe('encodeInferRequest', () => {
  const headerOf = (wanted: InferRequest): unknown =>
    JSON.parse(new TextDecoder().decode(encodeInferRequest(wanted).header));

  it('asks for every output in binary, whether they are named or not', () => {
    expect(headerOf(fine)).toEqual({
      inputs: [{ name: 'I', datatype: 'FP32', shape: [2], parameters: { binary_data_size: 8 } }],
      parameters: { binary_data_output: true },
    });
    expect(headerOf(request({ outputs: ['A', 'B'] }))).toMatchObject({
      outputs: [
        { name: 'A', parameters: { binary_data: true } },
        { name: 'B', parameters: { binary_data: true } },
      ],
    });
    expect(headerOf(request({ outputs: ['A'] }))).not.toHaveProperty('parameters');
  });

  it('writes id, priority, timeout and parameters by their names on the wire', () => {
    const wanted = request({
      id: 'i"d',
      priority: 2,
      timeoutMicroseconds: 5,
      parameters: { a: 'x', b: false, c: 1.5 },
    });
    expect(headerOf(wanted)).toMatchObject({
      id: 'i"d',
      parameters: { binary_data_output: true, priority: 2, timeout: 5, a: 'x', b: false, c: 1.5 },
    });
  });

  it('writes integers of 64 bits exactly, and doubles so that they stay doubles', () => {
    const { header } = encodeInferRequest(request({ parameters: { big: 2n ** 63n - 1n, far: 2 ** 60 } }));
    const text = new TextDecoder().decode(header);
    expect(text).toContain('"big":9223372036854775807');
    expect(text).toMatch(/"far":1\.152921504606847e\+18/);
  });

  it('refuses what the server would round over HTTP', () => {
    expect(() => encodeInferRequest(request({ parameters: { p: 2n ** 63n } }))).toThrow(InvalidInputError);
  });
});

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
