import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { type LaunchedTriton, launchTriton } from '../launch/launch-triton.ts';
import type { Transport } from '../transport.ts';
import { call, floats, rejection } from './__fixtures__/calls.ts';
import { createHttpTransport } from './http-transport.ts';

/** A server of its own: loading, unloading and settings would disturb the others' tests. */
let server: LaunchedTriton;
let transport: Transport;
let repository: string;

beforeAll(async () => {
  repository = await mkdtemp(join(tmpdir(), 'atelier-repository-'));
  const args = ['--model-control-mode=explicit', '--http-restricted-api=statistics:admin-key=secret'];
  server = await launchTriton({ python: inject('triton').python, repository, args });
  transport = createHttpTransport({ url: server.url });
});
afterAll(async () => {
  await transport.close();
  await server.stop('SIGKILL');
  await rm(repository, { recursive: true, force: true });
});

const files = (source: string) => ({ '1/model.py': Buffer.from(source) });
const config = {
  backend: 'python',
  max_batch_size: 0,
  input: [{ name: 'INPUT', data_type: 'TYPE_FP32', dims: [-1] }],
  output: [{ name: 'OUTPUT', data_type: 'TYPE_FP32', dims: [-1] }],
  instance_group: [{ kind: 'KIND_CPU', count: 1 }],
  parameters: { note: { string_value: 'hello' } },
};
const model = (body: string) => `import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def execute(self, requests):
        ${body}
`;
/** Sends one response and never another. */
const endless = `import time
import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def execute(self, requests):
        for request in requests:
            data = pb_utils.get_input_tensor_by_name(request, "INPUT").as_numpy()
            sender = request.get_response_sender()
            sender.send(pb_utils.InferenceResponse([pb_utils.Tensor("OUTPUT", data)]))
            time.sleep(20)
`;
const untilTrue = async (ask: () => Promise<boolean>): Promise<void> => {
  while (!(await ask())) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe('a server', () => {
  it('says that it lives, is ready, and what it is', async () => {
    expect(await transport.live(call)).toBe(true);
    expect(await transport.ready(call)).toBe(true);
    expect(await transport.serverMetadata(call)).toMatchObject({
      name: 'triton',
      version: expect.stringMatching(/^2\./),
    });
  });

  it('has trace settings that can be changed and reset', async () => {
    const before = await transport.traceSettings(undefined, undefined, call);
    expect(before).toMatchObject({ trace_level: ['OFF'], trace_rate: '1000' });
    expect(await transport.traceSettings(undefined, { trace_rate: '5' }, call)).toMatchObject({ trace_rate: '5' });
    expect(await transport.traceSettings(undefined, { trace_rate: null }, call)).toEqual(before);
    expect(await rejection(transport.traceSettings('nobody', undefined, call))).toMatchObject({
      code: 'model-not-found',
    });
  });

  it('has log settings that can be changed', async () => {
    expect(await transport.logSettings(undefined, call)).toMatchObject({ log_verbose_level: 0, log_info: true });
    expect(await transport.logSettings({ log_verbose_level: 1 }, call)).toMatchObject({ log_verbose_level: 1 });
    await transport.logSettings({ log_verbose_level: 0 }, call);
  });

  it('is access-denied for an API that it restricts', async () => {
    expect(await rejection(transport.statistics(undefined, undefined, call))).toMatchObject({
      code: 'access-denied',
      status: 403,
    });
    const headers = { 'admin-key': 'secret' };
    expect(await transport.statistics(undefined, undefined, { ...call, headers })).toEqual([]);
  });
});

describe('a model', () => {
  it('is not found before it is loaded', async () => {
    expect(await transport.modelReady('echo', undefined, call)).toBe(false);
    expect(await rejection(transport.modelMetadata('echo', undefined, call))).toMatchObject({
      code: 'model-not-found',
    });
    expect(await rejection(transport.modelConfig('echo', '1', call))).toMatchObject({ code: 'model-not-found' });
    expect(await rejection(transport.load('echo', {}, call))).toMatchObject({ code: 'model-not-found' });
  });

  it('is loaded from config and files, and is all there', async () => {
    const echo = model(
      'return [pb_utils.InferenceResponse([pb_utils.Tensor("OUTPUT", pb_utils.get_input_tensor_by_name(r, "INPUT").as_numpy())]) for r in requests]',
    );
    await transport.load('echo', { config, files: files(echo) }, call);
    expect(await transport.modelReady('echo', undefined, call)).toBe(true);
    expect(await transport.modelReady('echo', '1', call)).toBe(true);
    expect(await transport.modelReady('echo', '2', call)).toBe(false);
    expect(await transport.modelMetadata('echo', '1', call)).toMatchObject({
      name: 'echo',
      versions: ['1'],
      inputs: [{ name: 'INPUT', datatype: 'FP32', shape: [-1] }],
    });
    expect(await transport.modelConfig('echo', undefined, call)).toMatchObject({
      name: 'echo',
      backend: 'python',
      max_batch_size: 0,
      parameters: { note: { string_value: 'hello' } },
    });
    // The index lists what lies in the repository's folder.
    expect(await transport.repositoryIndex(call)).toEqual([]);
    const response = await transport.infer(floats(3, 'echo'), call);
    expect(response.outputs.OUTPUT?.data).toEqual(new Float32Array(3).fill(0.5));
    const headers = { 'admin-key': 'secret' };
    // The server counts after it has answered.
    await vi.waitFor(async () =>
      expect(await transport.statistics('echo', undefined, { ...call, headers })).toMatchObject([
        { name: 'echo', version: '1', inference_count: 1, inference_stats: { success: { count: 1 } } },
      ]),
    );
    expect(await rejection(transport.statistics('nobody', undefined, { ...call, headers }))).toMatchObject({
      code: 'model-not-found',
    });
  });

  it('is not ready after it was unloaded', async () => {
    await transport.unload('echo', {}, call);
    await untilTrue(async () => !(await transport.modelReady('echo', undefined, call)));
    expect(await rejection(transport.infer(floats(1, 'echo'), call))).toMatchObject({
      code: 'model-not-ready',
      isRetryable: true,
    });
  });

  it('that raises is model-failed, with its own words', async () => {
    await transport.load('broken', { config, files: files(model('raise ValueError("no luck today")')) }, call);
    expect(await rejection(transport.infer(floats(1, 'broken'), call))).toMatchObject({
      code: 'model-failed',
      status: 500,
      isRetryable: false,
      serverMessage: expect.stringContaining('no luck today'),
    });
  });

  it('that answers with an error is what the error says', async () => {
    const errors = [
      ['image-not-cached: abc', 'NOT_FOUND', 'image-not-cached'],
      ['nothing here', 'NOT_FOUND', 'model-failed'],
      ['here already', 'ALREADY_EXISTS', 'request-rejected'],
      ['out of luck', 'INTERNAL', 'model-failed'],
      ['not with me', 'UNSUPPORTED', 'request-unsupported'],
      ['come later', 'UNAVAILABLE', 'server-unavailable'],
      ['bad words', 'INVALID_ARG', 'request-rejected'],
    ] as const;
    const list = errors.map(([words, status]) => `pb_utils.TritonError("${words}", pb_utils.TritonError.${status})`);
    const pick = 'int(pb_utils.get_input_tensor_by_name(r, "INPUT").as_numpy()[0])';
    const body = `return [pb_utils.InferenceResponse(error=[${list.join(', ')}][${pick}]) for r in requests]`;
    await transport.load('failing', { config, files: files(model(body)) }, call);
    for (const [index, [words, , code]] of errors.entries()) {
      const INPUT = { datatype: 'FP32', shape: [1], data: Float32Array.of(index) } as const;
      const error = await rejection(transport.infer({ model: 'failing', inputs: { INPUT } }, call));
      expect(error).toMatchObject({ code, serverMessage: words });
    }
  });

  it('with files and no config is invalid-input', async () => {
    expect(await rejection(transport.load('echo', { files: files('') }, call))).toMatchObject({
      code: 'invalid-input',
    });
  });

  it.each(['', '..', '\ud800'])('whose name cannot be in a URL is invalid-input: %j', async (name) => {
    expect(await rejection(transport.modelReady(name, undefined, call))).toMatchObject({ code: 'invalid-input' });
  });
});

// The last ones: they end the server.
describe('a server that is killed', () => {
  it('ends calls and streams in flight as connection-lost, and later ones as server-unreachable', async () => {
    const slow = model('import time; time.sleep(20); return []');
    await transport.load('slow', { config, files: files(slow) }, call);
    const policy = { model_transaction_policy: { decoupled: true } };
    await transport.load('endless', { config: { ...config, ...policy }, files: files(endless) }, call);
    const stream = transport.stream(floats(1, 'endless'), call)[Symbol.asyncIterator]();
    expect((await stream.next()).done).toBe(false);
    const results = [
      ...Array.from({ length: 8 }, () => rejection(transport.infer(floats(1, 'slow'), call))),
      rejection(Promise.resolve(stream.next())),
    ];
    await new Promise((resolve) => setTimeout(resolve, 200));
    await server.stop('SIGKILL');
    for (const error of await Promise.all(results)) expect(error).toMatchObject({ code: 'connection-lost' });
    expect(await rejection(transport.infer(floats(1, 'slow'), call))).toMatchObject({ code: 'server-unreachable' });
  });
});
