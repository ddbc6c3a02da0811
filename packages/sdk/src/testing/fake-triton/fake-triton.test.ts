import { once } from 'node:events';
import { connect } from 'node:net';
import { request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { decodeInferResponse } from '../../triton/wire/decode-response.ts';
import { encodeInferRequest } from '../../triton/wire/encode-request.ts';
import type { InferRequest, Tensor } from '../../triton/wire/tensor.ts';
import { twins } from './__fixtures__/twins.ts';
import { type FakeModel, type FakeTriton, fakeTriton } from './index.ts';

const opened: FakeTriton[] = [];
afterEach(async () => {
  for (const fake of opened.splice(0)) await fake.close();
});

async function open(models: Readonly<Record<string, FakeModel>>): Promise<FakeTriton> {
  const fake = await fakeTriton({ models });
  opened.push(fake);
  return fake;
}

const vector = (...values: readonly number[]): Tensor<'FP32'> => ({
  datatype: 'FP32',
  shape: [values.length],
  data: Float32Array.from(values),
});

async function infer(fake: FakeTriton, wanted: InferRequest) {
  const { header, chunks, headerBytes } = encodeInferRequest(wanted);
  const { statusCode, headers, body } = await request(`${fake.url}/v2/models/${wanted.model}/infer`, {
    method: 'POST',
    headers: { 'inference-header-content-length': String(headerBytes) },
    body: Buffer.concat([header, ...chunks]),
  });
  if (statusCode !== 200) throw new Error(`${statusCode} ${await body.text()}`);
  const length = headers['inference-header-content-length'];
  return decodeInferResponse(
    new Uint8Array(await body.arrayBuffer()),
    length === undefined ? undefined : Number(length),
  );
}

const doubling: FakeModel = {
  inputs: { X: { datatype: 'FP32', shape: [-1] } },
  outputs: { Y: { datatype: 'FP32', shape: [-1] } },
  run({ inputs: { X } }) {
    if (X?.datatype !== 'FP32') throw new Error('X is missing');
    return { Y: vector(...X.data.map((value) => value * 2)) };
  },
};

/** A stream without end, and how far its model came. */
function endless() {
  const seen = { steps: 0, ended: false };
  const model: FakeModel = {
    decoupled: true,
    inputs: {},
    outputs: { STEP: { datatype: 'FP32', shape: [1] } },
    async *run() {
      try {
        for (;;) {
          yield { STEP: vector(seen.steps++) };
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      } finally {
        seen.ended = true;
      }
    },
  };
  return { seen, model };
}

async function eventually(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('it never came true');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('fakeTriton', () => {
  it('runs the function of a model on what was sent, and tells what reached it', async () => {
    const fake = await open({ doubling, ...twins });
    const parameters = { quality: 'high', seed: 2n ** 62n };
    const sent = { model: 'doubling', inputs: { X: vector(1, NaN, -3) }, id: 'first', parameters, priority: 3 };
    const { outputs, id, version } = await infer(fake, sent);
    expect(outputs).toEqual({ Y: vector(2, NaN, -6) });
    expect([id, version]).toEqual(['first', '1']);
    expect(fake.requests).toMatchObject([{ ...sent, version: undefined }]);
    await infer(fake, { model: 'doubling', inputs: { X: vector() } });
    expect([fake.calls('doubling'), fake.calls('identity'), fake.requests.length]).toEqual([2, 0, 2]);
  });

  it('does not count what never reaches a model', async () => {
    const fake = await open({ doubling });
    await expect(infer(fake, { model: 'doubling', inputs: {} })).rejects.toThrow(/^400 .*missing required input/);
    await expect(infer(fake, { model: 'other', inputs: {} })).rejects.toThrow(/^404 .*'other' is not found/);
    expect(fake.requests).toEqual([]);
  });

  it('answers many at once', async () => {
    const fake = await open({ doubling });
    const answers = Array.from({ length: 50 }, (_, index) =>
      infer(fake, { model: 'doubling', inputs: { X: vector(index) } }),
    );
    expect((await Promise.all(answers)).map(({ outputs }) => outputs.Y?.data[0])).toEqual(
      Array.from({ length: 50 }, (_, index) => index * 2),
    );
  });

  it('is not ready while one of its models is not', async () => {
    let isReady = false;
    const fake = await open({ doubling: { ...doubling, isReady: () => isReady }, identity: doubling });
    const get = async (path: string, method: 'GET' | 'POST' = 'GET', body?: string) => {
      const answer = await request(fake.url + path, { method, body });
      return [answer.statusCode, await answer.body.text()];
    };
    const unavailable = '{"error":"Request for unknown model: \'doubling\' has no available versions"}';
    expect(await get('/v2/health/ready')).toEqual([400, '']);
    expect(await get('/v2/models/doubling/ready')).toEqual([400, '{"error":"Model version not ready"}']);
    expect(await get('/v2/models/doubling')).toEqual([404, unavailable]);
    expect(await get('/v2/models/doubling/infer', 'POST', '{"inputs":[]}')).toEqual([404, unavailable]);
    expect(JSON.parse(String((await get('/v2/repository/index', 'POST'))[1]))).toEqual([
      { name: 'doubling', version: '1', state: 'UNAVAILABLE', reason: 'unloaded' },
      { name: 'identity', version: '1', state: 'READY' },
    ]);
    expect(JSON.parse(String((await get('/v2/repository/index', 'POST', '{"ready":true}'))[1]))).toHaveLength(1);
    isReady = true;
    expect(await get('/v2/health/ready')).toEqual([200, '']);
    expect(await get('/v2/models/doubling/ready')).toEqual([200, '']);
  });

  it('ends a stream whose client goes away', async () => {
    const { seen, model } = endless();
    const fake = await open({ endless: model });
    const { body } = await request(`${fake.url}/v2/models/endless/generate_stream`, { method: 'POST', body: '{}' });
    body.on('error', () => undefined);
    await once(body, 'data');
    body.destroy();
    await eventually(() => seen.ended);
  });

  it('closes in the middle of streams and idle connections, twice, and lets the port go', async () => {
    const { seen, model } = endless();
    const fake = await open({ endless: model });
    const { body } = await request(`${fake.url}/v2/models/endless/generate_stream`, { method: 'POST', body: '{}' });
    body.on('error', () => undefined);
    await once(body, 'data');
    const idle = connect(Number(new URL(fake.url).port), '127.0.0.1');
    idle.on('error', () => undefined);
    await once(idle, 'connect');
    await Promise.all([fake.close(), fake.close()]);
    await eventually(() => seen.ended && idle.destroyed);
    await expect(request(`${fake.url}/v2`)).rejects.toThrow(/ECONNREFUSED/);
  });

  it('is closed by the end of its block', async () => {
    let url: string;
    {
      await using fake = await fakeTriton({ models: { doubling } });
      url = fake.url;
      expect((await request(`${url}/v2/health/live`)).statusCode).toBe(200);
    }
    await expect(request(`${url}/v2`)).rejects.toThrow(/ECONNREFUSED/);
  });

  it.each(['', 'a b', 'a/b', 'ä', '%41'])('refuses a model called %j', async (name) => {
    await expect(fakeTriton({ models: { [name]: doubling } })).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
