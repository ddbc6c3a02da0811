import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Transport } from '../transport.ts';
import type { InferResponse, Tensor } from '../wire/index.ts';
import { call, floats, rejection } from './__fixtures__/calls.ts';
import { createHttpTransport } from './http-transport.ts';

let transport: Transport;

beforeAll(() => {
  transport = createHttpTransport({ url: inject('triton').url });
});
afterAll(() => transport.close());

const text = (...words: string[]): Tensor => ({
  datatype: 'BYTES',
  shape: [words.length],
  data: words.map((word) => Buffer.from(word)),
});
const int32 = (value: number): Tensor => ({ datatype: 'INT32', shape: [1], data: Int32Array.of(value) });

it('lists the repository', async () => {
  expect(await transport.repositoryIndex(call)).toContainEqual({
    name: 'identity',
    version: '1',
    state: 'READY',
    reason: '',
  });
});

describe('infer', () => {
  it('brings tensors back, as views of one aligned buffer', async () => {
    for (const count of [0, 1, 100, 20_000, 3_000_000]) {
      const { model, outputs } = await transport.infer({ ...floats(count, 'identity'), id: 'a' }, call);
      expect(model).toBe('identity');
      const { data, shape } = outputs.OUTPUT ?? {};
      expect(shape).toEqual([count]);
      expect(data).toEqual(new Float32Array(count).fill(0.5));
      if (!(data instanceof Float32Array) || count === 0) continue;
      expect(data.byteOffset % 8).toBe(0);
      // The JSON in front of it is all that the buffer holds beside the tensor.
      expect(data.buffer.byteLength - data.byteLength).toBeLessThan(400);
    }
  });

  it('knows its model and id', async () => {
    const response = await transport.infer({ ...floats(2, 'identity'), id: 'a-1', version: '1' }, call);
    expect(response).toMatchObject({ model: 'identity', version: '1', id: 'a-1' });
  });

  it('takes 64 calls at a time', async () => {
    const all = await Promise.all(
      Array.from({ length: 64 }, (_, index) => transport.infer(floats(index, 'identity'), call)),
    );
    expect(all.map(({ outputs }) => outputs.OUTPUT?.shape[0])).toEqual(Array.from({ length: 64 }, (_, index) => index));
  });

  it('is model-not-found for a model or version that is not there', async () => {
    expect(await rejection(transport.infer(floats(1, 'nobody'), call))).toMatchObject({
      code: 'model-not-found',
      status: 404,
      model: 'nobody',
      server: inject('triton').url,
    });
    const request = { ...floats(1, 'identity'), version: '9' };
    expect(await rejection(transport.infer(request, call))).toMatchObject({ code: 'model-not-found' });
  });

  it('is request-unsupported for a decoupled model, with what to do', async () => {
    const error = await rejection(transport.infer({ model: 'countdown', inputs: { WORDS: text('a') } }, call));
    expect(error).toMatchObject({ code: 'request-unsupported', status: 501, hint: expect.stringContaining('stream') });
  });

  it.each<[string, Record<string, Tensor>]>([
    ['shape', { INPUT: { datatype: 'FP32', shape: [2, 2], data: new Float32Array(4) } }],
    ['datatype', { INPUT: int32(1) }],
    ['name', { OTHER: int32(1) }],
    ['number of inputs', {}],
  ])('is request-rejected for a wrong %s', async (_, inputs) => {
    expect(await rejection(transport.infer({ model: 'identity', inputs }, call))).toMatchObject({
      code: 'request-rejected',
      isRetryable: false,
    });
  });

  it('is request-rejected for an output that is not there', async () => {
    const request = { ...floats(1, 'identity'), outputs: ['NOTHING'] };
    expect(await rejection(transport.infer(request, call))).toMatchObject({ code: 'request-rejected' });
  });

  it('says its own lengths whatever headers a caller gives', async () => {
    const headers = { 'inference-header-content-length': '3', 'content-type': 'text/plain', 'content-length': '1' };
    await transport.infer(floats(1, 'identity'), { ...call, headers });
  });

  it('sends 65 MiB where the limit is raised: this release of the server has none', async () => {
    const large = floats(65 * 256 * 1024, 'identity');
    expect(await rejection(transport.infer(large, call))).toMatchObject({ code: 'request-too-large' });
    const generous = createHttpTransport({ url: inject('triton').url, maxRequestBytes: 128 * 1024 * 1024 });
    const response = await generous.infer(large, { ...call, timeoutMs: 60_000 });
    expect(response.outputs.OUTPUT?.shape).toEqual([65 * 256 * 1024]);
    await generous.close();
  });

  it('holds at most twice the bytes of the tensors', async () => {
    const request = floats(3 * 1024 * 1024, 'identity');
    const bytes = 12 * 1024 * 1024;
    await transport.infer(request, call);
    const before = process.memoryUsage().arrayBuffers;
    let peak = 0;
    const timer = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().arrayBuffers);
    }, 0);
    await transport.infer(request, call);
    clearInterval(timer);
    console.log(`memory of a call of 12 MiB both ways: ${((peak - before) / bytes).toFixed(2)} x the tensor`);
    // The reply's one buffer, and as much in pieces of the socket that are not collected yet.
    expect(peak - before).toBeLessThan(2.2 * bytes);
  });

  it('unpacks an answer where a caller asks for compression', async () => {
    const response = await transport.infer(floats(10_000, 'identity'), {
      ...call,
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(response.outputs.OUTPUT?.data).toEqual(new Float32Array(10_000).fill(0.5));
  });
});

