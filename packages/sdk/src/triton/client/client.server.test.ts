import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  GrpcRequiredError,
  InvalidInputError,
  ModelNotFoundError,
  RequestUnsupportedError,
  ServerUnreachableError,
  TimedOutError,
} from '../errors.ts';
import { freePorts } from '../launch/free-ports.ts';
import type { Tensor } from '../wire/tensor.ts';
import { text } from '../wire/text.ts';
import { TritonClient } from './client.ts';

interface Models {
  identity: {
    inputs: { INPUT: readonly number[] | Float32Array };
    outputs: { OUTPUT: Tensor<'FP32'> };
    decoupled: false;
  };
  request_parameters: { inputs: { IGNORED?: number }; outputs: { PARAMETERS: Tensor<'BYTES'> }; decoupled: false };
  vqa: {
    inputs: { IMAGES: readonly Uint8Array[]; MESSAGES: string; MAX_TOKENS: number; TEMPERATURE: number; SEED: bigint };
    outputs: { TEXT: Tensor<'BYTES'>; FINISH_REASON: Tensor<'BYTES'> };
    decoupled: true;
  };
}

const { url, grpcUrl } = inject('triton');
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const question = {
  IMAGES: [],
  MESSAGES: JSON.stringify([{ role: 'user', content: [{ type: 'text', text: 'how many red squares?' }] }]),
  MAX_TOKENS: 20,
  TEMPERATURE: 0,
  SEED: 1n,
};
let client: TritonClient<Models>;

beforeAll(() => {
  client = new TritonClient<Models>({ url, grpcUrl });
});
afterAll(() => client.close());

/** A server for what the real one would have to be changed for. */
async function serving(listener: RequestListener): Promise<{ url: string; close(): void }> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${address.port}`, close };
}

const answering = (document: (path: string) => unknown) =>
  serving((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document(request.url ?? '') ?? {}));
  });

async function answer(of: TritonClient<Models>): Promise<string[]> {
  const words: string[] = [];
  for await (const { TEXT } of of.model('vqa').stream(question)) if (TEXT) words.push(...text(TEXT));
  return words;
}

describe.each(['http', 'grpc'] as const)('the client over %s', (transport) => {
  it('converts inputs by the model, and answers with typed outputs', async () => {
    const { OUTPUT } = await client.model('identity').infer({ INPUT: [1, 2.5, -3] }, { transport });
    expect(OUTPUT).toEqual({ datatype: 'FP32', shape: [3], data: Float32Array.of(1, 2.5, -3) });
  });

  it('sends headers, the token and the W3C trace context', async () => {
    await using traced = new TritonClient<Models>({
      url,
      grpcUrl,
      transport,
      token: () => 'sesame',
      headers: { 'X-Tenant': 'blue' },
      trace: () => ({ traceparent, tracestate: 'vendor=1' }),
    });
    const { PARAMETERS } = await traced.model('request_parameters').infer({});
    const seen = JSON.parse(text(PARAMETERS)[0]);
    expect(seen).toMatchObject({
      'x-tenant': 'blue',
      traceparent,
      tracestate: 'vendor=1',
      authorization: 'Bearer sesame',
    });
    if (transport === 'http') expect(Object.keys(seen)).not.toContain('accept-encoding');
  });

  it('tells the documents of the server', async () => {
    const options = { transport };
    expect(await client.live(options)).toBe(true);
    expect(await client.ready(options)).toBe(true);
    expect(await client.modelReady('identity', options)).toBe(true);
    expect((await client.serverMetadata(options)).extensions).toContain('binary_tensor_data');
    expect((await client.modelConfig('identity', options)).input[0]).toMatchObject({
      data_type: 'TYPE_FP32',
      dims: [-1],
    });
    expect((await client.statistics({ model: 'identity', ...options }))[0]).toMatchObject({
      name: 'identity',
      version: '1',
    });
    expect((await client.repositoryIndex(options)).map(({ name }) => name)).toContain('identity');
    expect(await client.logSettings(options)).toHaveProperty('log_info');
    expect(await client.traceSettings(options)).toHaveProperty('trace_level');
  });

  it('fails typed, with the model and the words of the server', async () => {
    const missing = client.infer({ model: 'nobody', inputs: {} }, { transport });
    await expect(missing).rejects.toBeInstanceOf(ModelNotFoundError);
    await expect(missing).rejects.toMatchObject({ code: 'model-not-found', model: 'nobody', isRetryable: false });
    const streaming = client.infer({ model: 'vqa', inputs: {} }, { transport });
    await expect(streaming).rejects.toBeInstanceOf(RequestUnsupportedError);
  });

  it('rejects with the reason of the signal, before and during a call', async () => {
    const reason = new Error('enough');
    const call = { transport, signal: AbortSignal.abort(reason) };
    await expect(client.model('identity').infer({ INPUT: [1] }, call)).rejects.toBe(reason);
    const controller = new AbortController();
    const slow = client.infer(
      {
        model: 'slow_identity',
        inputs: {
          INPUT: { datatype: 'FP32', shape: [1], data: Float32Array.of(1) },
          DELAY_MS: { datatype: 'INT32', shape: [1], data: Int32Array.of(2_000) },
        },
      },
      { transport, signal: controller.signal },
    );
    setTimeout(() => controller.abort(reason), 50);
    await expect(slow).rejects.toBe(reason);
  });
});

describe('a raw request', () => {
  it.each([0, 1, 100_000])('carries one input of %i bytes without a header', async (length) => {
    const data = [Uint8Array.from({ length }, (_, index) => index % 251)];
    const input: Tensor<'BYTES'> = { datatype: 'BYTES', shape: [1], data };
    const { outputs } = await client.inferRaw({ model: 'raw_bytes', input });
    expect(outputs.OUTPUT).toEqual(input);
  });

  it('carries one element of BYTES only', async () => {
    const input: Tensor<'BYTES'> = { datatype: 'BYTES', shape: [2], data: [new Uint8Array(), new Uint8Array()] };
    await expect(client.inferRaw({ model: 'raw_bytes', input })).rejects.toBeInstanceOf(InvalidInputError);
  });
});

describe('the choice of a transport', () => {
  it('streams over gRPC, and over HTTP where only HTTP answers', async () => {
    const [closed] = await freePorts(1);
    const overGrpc = await answer(client);
    expect(overGrpc.length).toBeGreaterThan(1);
    await using unaware = new TritonClient<Models>({ url, grpcUrl: `http://127.0.0.1:${closed}` });
    expect(await answer(unaware)).toEqual(overGrpc);
    await using httpOnly = new TritonClient<Models>({ url, grpcUrl: false });
    expect(await answer(httpOnly)).toEqual(overGrpc);
  });

  it('refuses what needs gRPC where there is none', async () => {
    await using httpOnly = new TritonClient<Models>({ url, transport: 'http' });
    const image = Uint8Array.of(0xff, 0xd8, 0xff);
    const streaming = async () => {
      for await (const _ of httpOnly.model('vqa').stream({ ...question, IMAGES: [image] })) break;
    };
    await expect(streaming()).rejects.toBeInstanceOf(GrpcRequiredError);
    await expect(httpOnly.live({ transport: 'grpc' })).rejects.toBeInstanceOf(GrpcRequiredError);
  });
});

