import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParameterValue, Tensor } from '../wire/tensor.ts';
import { encodeTensorData } from '../wire/tensor-data.ts';
import { WireError } from '../wire/wire-error.ts';
import { encodeInferRequest } from './infer-request.ts';
import { decodeInferResponse, decodeStreamMessage } from './infer-response.ts';
import { encodeMessage, protoRoot } from './messages.ts';
import { copiesOnce, installedRelease, messageOf, type OutgoingBytes } from './one-copy.ts';

/** Decodes by the .proto, which has its own test, and with nothing of the codec under test. */
function decodeRequest(bytes: Buffer): Record<string, unknown> {
  const type = protoRoot().lookupType('inference.ModelInferRequest');
  return type.toObject(type.decode(bytes), { longs: String });
}

const tensors: fc.Arbitrary<Tensor> = fc.oneof(
  fc.float32Array({ maxLength: 40 }).map((data): Tensor => ({ datatype: 'FP32', shape: [data.length], data })),
  fc.uint8Array({ maxLength: 300 }).map((data): Tensor => ({ datatype: 'UINT8', shape: [1, data.length], data })),
  fc.bigInt64Array({ maxLength: 9 }).map((data): Tensor => ({ datatype: 'INT64', shape: [data.length], data })),
  fc
    .array(fc.uint8Array({ maxLength: 200 }), { maxLength: 4 })
    .map((data): Tensor => ({ datatype: 'BYTES', shape: [data.length], data })),
  fc.constant<Tensor>({ datatype: 'BOOL', shape: [], data: Uint8Array.of(1) }),
);
const names = fc.string({ minLength: 1, maxLength: 12, unit: 'binary' });
const parameterValues: fc.Arbitrary<ParameterValue> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
);
const requests = fc.record({
  model: names,
  version: fc.option(fc.constantFrom('1', '42'), { nil: undefined }),
  id: fc.option(fc.string(), { nil: undefined }),
  inputs: fc.dictionary(names, tensors, { maxKeys: 4 }),
  outputs: fc.option(fc.uniqueArray(names, { maxLength: 3 }), { nil: undefined }),
  parameters: fc.dictionary(names, parameterValues, { maxKeys: 4 }),
});

const joined = (tensor: Tensor): Buffer => Buffer.concat(encodeTensorData(tensor));

/** The one field of a parameter's oneof that is set, as the .proto has it. */
function choiceOf(value: ParameterValue): Record<string, unknown> {
  if (typeof value === 'string') return { string_param: value };
  if (typeof value === 'boolean') return { bool_param: value };
  if (typeof value === 'bigint') return { [value > 2n ** 63n - 1n ? 'uint64_param' : 'int64_param']: `${value}` };
  return Number.isSafeInteger(value) ? { int64_param: `${value + 0}` } : { double_param: value };
}

function written(encoded: OutgoingBytes): Buffer {
  const bytes = Buffer.alloc(encoded.byteLength);
  encoded.writeInto(bytes, 0);
  return bytes;
}

describe('a ModelInferRequest', () => {
  it('is what the .proto says, whatever is in it', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const encoded = encodeInferRequest(request, request.parameters);
        const bytes = written(encoded);
        expect(bytes.length).toBe(encoded.byteLength);
        const decoded = decodeRequest(bytes);
        const { model_name, model_version = undefined, id = '', inputs = [], outputs = [], parameters = {} } = decoded;
        expect({ model_name, model_version, id }).toEqual({
          model_name: request.model,
          model_version: request.version,
          id: request.id ?? '',
        });
        const entries = Object.entries(request.inputs);
        expect(inputs).toEqual(
          entries.map(([name, { datatype, shape }]) => ({
            name,
            datatype,
            ...(shape.length > 0 ? { shape: shape.map(String) } : {}),
          })),
        );
        expect(decoded.raw_input_contents ?? []).toEqual(entries.map(([, tensor]) => joined(tensor)));
        expect(outputs).toEqual((request.outputs ?? []).map((name) => ({ name })));
        const choices = Object.entries(request.parameters).map(([name, value]) => [name, choiceOf(value)]);
        expect(parameters).toEqual(Object.fromEntries(choices));
      }),
      { numRuns: 300 },
    );
  });

  it('has the right length where lengths take one byte more', () => {
    for (const length of [0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152]) {
      const data = new Uint8Array(length).fill(7);
      const inputs = { INPUT: { datatype: 'UINT8', shape: [length], data } } as const;
      const bytes = written(encodeInferRequest({ model: 'm', inputs }, {}));
      expect(decodeRequest(bytes).raw_input_contents).toEqual([Buffer.from(data)]);
    }
  });
});

describe('a message for grpc-js', () => {
  // The transport's own tests send large ones. After an upgrade look at how grpc-js frames messages, and name its release.
  it('is not copied twice where it is large', () => {
    expect(copiesOnce(installedRelease())).toBe(true);
    let copies = 0;
    const writeInto = () => {
      copies += 1;
    };
    const bytes = (byteLength: number) => ({ byteLength, writeInto });
    expect(messageOf(bytes(1_000))).toBeInstanceOf(Buffer);
    expect(copies).toBe(1);
    const large = messageOf(bytes(100_000));
    expect(copies).toBe(1);
    expect(large.length).toBe(100_000);
  });

  it.each(['unknown', '1.13.9', '1.15.0', '11.14.0', '2.0.0', ''])(
    'is a buffer of its own for release "%s"',
    (release) => {
      const bytes = { byteLength: 100_000, writeInto: (target: Buffer, start: number) => target.fill(7, start) };
      const message = messageOf(bytes, release);
      expect(message).toBeInstanceOf(Buffer);
      expect(message).toEqual(Buffer.alloc(100_000, 7));
    },
  );
});

