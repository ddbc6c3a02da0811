import type { Socket } from 'node:net';
import type { ServerDuplexStream, ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import { ConnectionLostError, ServerUnreachableError, TimedOutError } from '../errors.ts';
import type { Transport } from '../transport.ts';
import { collect, failureOf, plainCall, until } from './__fixtures__/calls.ts';
import { type FakeServer, fakeGrpcServer, fakeTcpServer } from './__fixtures__/fake-server.ts';
import { final, reply, request, streamed } from './__fixtures__/replies.ts';
import { createGrpcTransport } from './grpc-transport.ts';

type Unary = (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => void;
type Duplex = ServerDuplexStream<Buffer, Buffer>;

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

function connect(server: FakeServer, options: { maxResponseBytes?: number } = {}): Transport {
  const transport = createGrpcTransport({ url: server.url, ...options });
  opened.push(server, transport);
  return transport;
}
const short = { ...plainCall, timeoutMs: 300 };

describe('a server that says nothing', () => {
  it('ends by the deadline where it accepts and is silent', async () => {
    const sockets: Socket[] = [];
    const server = await fakeTcpServer((socket) => sockets.push(socket));
    const transport = connect(server);
    for (const call of [transport.infer(request, short), collect(transport.stream(request, short))]) {
      const error = await failureOf(call);
      expect(error).toBeInstanceOf(TimedOutError);
      expect(error).toMatchObject({
        message: expect.stringContaining('within 300 ms: the request was not sent'),
        mayHaveRun: false,
      });
      expect(String(error) + (error as TimedOutError).hint).not.toContain('told to stop');
    }
    const reason = new Error('enough');
    const controller = new AbortController();
    const aborted = failureOf(transport.infer(request, { ...plainCall, signal: controller.signal }));
    controller.abort(reason);
    expect(await aborted).toBe(reason);
    await transport.close();
    await until(async () => (await server.connections()) === 0);
    for (const socket of sockets) socket.destroy();
  });

  it.each(['http', 'https'])('is unreachable after a few seconds where %s does not come up', async (scheme) => {
    const sockets: Socket[] = [];
    const server = await fakeTcpServer((socket) => sockets.push(socket));
    const transport = connect({ ...server, url: server.url.replace('http:', `${scheme}:`) });
    const start = performance.now();
    const failures = [transport.infer(request, plainCall), collect(transport.stream(request, plainCall))].map(
      failureOf,
    );
    for (const error of await Promise.all(failures)) {
      expect(error).toBeInstanceOf(ServerUnreachableError);
      expect(error).toMatchObject({ message: expect.stringMatching(/within 5000 ms\.$/) });
    }
    expect(performance.now() - start).toBeGreaterThan(4_500);
    expect(performance.now() - start).toBeLessThan(15_000);
    // The next call has a connection of its own to wait for, which may be to a server that is well again.
    await until(() => sockets[0]?.destroyed === true);
  });

  it('is left alone where it was up in time, and is busy afterwards', async () => {
    const modelInfer: Unary = (_, answer) => void setTimeout(() => answer(null, reply(new Float32Array(2))), 6_500);
    const transport = connect(await fakeGrpcServer({ modelInfer }));
    expect(Object.keys((await transport.infer(request, plainCall)).outputs)).toEqual(['OUTPUT']);
  });

  it('ends by the deadline where it takes calls and answers none', async () => {
    let cancelled = 0;
    const never = (call: { on(event: 'cancelled', listener: () => void): void }) => {
      call.on('cancelled', () => {
        cancelled += 1;
      });
    };
    const server = await fakeGrpcServer({ modelInfer: never, modelStreamInfer: never });
    const transport = connect(server);
    const odd = { ...plainCall, timeoutMs: 299.97417 };
    for (const call of [transport.infer(request, odd), collect(transport.stream(request, odd))]) {
      const error = await failureOf(call);
      expect(error).toBeInstanceOf(TimedOutError);
      expect(error).toMatchObject({ message: `${server.url} did not answer within 300 ms.` });
      expect((error as TimedOutError).hint).toContain('told to stop');
    }
    await until(() => cancelled === 2);
  });
});

describe('closing', () => {
  it('ends calls in the words and classes that HTTP has', async () => {
    let calls = 0;
    const server = await fakeGrpcServer({ modelInfer: () => (calls += 1), modelStreamInfer: () => (calls += 1) });
    const transport = connect(server);
    const sent = [transport.infer(request, plainCall), collect(transport.stream(request, plainCall))].map(failureOf);
    await until(() => calls === 2);
    await transport.close();
    for (const error of await Promise.all(sent)) {
      expect(error).toBeInstanceOf(ConnectionLostError);
      expect(error).toMatchObject({ message: `The client of ${server.url} was closed during the call.` });
    }
    const silent = await fakeTcpServer(() => {});
    const waiting = connect(silent);
    const unsent = failureOf(waiting.infer(request, plainCall));
    await waiting.close();
    expect(await unsent).toBeInstanceOf(ServerUnreachableError);
    expect(await unsent).toMatchObject({ message: `${silent.url} cannot be reached: the client was closed.` });
  });
});

describe('a time that no timer takes', () => {
  const answers: Unary = (_, answer) => answer(null, reply(new Float32Array(2)));
  const modelStreamInfer = (call: Duplex) => {
    // Later than a timer that is set wrong, which goes off at once.
    setTimeout(() => {
      call.write(streamed(reply(new Float32Array(2), final)));
      call.end();
    }, 50);
  };

  it.each([2 ** 31, 1e15, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY, Number.NaN])(
    '%d ms is none',
    async (ms) => {
      const transport = connect(await fakeGrpcServer({ modelInfer: answers, modelStreamInfer }));
      const call = { ...plainCall, timeoutMs: ms };
      expect(Object.keys((await transport.infer(request, call)).outputs)).toEqual(['OUTPUT']);
      expect(await collect(transport.stream(request, call))).toHaveLength(1);
    },
  );

  it('is over at once where it is negative', async () => {
    const transport = connect(await fakeGrpcServer({ modelInfer: () => {}, modelStreamInfer: () => {} }));
    const call = { ...plainCall, timeoutMs: -1 };
    expect(await failureOf(transport.infer(request, call))).toBeInstanceOf(TimedOutError);
    expect(await failureOf(collect(transport.stream(request, call)))).toBeInstanceOf(TimedOutError);
  });
});