describe('a model', () => {
  it('has its configuration read once, and again before inputs are refused', async () => {
    const reads: string[] = [];
    const server = await answering((path) => {
      reads.push(path);
      if (!path.endsWith('/config')) return { model_name: 'm', model_version: '1', outputs: [] };
      return { name: 'm', input: [{ name: 'A', data_type: 'TYPE_INT32', dims: [1] }] };
    });
    await using own = new TritonClient({ url: server.url });
    const configs = () => reads.filter((path) => path.endsWith('/config')).length;
    await own.model('m').infer({ A: 1 });
    await own.model('m').infer({ A: 2 });
    expect(configs()).toBe(1);
    await expect(own.model('m').infer({ A: 'x' })).rejects.toBeInstanceOf(InvalidInputError);
    expect(configs()).toBe(2);
    await own.close();
    server.close();
    await expect(own.model('other').infer({})).rejects.toBeInstanceOf(ServerUnreachableError);
  });

  it('is loaded and unloaded on every server', async () => {
    const calls: string[] = [];
    const servers = await Promise.all([
      answering((path) => void calls.push(`a ${path}`)),
      answering((path) => void calls.push(`b ${path}`)),
    ]);
    await using both = new TritonClient({ url: servers.map(({ url }) => url), healthCheckMs: 0 });
    await both.load('m');
    await both.unload('m');
    expect(calls.sort()).toEqual([
      'a /v2/repository/models/m/load',
      'a /v2/repository/models/m/unload',
      'b /v2/repository/models/m/load',
      'b /v2/repository/models/m/unload',
    ]);
    for (const { close } of servers) close();
  });
});

describe('a client', () => {
  it('gives up after its time, all tries together', async () => {
    const server = await serving(() => {});
    await using own = new TritonClient({ url: server.url, timeoutMs: 100 });
    await expect(own.live()).rejects.toBeInstanceOf(TimedOutError);
    server.close();
  });

  it('closes and opens again', async () => {
    const own = new TritonClient<Models>({ url, grpcUrl });
    expect(await own.live()).toBe(true);
    await own.close();
    expect(await own.live()).toBe(true);
    expect(await answer(own)).not.toHaveLength(0);
    await own.close();
  });
});
