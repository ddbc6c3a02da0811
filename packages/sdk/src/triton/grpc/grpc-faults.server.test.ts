import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  ConnectionLostError,
  ImageNotCachedError,
  ModelFailedError,
  ModelNotFoundError,
  ModelNotReadyError,
  RequestRejectedError,
  RequestUnsupportedError,
  ServerUnavailableError,
  ServerUnreachableError,
} from '../errors.ts';
import { freePorts } from '../launch/free-ports.ts';
import { type LaunchedTriton, launchTriton } from '../launch/launch-triton.ts';
import type { Transport } from '../transport.ts';
import { collect, counting, failureOf, numbers, plainCall, textTensor, until } from './__fixtures__/calls.ts';
import { createGrpcTransport } from './grpc-transport.ts';

let folder = '';
let ports = { httpPort: 0, grpcPort: 0, metricsPort: 0 };
let server: LaunchedTriton;
let transport: Transport;

async function launch(): Promise<void> {
  const repository = join(folder, 'models');
  const args = ['--model-control-mode=explicit', '--load-model=counting', '--load-model=counting-stream'];
  server = await launchTriton({ python: inject('triton').python, repository, args, ...ports });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-grpc-faults-'));
  for (const model of ['counting', 'counting-stream']) {
    await cp(join(inject('triton').repository, model), join(folder, 'models', model), { recursive: true });
  }
  const [httpPort = 0, grpcPort = 0, metricsPort = 0] = await freePorts(3);
  ports = { httpPort, grpcPort, metricsPort };
  await launch();
  transport = createGrpcTransport({ url: server.grpcUrl });
});
afterAll(async () => {
  await transport.close();
  await server.stop('SIGKILL');
  await rm(folder, { recursive: true });
});

const raises = (CODE: string, TEXT: string, waitMs = 0) => ({
  model: 'raises',
  inputs: { CODE: textTensor(CODE), TEXT: textTensor(TEXT), WAIT_MS: numbers(waitMs) },
});

const infer = (...what: Parameters<typeof raises>) => failureOf(transport.infer(raises(...what), plainCall));
const stream = (...what: Parameters<typeof raises>) => failureOf(collect(transport.stream(raises(...what), plainCall)));

const tensor = (name: string, data_type: string) => ({ name, data_type, dims: [1] });
const raisesConfig = {
  backend: 'python',
  input: [tensor('CODE', 'TYPE_STRING'), tensor('TEXT', 'TYPE_STRING'), tensor('WAIT_MS', 'TYPE_INT32')],
  output: [tensor('OUT', 'TYPE_STRING')],
  instance_group: [{ kind: 'KIND_CPU', count: 1 }],
};

describe('the model repository over gRPC', () => {
  it('loads a model from a configuration and a file, unloads and says that it is not ready', async () => {
    const source = await readFile(new URL('./__fixtures__/raises.py', import.meta.url));
    await transport.load('raises', { config: raisesConfig, files: { '1/model.py': source } }, plainCall);
    expect(await transport.modelReady('raises', undefined, plainCall)).toBe(true);
    const { outputs } = await transport.infer(raises('', 'hello'), plainCall);
    expect(outputs.OUT).toEqual(textTensor('hello'));

    await transport.unload('counting', {}, plainCall);
    await until(async () => !(await transport.modelReady('counting', undefined, plainCall)));
    const error = await failureOf(transport.infer(counting('counting', 1, 0, ''), plainCall));
    expect(error).toBeInstanceOf(ModelNotReadyError);
    expect(await failureOf(collect(transport.stream(counting('counting', 1, 0, ''), plainCall)))).toBeInstanceOf(
      ModelNotReadyError,
    );
    await transport.load('counting', {}, plainCall);
    expect(await transport.modelReady('counting', undefined, plainCall)).toBe(true);
  });

  it('says what is wrong with what cannot be loaded', async () => {
    expect(await failureOf(transport.load('nothing', {}, plainCall))).toBeInstanceOf(ModelNotFoundError);
    const files = { '1/model.py': Buffer.from('import no_such_module') };
    const broken = await failureOf(transport.load('broken', { config: raisesConfig, files }, plainCall));
    expect(broken).toMatchObject({
      code: 'request-rejected',
      serverMessage: expect.stringContaining('no_such_module'),
    });
    expect(await failureOf(transport.load('raises', { files }, plainCall))).toMatchObject({ code: 'invalid-input' });
  });

  it('changes log settings', async () => {
    const { log_file: _, ...before } = await transport.logSettings(undefined, plainCall);
    const changed = await transport.logSettings({ log_warning: false, log_verbose_level: 1 }, plainCall);
    expect(changed).toMatchObject({ ...before, log_warning: false, log_verbose_level: 1 });
    expect(await transport.logSettings(before, plainCall)).toMatchObject(before);
    const wrong = failureOf(transport.logSettings({ log_warning: 'yes' }, plainCall));
    expect(await wrong).toBeInstanceOf(RequestRejectedError);
  });
});

it('says that a wrong shape is one, though its words end in a space, which Node drops', async () => {
  const error = await failureOf(transport.infer({ model: 'counting', inputs: { STEPS: textTensor('1') } }, plainCall));
  expect(error).toMatchObject({ code: 'request-rejected', isRetryable: false });
  const { inputs } = counting('counting', 1, 0, '');
  const wide = { ...inputs, STEPS: numbers(1, 2, 3) };
  expect(await failureOf(transport.infer({ model: 'counting', inputs: wide }, plainCall))).toMatchObject({
    code: 'request-rejected',
    isRetryable: false,
    status: 'INVALID_ARGUMENT',
    hint: expect.stringContaining('shapes'),
  });
});

