import { describe, expect, it } from 'vitest';
import type { InferResponse } from '../../wire/index.ts';
import { call, floats, rejection } from '../__fixtures__/calls.ts';
import type { FakeRequest } from '../__fixtures__/fake-server.ts';
import { chunk, event, lastChunk, outputEvent, streamHead } from '../__fixtures__/replies.ts';
import { withFakeServer } from '../__fixtures__/with-fake-server.ts';

const pair = withFakeServer();
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const outputOf = (response: InferResponse): unknown => response.outputs.OUTPUT?.data[0];

describe('a reader', () => {
  /** Writes events as fast as the socket takes them. */
  function flood({ socket }: FakeRequest, written: { events: number }): void {
    const text = chunk(event({ model_name: 'm', OUTPUT: 1, padding: 'x'.repeat(1_000) })).repeat(64);
    const more = () => {
      while (socket.writable) {
        written.events += 64;
        if (!socket.write(text)) break;
      }
      socket.once('drain', more);
    };
    socket.write(streamHead);
    more();
  }

  it('that ends early destroys the socket', async () => {
    await pair.serveStream((request) => flood(request, { events: 0 }));
    let count = 0;
    for await (const _ of pair.transport.stream(floats(1), call)) if (++count === 3) break;
    await pair.expectStreamGone();
  });

  it('that ends while it waits is let go', async () => {
    await pair.serveStream(({ socket }) => socket.write(streamHead));
    const stream = pair.transport.stream(floats(1), call)[Symbol.asyncIterator]();
    const waiting = stream.next();
    await sleep(30);
    expect(await stream.return?.()).toEqual({ done: true, value: undefined });
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    await pair.expectStreamGone();
  });

  it('that ends before the first response opens nothing', async () => {
    await pair.serveStream(() => {});
    const stream = pair.transport.stream(floats(1), call)[Symbol.asyncIterator]();
    await stream.return?.();
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(pair.fake.total).toBe(0);
  });

  it('that is slow holds the server back, and is not timed out', async () => {
    const written = { events: 0 };
    await pair.serveStream((request) => flood(request, written));
    const stream = pair.transport.stream(floats(1), { ...call, timeoutMs: 100 })[Symbol.asyncIterator]();
    await stream.next();
    await sleep(300);
    const before = written.events;
    await sleep(300);
    // Kernel buffers and one read of the socket; an unbounded reader takes hundreds of thousands in this time.
    expect(written.events).toBe(before);
    expect(before).toBeLessThan(30_000);
    for (let count = 0; count < before + 1_000; count++) expect((await stream.next()).done).toBe(false);
    expect(written.events).toBeGreaterThan(before);
    await stream.return?.();
    await pair.expectStreamGone();
  });

  it('that aborts gets the reason, not what was kept', async () => {
    await pair.serveStream((request) => flood(request, { events: 0 }));
    const controller = new AbortController();
    const stream = pair.transport.stream(floats(1), { ...call, signal: controller.signal })[Symbol.asyncIterator]();
    await stream.next();
    await sleep(30);
    controller.abort(new Error('enough'));
    expect(await rejection(stream.next())).toBe(controller.signal.reason);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    await pair.expectStreamGone();
  });

  it('may ask for several responses at once', async () => {
    await pair.serveStream(({ socket }) => {
      socket.write(streamHead);
      setTimeout(() => socket.write(chunk(outputEvent(1)) + chunk(outputEvent(2)) + lastChunk), 20);
    });
    const stream = pair.transport.stream(floats(1), call)[Symbol.asyncIterator]();
    const all = await Promise.all([stream.next(), stream.next(), stream.next()]);
    expect(all.map(({ done, value }) => (done ? 'end' : outputOf(value)))).toEqual([1, 2, 'end']);
  });
});

it('hands an event to its reader within the tick of its bytes', async () => {
  let at = 0;
  let send: (() => void) | undefined;
  await pair.serveStream(({ socket }) => {
    socket.write(streamHead);
    send = () => {
      socket.write(chunk(outputEvent(1)));
      at = performance.now();
    };
  });
  const stream = pair.transport.stream(floats(1), call)[Symbol.asyncIterator]();
  const latencies: number[] = [];
  let next = stream.next();
  while (!send) await sleep(1);
  for (let round = 0; round < 200; round++) {
    await sleep(1);
    send();
    await next;
    latencies.push(performance.now() - at);
    next = stream.next();
  }
  await stream.return?.();
  await next;
  latencies.sort((a, b) => a - b);
  const [p50, p99] = [latencies[100] ?? 0, latencies[198] ?? 0];
  console.log(`bytes written to response read, over the loopback: p50 ${p50.toFixed(3)} ms, p99 ${p99.toFixed(3)} ms`);
  // The bar is 1 ms, the loopback included; the margin is for machines that do other things.
  expect(p50).toBeLessThan(20);
});
