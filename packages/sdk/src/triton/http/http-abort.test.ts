import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { ConnectionLostError, ServerUnreachableError } from '../errors.ts';
import type { Transport, TransportOptions } from '../transport.ts';
import { call, floats, rejection } from './__fixtures__/calls.ts';
import { type FakeRequest, type FakeServer, startFakeServer } from './__fixtures__/fake-server.ts';
import {
  chunk,
  httpReply,
  inferReply,
  lastChunk,
  metadataReply,
  outputEvent,
  streamHead,
} from './__fixtures__/replies.ts';
import { createHttpTransport } from './http-transport.ts';

let fake: FakeServer;
let transport: Transport;

async function serve(answer: (request: FakeRequest) => void, options: Partial<TransportOptions> = {}): Promise<void> {
  fake = await startFakeServer(answer);
  transport = createHttpTransport({ ...options, url: fake.url });
}

afterEach(async () => {
  await transport.close();
  await fake.untilNoneOpen();
  await fake.close();
});

const listenersOf = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('aborting', () => {
  it('rejects at once with the reason and destroys the socket', async () => {
    await serve(() => {});
    const latencies: number[] = [];
    for (let round = 0; round < 20; round++) {
      const controller = new AbortController();
      const reason = new Error('enough');
      const result = rejection(transport.infer(floats(4), { ...call, signal: controller.signal }));
      await sleep(5);
      const start = performance.now();
      controller.abort(reason);
      expect(await result).toBe(reason);
      latencies.push(performance.now() - start);
      expect(listenersOf(controller.signal)).toBe(0);
    }
    await fake.untilNoneOpen();
    latencies.sort((a, b) => a - b);
    console.log(
      `abort to rejection: best ${latencies[0]?.toFixed(3)} ms, p50 ${latencies[10]?.toFixed(3)} ms, worst ${latencies.at(-1)?.toFixed(3)} ms`,
    );
    // The middle of many, some fifteen times below it: what else the machine does holds up single ones.
    expect(latencies[10]).toBeLessThan(5);
  });

  it('rejects in the body, and in the middle of an upload', async () => {
    await serve(({ socket }) => socket.write(inferReply().subarray(0, -3)));
    for (const count of [4, 8_000_000]) {
      const signal = AbortSignal.timeout(20);
      expect(await rejection(transport.infer(floats(count), { ...call, signal }))).toBe(signal.reason);
      expect(listenersOf(signal)).toBe(0);
    }
    await fake.untilNoneOpen();
  });

  it('sends nothing where the signal was aborted before', async () => {
    await serve(() => {});
    const signal = AbortSignal.abort(new Error('no'));
    expect(await rejection(transport.infer(floats(4), { ...call, signal }))).toBe(signal.reason);
    const stream = transport.stream(floats(4), { ...call, signal })[Symbol.asyncIterator]();
    expect(await rejection(stream.next())).toBe(signal.reason);
    expect(fake.total).toBe(0);
  });

  it('never sends a request that waited for a connection', async () => {
    await serve(({ socket }) => setTimeout(() => socket.write(inferReply()), 50), { connections: 1 });
    const first = transport.infer(floats(4), call);
    const controller = new AbortController();
    const second = rejection(transport.infer(floats(4), { ...call, signal: controller.signal }));
    controller.abort();
    expect(await second).toBe(controller.signal.reason);
    await first;
    await transport.infer(floats(4), call);
    expect(fake.requests).toBe(2);
  });

  it('leaves no listener and no timer after many calls on one signal, whatever their end', async () => {
    const replies = [inferReply(), httpReply(500, {}, '{"error":"x"}'), inferReply({ shape: [9] })];
    await serve(({ socket, number, line }) => {
      if (line.startsWith('GET')) socket.write(metadataReply);
      else if (line.endsWith('stream')) socket.write(streamHead + chunk(outputEvent(1)) + lastChunk);
      else socket.write(replies[number % 3] ?? '');
    });
    const { signal } = new AbortController();
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    for (let round = 0; round < 100; round++) {
      await Promise.allSettled(Array.from({ length: 5 }, () => transport.infer(floats(4), { ...call, signal })));
      for await (const response of transport.stream(floats(1), { ...call, signal })) {
        if (round % 2 === 0 && response.outputs.OUTPUT) break;
      }
    }
    expect(listenersOf(signal)).toBe(0);
    // Of 600 calls with a timer each; a few may be the test runner's and the connections' own.
    expect(timers() - before).toBeLessThan(5);
  });
});

describe('closing', () => {
  it('ends open calls and refuses new ones, with nothing left open', async () => {
    await serve(() => {}, { connections: 1 });
    const sent = rejection(transport.infer(floats(4), call));
    const waiting = rejection(transport.infer(floats(4), call));
    await sleep(20);
    await transport.close();
    // The same words and classes as over gRPC.
    expect(await sent).toBeInstanceOf(ConnectionLostError);
    expect(await sent).toMatchObject({ message: `The client of ${fake.url} was closed during the call.` });
    expect(await waiting).toBeInstanceOf(ServerUnreachableError);
    expect(await waiting).toMatchObject({ message: `${fake.url} cannot be reached: the client was closed.` });
    expect(await rejection(transport.live(call))).toBeInstanceOf(ServerUnreachableError);
    await transport.close();
    await fake.untilNoneOpen();
  });
});