describe('what a model raises', () => {
  it.each([
    ['NOT_FOUND', 'image-not-cached: send the bytes', ImageNotCachedError],
    ['NOT_FOUND', 'no such voice', ModelFailedError],
    ['INVALID_ARG', 'the mask has another size', RequestRejectedError],
    ['INTERNAL', 'out of memory', ModelFailedError],
    ['UNKNOWN', 'who knows', ModelFailedError],
    ['UNAVAILABLE', 'busy', ServerUnavailableError],
    // Words that grpc-js has for a broken connection, from a server that answered.
    ['UNAVAILABLE', 'Connection dropped', ServerUnavailableError],
    ['UNSUPPORTED', 'not this', RequestUnsupportedError],
    ['CANCELLED', 'stopped', ModelFailedError],
  ])('%s "%s"', async (code, text, expected) => {
    const error = await infer(code, text);
    expect(error).toBeInstanceOf(expected);
    expect(error).toMatchObject({ model: 'raises', server: server.grpcUrl, serverMessage: text });
  });

  it('in a stream, where only the words are left', async () => {
    expect(await stream('NOT_FOUND', 'image-not-cached: send the bytes')).toBeInstanceOf(ImageNotCachedError);
    expect(await stream('INVALID_ARG', 'the mask has another size')).toBeInstanceOf(ModelFailedError);
  });

  it('is refused by a full queue', async () => {
    const source = await readFile(new URL('./__fixtures__/raises.py', import.meta.url));
    const config = {
      ...raisesConfig,
      max_batch_size: 1,
      dynamic_batching: { default_queue_policy: { max_queue_size: 1 } },
    };
    await transport.load('queue', { config, files: { '1/model.py': source } }, plainCall);
    const { inputs } = raises('', 'x', 500);
    const batch = Object.fromEntries(
      Object.entries(inputs).map(([name, input]) => [name, { ...input, shape: [1, 1] }]),
    );
    const request = { model: 'queue', inputs: batch };
    const calls = await Promise.allSettled(Array.from({ length: 8 }, () => transport.infer(request, plainCall)));
    const errors = calls.flatMap((call) => (call.status === 'rejected' ? [call.reason] : []));
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThan(8);
    for (const error of errors) {
      expect(error).toBeInstanceOf(ServerUnavailableError);
      expect(error).toMatchObject({ status: 'UNAVAILABLE', isRetryable: true });
    }
    const [running, ...streamed] = await Promise.allSettled(
      Array.from({ length: 8 }, () => collect(transport.stream(request, plainCall))),
    );
    expect(running?.status).toBe('fulfilled');
    expect(streamed.some((call) => call.status === 'rejected' && call.reason instanceof ServerUnavailableError)).toBe(
      true,
    );
  });
});

describe('a server that is killed', () => {
  it('fails what was running as lost, what comes after as unreachable, and is found again', async () => {
    const slow = (model: 'counting' | 'counting-stream') => counting(model, 1_000, 20, join(folder, 'notes'));
    const call = failureOf(transport.infer(slow('counting'), plainCall));
    const iterator = transport.stream(slow('counting-stream'), plainCall)[Symbol.asyncIterator]();
    expect((await iterator.next()).done).toBe(false);
    process.kill(server.pid, 'SIGKILL');
    const began = performance.now();
    expect(await call).toBeInstanceOf(ConnectionLostError);
    const streamed = await failureOf(
      (async () => {
        while (!(await iterator.next()).done);
      })(),
    );
    expect(streamed).toBeInstanceOf(ConnectionLostError);
    expect(streamed).toMatchObject({ model: 'counting-stream', isRetryable: true });
    const lostMs = performance.now() - began;

    await server.stop('SIGKILL');
    const downMs: number[] = [];
    for (let index = 0; index < 5; index++) {
      const start = performance.now();
      expect(await failureOf(transport.infer(slow('counting'), plainCall))).toBeInstanceOf(ServerUnreachableError);
      expect(await failureOf(collect(transport.stream(slow('counting-stream'), plainCall)))).toBeInstanceOf(
        ServerUnreachableError,
      );
      downMs.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(Math.max(...downMs)).toBeLessThan(5_000);

    await launch();
    const back = performance.now();
    await until(() => transport.live(plainCall).catch(() => false));
    const backMs = performance.now() - back;
    console.log(
      `killed: lost after ${lostMs.toFixed(0)} ms; down: two calls fail in ${downMs.map((ms) => ms.toFixed(0)).join(', ')} ms; back: reached after ${backMs.toFixed(0)} ms`,
    );
    expect(backMs).toBeLessThan(5_000);
  });

  it('fails 32 calls at once, each typed', async () => {
    const calls = Array.from({ length: 32 }, (_, index) =>
      failureOf(transport.infer(counting('counting', 1_000, 20, join(folder, `many-${index}`)), plainCall)),
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    process.kill(server.pid, 'SIGKILL');
    for (const error of await Promise.all(calls)) expect(error).toBeInstanceOf(ConnectionLostError);
  });
});