const response = (fields: Record<string, unknown>): Buffer => encodeMessage('ModelInferResponse', fields);

describe('a ModelInferResponse', () => {
  it('is read with its tensors and parameters', () => {
    const bytes = response({
      model_name: 'm',
      model_version: '3',
      id: 'é',
      parameters: {
        text: { string_param: 'x' },
        yes: { bool_param: true },
        few: { int64_param: -5 },
        many: { int64_param: '-9223372036854775808' },
        more: { uint64_param: '18446744073709551615' },
        exact: { int64_param: '9007199254740991' },
        part: { double_param: 0.5 },
        none: {},
      },
      outputs: [
        { name: 'A', datatype: 'INT64', shape: [2] },
        { name: 'B', datatype: 'BYTES', shape: [1, 2] },
        { name: 'C', datatype: 'FP16', shape: [0, 4] },
        { name: 'D', datatype: 'UINT8' },
      ],
      raw_output_contents: [
        Buffer.from(BigInt64Array.of(-1n, 2n).buffer),
        Buffer.from([1, 0, 0, 0, 65, 0, 0, 0, 0]),
        Buffer.alloc(0),
        Buffer.from([9]),
      ],
    });
    expect(decodeInferResponse(bytes)).toEqual({
      model: 'm',
      version: '3',
      id: 'é',
      parameters: {
        text: 'x',
        yes: true,
        few: -5,
        many: -(2n ** 63n),
        more: 2n ** 64n - 1n,
        exact: Number.MAX_SAFE_INTEGER,
        part: 0.5,
      },
      outputs: {
        A: { datatype: 'INT64', shape: [2], data: BigInt64Array.of(-1n, 2n) },
        B: {
          datatype: 'BYTES',
          shape: [1, 2],
          data: [Buffer.from('A'), Buffer.alloc(0)].map((b) => new Uint8Array(b)),
        },
        C: { datatype: 'FP16', shape: [0, 4], data: new Uint16Array(0) },
        D: { datatype: 'UINT8', shape: [], data: Uint8Array.of(9) },
      },
    });
  });

  it('gives views of the bytes it was read from', () => {
    const content = Buffer.alloc(100_000, 5);
    const outputs = [{ name: 'A', datatype: 'UINT8', shape: [content.length] }];
    const bytes = response({ model_name: 'm', outputs, raw_output_contents: [content] });
    const data = decodeInferResponse(bytes).outputs.A?.data;
    expect(data instanceof Uint8Array && data.buffer).toBe(bytes.buffer);
  });

  it('may have unknown fields, sizes of a shape one by one, and names that objects have themselves', () => {
    const output = Buffer.concat([
      Buffer.from([0x0a, 9]),
      Buffer.from('__proto__'),
      Buffer.from([0x12, 5]),
      Buffer.from('UINT8'),
      Buffer.from([0x18, 2, 0x18, 1, 0x78, 1]),
    ]);
    const bytes = Buffer.concat([
      Buffer.from([0x2a, output.length]),
      output,
      Buffer.from([0x32, 2, 8, 9, 0xfa, 0x01, 1, 0]),
    ]);
    const { outputs } = decodeInferResponse(bytes);
    expect(Object.keys(outputs)).toEqual(['__proto__']);
    expect(Object.getOwnPropertyDescriptor(outputs, '__proto__')?.value).toMatchObject({ shape: [2, 1] });
  });

  it.each([
    ['an unknown datatype', { outputs: [{ name: 'A', datatype: 'FP12' }], raw_output_contents: [Buffer.alloc(4)] }],
    ['no name', { outputs: [{ datatype: 'FP32' }], raw_output_contents: [Buffer.alloc(4)] }],
    ['too few bytes', { outputs: [{ name: 'A', datatype: 'FP32' }], raw_output_contents: [Buffer.alloc(3)] }],
    ['no bytes', { outputs: [{ name: 'A', datatype: 'FP32' }] }],
    ['bytes of nothing', { raw_output_contents: [Buffer.alloc(4)] }],
    [
      'a negative size',
      { outputs: [{ name: 'A', datatype: 'FP32', shape: [-1] }], raw_output_contents: [Buffer.alloc(4)] },
    ],
    [
      'an impossible size',
      {
        outputs: [{ name: 'A', datatype: 'FP32', shape: ['9223372036854775807'] }],
        raw_output_contents: [Buffer.alloc(4)],
      },
    ],
    [
      'elements in the message',
      {
        outputs: [{ name: 'A', datatype: 'FP32', contents: { fp32_contents: [1] } }],
        raw_output_contents: [Buffer.alloc(4)],
      },
    ],
    [
      'a name twice',
      {
        outputs: [
          { name: 'A', datatype: 'UINT8' },
          { name: 'A', datatype: 'UINT8' },
        ],
        raw_output_contents: [Buffer.alloc(1), Buffer.alloc(1)],
      },
    ],
  ])('is refused with %s', (_, fields) => {
    expect(() => decodeInferResponse(response(fields))).toThrow(WireError);
  });

  it('is refused where it is no protobuf', () => {
    for (const bytes of [[0xff], [0x0a, 0x05, 0x41], [0x12, 0x02, 0x0a], [0x07], [0x0b, 0x0b, 0x0b]]) {
      expect(() => decodeInferResponse(Buffer.from(bytes))).toThrow(WireError);
      expect(() => decodeStreamMessage(Buffer.from(bytes))).toThrow(WireError);
    }
    expect(() => decodeInferResponse(Buffer.from([0x2a, 0x02, 0x0a, 0x09]))).toThrow(WireError);
    expect(() => decodeInferResponse(Buffer.alloc(300_000, 0x0b))).toThrow(WireError);
  });
});
