import fc from 'fast-check';
import { request } from 'undici';
import { describe, expect, inject, it } from 'vitest';
import { bitsOf, datatypes, join, tensorArbitrary } from './__fixtures__/tensor-arbitrary.ts';
import {
  bytesTensor,
  checkInferRequest,
  decodeInferResponse,
  decodeTensorData,
  encodeInferRequest,
  encodeRawRequest,
  type InferRequest,
  type InferResponse,
  type Tensor,
  text,
} from './index.ts';

async function post(model: string, headerBytes: number | undefined, body: Uint8Array) {
  const length: Record<string, string> =
    headerBytes === undefined ? {} : { 'inference-header-content-length': String(headerBytes) };
  const address = `${inject('triton').url}/v2/models/${model}/infer`;
  const { statusCode, headers, body: answer } = await request(address, { method: 'POST', headers: length, body });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (statusCode !== 200) throw new Error(`${statusCode} ${new TextDecoder().decode(bytes)}`);
  const answered = headers['inference-header-content-length'];
  return { headers, response: decodeInferResponse(bytes, answered === undefined ? undefined : Number(answered)) };
}

async function infer(wanted: InferRequest): Promise<InferResponse> {
  checkInferRequest(wanted);
  const { header, chunks, headerBytes } = encodeInferRequest(wanted);
  return (await post(wanted.model, headerBytes, join([header, ...chunks]))).response;
}

/** Every input comes back as the output of its datatype. */
async function expectEcho(tensors: readonly Tensor[], outputs?: readonly string[]): Promise<void> {
  const inputs = Object.fromEntries(tensors.map((tensor) => [`INPUT_${tensor.datatype}`, tensor]));
  const response = await infer({ model: 'every_type', id: 'an id', inputs, outputs });
  expect(response).toMatchObject({ model: 'every_type', version: '1', id: 'an id', parameters: {} });
  // The model answers in an order of its own.
  const answered = Object.entries(response.outputs).map(([name, tensor]) => [name, bitsOf(tensor)]);
  const wanted = tensors.map((tensor) => [`OUTPUT_${tensor.datatype}`, bitsOf(tensor)]);
  expect(Object.fromEntries(answered)).toEqual(Object.fromEntries(wanted));
}

/** Two dimensions, as the model has them, and any bits. */
const planeArbitrary = (datatype: Tensor['datatype'], minimum: number): fc.Arbitrary<Tensor> =>
  tensorArbitrary(fc.constant(datatype))
    .filter(({ data }) => data.length >= minimum)
    .map((tensor) => ({ ...tensor, shape: [1, tensor.data.length] }));

describe('a real server gives back, bit for bit,', () => {
  it.each(datatypes)('%s', async (datatype) => {
    await fc.assert(
      fc.asyncProperty(planeArbitrary(datatype, 1), (tensor) => expectEcho([tensor])),
      { numRuns: 5 },
    );
  });

  it('all datatypes at once, so that most lie unaligned', async () => {
    const all = fc.tuple(...datatypes.map((datatype) => planeArbitrary(datatype, 1)));
    await fc.assert(
      fc.asyncProperty(all, (tensors) => expectEcho(tensors)),
      { numRuns: 10 },
    );
  });

  it('NaN payloads and both zeros', async () => {
    const bits = Uint32Array.of(0x7fc00001, 0xffc12345, 0x7f812345, 0x80000000, 0, 0x7f800000, 1);
    await expectEcho([{ datatype: 'FP32', shape: [1, 7], data: new Float32Array(bits.buffer) }]);
    await expectEcho([{ datatype: 'BF16', shape: [1, 4], data: Uint16Array.of(0x7fc1, 0xff81, 0x8000, 1) }]);
  });

  it.each(datatypes)('%s of no elements', async (datatype) => {
    const data = decodeTensorData(datatype, [0, 3], new Uint8Array(0));
    const empty = { datatype, shape: [0, 3], data } as Tensor; // Decoded for this datatype.
    const response = await infer({ model: 'every_type', inputs: { [`INPUT_${datatype}`]: empty } });
    expect(response.outputs[`OUTPUT_${datatype}`]).toMatchObject({ datatype, shape: [0, 3] });
    expect(response.outputs[`OUTPUT_${datatype}`]?.data).toHaveLength(0);
  });

  it('elements of BYTES that are empty, large and not text', async () => {
    const large = Uint8Array.from({ length: 3_000_001 }, (_, index) => index * 31);
    const data = [new Uint8Array(0), large, Uint8Array.of(0xff, 0), new Uint8Array(0), new Uint8Array(16_385)];
    await expectEcho([{ datatype: 'BYTES', shape: [1, 5], data }]);
  });

  it('only the outputs that are named, and none of none', async () => {
    const tensor: Tensor = { datatype: 'INT32', shape: [1, 2], data: Int32Array.of(7, -8) };
    await expectEcho([tensor], ['OUTPUT_INT32']);
    expect(await infer({ model: 'every_type', inputs: {} })).toMatchObject({ outputs: {} });
  });
});

