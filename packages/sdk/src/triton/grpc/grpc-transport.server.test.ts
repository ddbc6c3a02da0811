import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import {
  ModelNotFoundError,
  RequestRejectedError,
  RequestTooLargeError,
  RequestUnsupportedError,
  ResponseTooLargeError,
} from '../errors.ts';
import {
  modelConfigSchema,
  modelMetadataSchema,
  modelStatisticsSchema,
  repositoryEntrySchema,
  serverMetadataSchema,
} from '../server-documents.ts';
import type { Transport } from '../transport.ts';
import { collect, counting, failureOf, floats, numbers, plainCall } from './__fixtures__/calls.ts';
import { createGrpcTransport } from './grpc-transport.ts';

const { url, grpcUrl } = inject('triton');
let transport: Transport;
let folder = '';

beforeAll(async () => {
  transport = createGrpcTransport({ url: grpcUrl });
  folder = await mkdtemp(join(tmpdir(), 'atelier-grpc-'));
});
afterAll(async () => {
  await transport.close();
  await rm(folder, { recursive: true });
});

async function overHttp(path: string, body?: unknown): Promise<unknown> {
  const reply = await request(`${url}/v2${path}`, body ? { method: 'POST', body: JSON.stringify(body) } : {});
  return await reply.body.json();
}

describe('documents over gRPC', () => {
  it('are those of HTTP: server and model metadata, configuration', async () => {
    expect(await transport.serverMetadata(plainCall)).toEqual(serverMetadataSchema.parse(await overHttp('')));
    for (const model of ['identity', 'counting', 'counting-stream']) {
      const metadata = modelMetadataSchema.parse(await overHttp(`/models/${model}`));
      expect(await transport.modelMetadata(model, undefined, plainCall)).toEqual(metadata);
      const config = modelConfigSchema.parse(await overHttp(`/models/${model}/config`));
      // A field that the server's release knows and its JSON leaves out.
      const { runtime, ...ours } = await transport.modelConfig(model, '1', plainCall);
      expect({ runtime, ...ours }).toEqual({ runtime: '', ...config });
    }
  });

  it('are those of HTTP: statistics, with 64-bit integers as numbers', async () => {
    await transport.infer({ model: 'identity', inputs: { INPUT: floats(new Float32Array(4)) } }, plainCall);
    const reply = z.object({ model_stats: z.array(modelStatisticsSchema) });
    const theirs = reply.parse(await overHttp('/models/counting/versions/1/stats')).model_stats;
    expect(await transport.statistics('counting', '1', plainCall)).toEqual(theirs);
    const [identity] = await transport.statistics('identity', undefined, plainCall);
    expect(identity?.inference_stats.success.ns).toBeGreaterThan(0);
    expect(Number.isSafeInteger(identity?.last_inference)).toBe(true);
    const all = await transport.statistics(undefined, undefined, plainCall);
    expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['identity', 'counting', 'counting-stream']));
  });

  it('are those of HTTP: the repository, trace and log settings', async () => {
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
    const index = z.array(repositoryEntrySchema).parse(await overHttp('/repository/index', {}));
    const ours = await transport.repositoryIndex(plainCall);
    const own = ({ name }: { name: string }) => name === 'identity' || name.startsWith('counting');
    expect(ours.filter(own).sort(byName)).toEqual(index.filter(own).sort(byName));
    expect(await transport.traceSettings(undefined, undefined, plainCall)).toEqual(await overHttp('/trace/setting'));
    expect(await transport.traceSettings('identity', undefined, plainCall)).toEqual(
      await overHttp('/models/identity/trace/setting'),
    );
    expect(await transport.logSettings(undefined, plainCall)).toEqual(await overHttp('/logging'));
  });

  it('change trace settings of a model, and reset them', async () => {
    const changed = await transport.traceSettings('counting', { trace_rate: '7', trace_count: ['5'] }, plainCall);
    expect(changed).toMatchObject({ trace_rate: '7', trace_count: '5' });
    expect(await overHttp('/models/counting/trace/setting')).toEqual(changed);
    const reset = await transport.traceSettings('counting', { trace_rate: null, trace_count: null }, plainCall);
    expect(reset).toEqual(await transport.traceSettings(undefined, undefined, plainCall));
  });
});

describe('health over gRPC', () => {
  it('says yes to what is ready and no to what is not there', async () => {
    expect(await transport.live(plainCall)).toBe(true);
    expect(await transport.ready(plainCall)).toBe(true);
    expect(await transport.modelReady('identity', '1', plainCall)).toBe(true);
    expect(await transport.modelReady('identity', '9', plainCall)).toBe(false);
    expect(await transport.modelReady('no-such-model', undefined, plainCall)).toBe(false);
  });
});