describe('stream', () => {
  const read = async (inputs: Record<string, Tensor>, more = {}): Promise<InferResponse[]> => {
    const responses: InferResponse[] = [];
    for await (const response of transport.stream({ model: 'countdown', inputs, ...more }, call))
      responses.push(response);
    return responses;
  };

  it('gives every response as tensors of the datatypes and shapes of the model', async () => {
    const [first, second, ...rest] = await read(
      { WORDS: text('eins', 'zw\u0000ei é 한') },
      { id: 'q', parameters: { a: 1.5 } },
    );
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ model: 'countdown', version: '1', id: 'q', parameters: {} });
    expect(first?.outputs).toEqual({
      WORD: { datatype: 'BYTES', shape: [1], data: [new TextEncoder().encode('eins')] },
      LEFT: { datatype: 'INT64', shape: [1], data: BigInt64Array.of(1n) },
      SCORES: { datatype: 'FP32', shape: [1, 2], data: Float32Array.of(0.5, 0.5) },
    });
    expect(second?.outputs.WORD?.data).toEqual([new TextEncoder().encode('zw\u0000ei é 한')]);
    expect(second?.outputs.SCORES?.shape).toEqual([2, 2]);
  });

  it('keeps integers beyond 2^53 exact both ways', async () => {
    const COUNT: Tensor = { datatype: 'INT64', shape: [1], data: BigInt64Array.of(2n ** 62n + 3n) };
    const responses = await read({ WORDS: text('a', 'b'), COUNT }, { outputs: ['LEFT'] });
    expect(responses.map(({ outputs }) => outputs)).toEqual(
      [2n, 1n].map((more) => ({ LEFT: { datatype: 'INT64', shape: [1], data: BigInt64Array.of(2n ** 62n + more) } })),
    );
  });

  it('carries NaN and infinities', async () => {
    const data = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e-30);
    const INPUT: Tensor = { datatype: 'FP32', shape: [5], data };
    for await (const { outputs } of transport.stream({ model: 'identity', inputs: { INPUT } }, call)) {
      expect(outputs.OUTPUT?.data).toEqual(data);
    }
  });

  it('gives responses as they are made, not at the end', async () => {
    const start = performance.now();
    const times: number[] = [];
    const inputs = { WORDS: text('a', 'b', 'c'), DELAY_MS: int32(200) };
    for await (const _ of transport.stream({ model: 'countdown', inputs }, call)) times.push(performance.now() - start);
    expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(300);
  });

  it.each([1, 3])('is model-failed where response %i is an error, after those before it', async (failAt) => {
    const words: string[] = [];
    const inputs = { WORDS: text('a', 'b', 'c', 'd'), FAIL_AT: int32(failAt) };
    const reading = (async () => {
      for await (const { outputs } of transport.stream({ model: 'countdown', inputs }, call)) {
        words.push(Buffer.from(outputs.WORD?.datatype === 'BYTES' ? (outputs.WORD.data[0] ?? []) : []).toString());
      }
    })();
    expect(await rejection(reading)).toMatchObject({
      code: 'model-failed',
      model: 'countdown',
      serverMessage: `failed at response ${failAt}`,
    });
    expect(words).toEqual(['a', 'b', 'c', 'd'].slice(0, failAt - 1));
  });

  it('is timed-out between two responses', async () => {
    const inputs = { WORDS: text('a', 'b'), DELAY_MS: int32(1_500) };
    const stream = transport
      .stream({ model: 'countdown', inputs }, { ...call, timeoutMs: 500 })
      [Symbol.asyncIterator]();
    expect((await stream.next()).done).toBe(false);
    expect(await rejection(Promise.resolve(stream.next()))).toMatchObject({ code: 'timed-out' });
  });

  it('is grpc-required for what its JSON cannot carry, and says why', async () => {
    const png = { datatype: 'BYTES', shape: [1], data: [Uint8Array.of(0x89, 0x50)] } as const;
    const words = { WORDS: text('a') };
    const cases: [Record<string, Tensor>, object, RegExp][] = [
      [{ WORDS: png }, {}, /not UTF-8/],
      [{ WORDS: { datatype: 'BYTES', shape: [1, 1], data: [Uint8Array.of(65)] } }, {}, /shape/],
      [words, { priority: 2 }, /priority/],
      [{ ...words, BINARY: { datatype: 'BOOL', shape: [1], data: Uint8Array.of(1) } }, {}, /answers with bytes/],
    ];
    for (const [inputs, more, message] of cases) {
      const error = await rejection(read(inputs, more));
      expect(error).toMatchObject({ code: 'grpc-required', message: expect.stringMatching(message) });
    }
  });

  it('sends bytes as base64 where it is told to', async () => {
    const inputs = {
      WORDS: { datatype: 'BYTES', shape: [2], data: [Uint8Array.of(0x89, 0x50), Buffer.from('ok')] },
    } as const;
    const words: string[] = [];
    for await (const { outputs } of transport.stream(
      { model: 'countdown', inputs },
      { ...call, binaryInJson: 'base64' },
    )) {
      if (outputs.WORD?.datatype === 'BYTES')
        words.push(...outputs.WORD.data.map((word) => Buffer.from(word).toString()));
    }
    expect(words).toEqual(['iVA=', 'ok']);
  });

  it.each<[Record<string, Tensor>, string]>([
    [{ WORD: text('a') }, 'no input WORD'],
    [{ WORDS: int32(1) }, 'takes BYTES'],
  ])('is invalid-input for what the model does not take', async (inputs, message) => {
    expect(await rejection(read(inputs))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining(message),
    });
  });

  it('is model-not-found for an unknown model', async () => {
    const stream = transport.stream(floats(1, 'nobody'), call)[Symbol.asyncIterator]();
    expect(await rejection(Promise.resolve(stream.next()))).toMatchObject({ code: 'model-not-found' });
  });
});