describe('a real server answers', () => {
  it('in JSON where it is not asked for bytes, and what it writes is read exactly', async () => {
    const integers = [9223372036854775807n, -9007199254740993n, 0n];
    const inputs = [
      `{"name":"INPUT_INT64","datatype":"INT64","shape":[1,3],"data":[${integers}]}`,
      '{"name":"INPUT_UINT64","datatype":"UINT64","shape":[1,1],"data":[18446744073709551615]}',
      '{"name":"INPUT_BOOL","datatype":"BOOL","shape":[1,2],"data":[true,false]}',
      '{"name":"INPUT_FP32","datatype":"FP32","shape":[1,1],"data":[0.1]}',
      '{"name":"INPUT_BYTES","datatype":"BYTES","shape":[1,2],"data":["고양이",""]}',
    ];
    const body = new TextEncoder().encode(`{"inputs":[${inputs}]}`);
    const { headers, response } = await post('every_type', undefined, body);
    expect(headers).not.toHaveProperty('inference-header-content-length');
    expect(response.outputs).toEqual({
      OUTPUT_INT64: { datatype: 'INT64', shape: [1, 3], data: BigInt64Array.from(integers) },
      OUTPUT_UINT64: { datatype: 'UINT64', shape: [1, 1], data: BigUint64Array.of(2n ** 64n - 1n) },
      OUTPUT_BOOL: { datatype: 'BOOL', shape: [1, 2], data: Uint8Array.of(1, 0) },
      OUTPUT_FP32: { datatype: 'FP32', shape: [1, 1], data: Float32Array.of(0.1) },
      OUTPUT_BYTES: bytesTensor(['고양이', ''], [1, 2]),
    });
  });

  it('in JSON with NaN and infinities, which JSON does not have', async () => {
    const data = Float64Array.of(NaN, Infinity, -Infinity, 0.1);
    const header = {
      inputs: [{ name: 'INPUT_FP64', datatype: 'FP64', shape: [1, 4], parameters: { binary_data_size: 32 } }],
    };
    const encoded = new TextEncoder().encode(JSON.stringify(header));
    const { response } = await post('every_type', encoded.length, join([encoded, new Uint8Array(data.buffer)]));
    expect(response.outputs.OUTPUT_FP64?.data).toEqual(data);
  });

  it.each([['a text'], [''], ['x'.repeat(100_000)]])('a raw request of one element %#', async (element) => {
    const { chunks, totalBytes } = encodeRawRequest(bytesTensor([element]));
    expect(totalBytes).toBe(element.length);
    const { response } = await post('raw_bytes', 0, join(chunks));
    const { OUTPUT } = response.outputs;
    if (OUTPUT?.datatype !== 'BYTES') throw new Error('another datatype');
    expect(OUTPUT.shape).toEqual([1]);
    expect(text(OUTPUT)).toEqual([element]);
  });

  it('a raw request of numbers', async () => {
    const data = Float32Array.of(1.5, NaN, -0);
    const { chunks } = encodeRawRequest({ datatype: 'FP32', shape: [3], data });
    const { response } = await post('identity', 0, join(chunks));
    expect(response.outputs.OUTPUT).toEqual({ datatype: 'FP32', shape: [3], data });
  });
});