describe('infer over gRPC', () => {
  it('gives tensors back as they were, with the id', async () => {
    const data = Float32Array.from([1.5, -2, Number.NaN, Number.POSITIVE_INFINITY]);
    const response = await transport.infer(
      { model: 'identity', id: 'a 1 é', inputs: { INPUT: floats(data) } },
      plainCall,
    );
    expect(response).toEqual({
      model: 'identity',
      version: '1',
      id: 'a 1 é',
      outputs: { OUTPUT: { datatype: 'FP32', shape: [4], data } },
      parameters: {},
    });
  });

  it('carries empty tensors', async () => {
    const { outputs } = await transport.infer(
      { model: 'identity', inputs: { INPUT: floats(new Float32Array(0)) } },
      plainCall,
    );
    expect(outputs.OUTPUT).toEqual({ datatype: 'FP32', shape: [0], data: new Float32Array(0) });
  });

  it('carries 12 MiB both ways, equal to the bit', async () => {
    const data = new Float32Array(3 * 2 ** 20).map((_, index) => Math.sin(index));
    const { outputs } = await transport.infer({ model: 'identity', inputs: { INPUT: floats(data) } }, plainCall);
    const output = outputs.OUTPUT?.data;
    expect(output).toBeInstanceOf(Float32Array);
    expect(Buffer.compare(Buffer.from(data.buffer), bytesOf(output))).toBe(0);
  });

  it('does 32 at once, each with its own answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 32 }, async (_, index) => {
        const inputs = { INPUT: floats(new Float32Array(1_000 + index).fill(index)) };
        const { outputs, id } = await transport.infer({ model: 'identity', id: `${index}`, inputs }, plainCall);
        return { id, length: outputs.OUTPUT?.data.length, last: outputs.OUTPUT?.data.at(-1) };
      }),
    );
    expect(answers).toEqual(answers.map((_, index) => ({ id: `${index}`, length: 1_000 + index, last: index })));
  });

  it('streams the responses of a decoupled model, without the empty last one', async () => {
    const file = join(folder, 'stream');
    const responses = await collect(transport.stream(counting('counting-stream', 40, 0, file), plainCall));
    expect(responses.map(({ outputs }) => outputs.COUNT?.data[0])).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(responses[0]).toMatchObject({ model: 'counting-stream', version: '1', parameters: {} });
  });

  it('streams the one response of another model', async () => {
    const responses = await collect(transport.stream(counting('counting', 2, 0, join(folder, 'one')), plainCall));
    expect(responses.map(({ outputs }) => outputs.COUNT?.data)).toEqual([Int32Array.of(2)]);
  });

  it('streams nothing where a model answers with nothing', async () => {
    expect(await collect(transport.stream(counting('counting-stream', 0, 0, join(folder, 'none')), plainCall))).toEqual(
      [],
    );
  });

  it('gives what came before an error in a stream, then the error', async () => {
    const given: unknown[] = [];
    const stream = transport.stream(counting('counting-stream', -3, 0, join(folder, 'error')), plainCall);
    const error = await failureOf(
      (async () => {
        for await (const { outputs } of stream) given.push(outputs.COUNT?.data[0]);
      })(),
    );
    expect(given).toEqual([0, 1, 2]);
    expect(error).toMatchObject({
      code: 'model-failed',
      model: 'counting-stream',
      serverMessage: 'it was told to fail',
    });
  });
});

describe('what is wrong with a request over gRPC', () => {
  const infer = (model: string, INPUT = numbers(1)) =>
    failureOf(transport.infer({ model, inputs: { INPUT } }, plainCall));
  const stream = (model: string) =>
    failureOf(collect(transport.stream({ model, inputs: { INPUT: numbers(1) } }, plainCall)));

  it('an unknown model', async () => {
    for (const error of [await infer('no-such-model'), await stream('no-such-model')]) {
      expect(error).toBeInstanceOf(ModelNotFoundError);
      expect(error).toMatchObject({ model: 'no-such-model', server: grpcUrl, status: 'NOT_FOUND', isRetryable: false });
    }
    expect(await failureOf(transport.modelConfig('no-such-model', undefined, plainCall))).toBeInstanceOf(
      ModelNotFoundError,
    );
    expect(await failureOf(transport.statistics('no-such-model', undefined, plainCall))).toBeInstanceOf(
      ModelNotFoundError,
    );
  });

  it('a wrong datatype', async () => {
    for (const error of [await infer('identity'), await stream('identity')]) {
      expect(error).toBeInstanceOf(RequestRejectedError);
      expect(error).toMatchObject({ status: 'INVALID_ARGUMENT', serverMessage: expect.stringContaining("'INT32'") });
    }
  });

  it('a missing input', async () => {
    const request = { model: 'counting', inputs: { STEPS: numbers(1) } };
    expect(await failureOf(transport.infer(request, plainCall))).toBeInstanceOf(RequestRejectedError);
    expect(await failureOf(collect(transport.stream(request, plainCall)))).toBeInstanceOf(RequestRejectedError);
  });

  it('a decoupled model called for one response', async () => {
    const error = await failureOf(transport.infer(counting('counting-stream', 1, 0, join(folder, 'x')), plainCall));
    expect(error).toBeInstanceOf(RequestUnsupportedError);
    expect(error).toMatchObject({ status: 'UNIMPLEMENTED', hint: expect.stringContaining('stream') });
  });

  it('more bytes than the client sends, or takes', async () => {
    const small = createGrpcTransport({ url: grpcUrl, maxRequestBytes: 4_096, maxResponseBytes: 2_048 });
    const infer = (length: number) =>
      failureOf(small.infer({ model: 'identity', inputs: { INPUT: floats(new Float32Array(length)) } }, plainCall));
    expect(await infer(2_000)).toBeInstanceOf(RequestTooLargeError);
    expect(await infer(1_000)).toBeInstanceOf(ResponseTooLargeError);
    await small.close();
  });
});

/** A tensor's data as bytes; empty for what is no typed array. */
const bytesOf = (data: unknown): Buffer =>
  ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.alloc(0);
