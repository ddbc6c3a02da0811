import { getEventListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { TimedOutError } from '../errors.ts';
import type { Transport, TransportCall } from '../transport.ts';
import { collect, counting, failureOf, notesIn, plainCall, until } from './__fixtures__/calls.ts';
import { createGrpcTransport } from './grpc-transport.ts';

let transport: Transport;
let folder = '';
let files = 0;

beforeAll(async () => {
  transport = createGrpcTransport({ url: inject('triton').grpcUrl });
  folder = await mkdtemp(join(tmpdir(), 'atelier-grpc-cancel-'));
});
afterAll(async () => {
  await transport.close();
  await rm(folder, { recursive: true });
});

const newFile = (): string => {
  files += 1;
  return join(folder, `notes-${files}`);
};

/** Steps of 10 ms for 20 s: what is not stopped is still counting at the end of the test. */
const slow = (model: 'counting' | 'counting-stream', file: string) => counting(model, 2_000, 10, file);

const hasSteps = (file: string) => async () => (await notesIn(file)).length >= 3;

/** When the model saw that it was cancelled. */
async function stoppedAt(file: string): Promise<number> {
  await until(async () => (await notesIn(file)).at(-1)?.event.startsWith('stopped') === true);
  return (await notesIn(file)).at(-1)?.at ?? Number.NaN;
}

describe('aborting over gRPC', () => {
  it.each([
    ['call', (file: string, call: TransportCall) => transport.infer(slow('counting', file), call)],
    ['stream', (file: string, call: TransportCall) => collect(transport.stream(slow('counting-stream', file), call))],
  ] as const)('rejects a %s at once with the reason, and stops the model within 100 ms', async (what, start) => {
    const took: { rejectedMs: number; stoppedMs: number }[] = [];
    for (let round = 0; round < 5; round++) {
      const file = newFile();
      const controller = new AbortController();
      const { signal } = controller;
      const failure = failureOf(start(file, { ...plainCall, signal }));
      await until(hasSteps(file));
      const reason = new Error('enough');
      const abortedAt = Date.now();
      const began = performance.now();
      controller.abort(reason);
      expect(await failure).toBe(reason);
      const rejectedMs = performance.now() - began;
      took.push({ rejectedMs, stoppedMs: (await stoppedAt(file)) - abortedAt });
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    }
    report(what, took);
    // The best of five: a busy machine may hold up any single one.
    expect(Math.min(...took.map(({ rejectedMs }) => rejectedMs))).toBeLessThan(5);
    expect(Math.min(...took.map(({ stoppedMs }) => stoppedMs))).toBeLessThan(100);
  });

  it('sends nothing where the signal was aborted before', async () => {
    const file = newFile();
    const reason = new Error('too late');
    const signal = AbortSignal.abort(reason);
    expect(await failureOf(transport.infer(slow('counting', file), { ...plainCall, signal }))).toBe(reason);
    expect(await failureOf(collect(transport.stream(slow('counting-stream', file), { ...plainCall, signal })))).toBe(
      reason,
    );
    expect(await failureOf(transport.live({ ...plainCall, signal }))).toBe(reason);
    expect(await notesIn(file)).toEqual([]);
  });

  it('leaves no listener on a signal after calls that ended well', async () => {
    const { signal } = new AbortController();
    const call = { ...plainCall, signal };
    await transport.infer(counting('counting', 1, 0, newFile()), call);
    await collect(transport.stream(counting('counting-stream', 2, 0, newFile()), call));
    await failureOf(transport.modelConfig('no-such-model', undefined, call));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('ending a stream early', () => {
  it('stops the model, and leaves no listener', async () => {
    const file = newFile();
    const { signal } = new AbortController();
    for await (const response of transport.stream(slow('counting-stream', file), { ...plainCall, signal })) {
      if (response.outputs.COUNT?.data[0] === 2) break;
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(await stoppedAt(file)).toBeGreaterThan(0);
  });

  it('stops a stream of a caller that is busy, at once', async () => {
    const file = newFile();
    const controller = new AbortController();
    const stream = transport.stream(slow('counting-stream', file), { ...plainCall, signal: controller.signal });
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    controller.abort(new Error('enough'));
    // Nobody has asked for the next response yet.
    expect(await stoppedAt(file)).toBeGreaterThan(0);
    expect(await failureOf(iterator.next())).toBe(controller.signal.reason);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });
});

describe('running out of time over gRPC', () => {
  it('rejects a call and stops the model', async () => {
    const file = newFile();
    const error = await failureOf(transport.infer(slow('counting', file), { ...plainCall, timeoutMs: 1_000 }));
    expect(error).toBeInstanceOf(TimedOutError);
    expect(error).toMatchObject({ model: 'counting', status: 'DEADLINE_EXCEEDED' });
    expect(await stoppedAt(file)).toBeGreaterThan(0);
  });

  it('counts between the responses of a stream', async () => {
    const file = newFile();
    const everyHalf = counting('counting-stream', 4, 500, file);
    expect(await collect(transport.stream(everyHalf, { ...plainCall, timeoutMs: 1_900 }))).toHaveLength(4);
    const silent = counting('counting-stream', 2, 10_000, newFile());
    const given: unknown[] = [];
    const error = await failureOf(
      (async () => {
        const stream = transport.stream(silent, { ...plainCall, timeoutMs: 500 });
        for await (const response of stream) given.push(response);
      })(),
    );
    expect(error).toBeInstanceOf(TimedOutError);
    expect(given).toHaveLength(1);
  });

  it('does not count while the caller works', async () => {
    const stream = transport.stream(counting('counting-stream', 3, 0, newFile()), { ...plainCall, timeoutMs: 700 });
    let count = 0;
    for await (const _ of stream) {
      count += 1;
      await new Promise((resolve) => setTimeout(resolve, 800));
    }
    expect(count).toBe(3);
  });
});

describe('closing', () => {
  it('ends what is open and stops the models', async () => {
    const own = createGrpcTransport({ url: inject('triton').grpcUrl });
    const [one, other] = [newFile(), newFile()];
    const call = failureOf(own.infer(slow('counting', one), plainCall));
    const stream = failureOf(collect(own.stream(slow('counting-stream', other), plainCall)));
    await until(hasSteps(one));
    await until(hasSteps(other));
    await own.close();
    expect(await call).toMatchObject({ code: 'connection-lost' });
    expect(await stream).toMatchObject({ code: 'connection-lost' });
    expect(await stoppedAt(one)).toBeGreaterThan(0);
    expect(await stoppedAt(other)).toBeGreaterThan(0);
    expect(await failureOf(own.live(plainCall))).toMatchObject({ code: 'server-unreachable' });
    await own.close();
  });
});

function report(what: string, took: readonly { rejectedMs: number; stoppedMs: number }[]): void {
  const list = (pick: 'rejectedMs' | 'stoppedMs') => took.map((entry) => entry[pick].toFixed(1)).join(', ');
  console.log(
    `aborted ${what}: rejected after ${list('rejectedMs')} ms; the model stopped after ${list('stoppedMs')} ms`,
  );
}
