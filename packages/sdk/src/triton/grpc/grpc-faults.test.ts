import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttp2Server, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import type { ServerDuplexStream, ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import {
  ConnectionLostError,
  ResponseInvalidError,
  ServerUnavailableError,
  ServerUnreachableError,
  TritonError,
} from '../errors.ts';
import type { Transport } from '../transport.ts';
import { collect, failureOf, plainCall } from './__fixtures__/calls.ts';
import { type FakeServer, fakeGrpcServer, fakeTcpServer } from './__fixtures__/fake-server.ts';
import { mutated, seeded } from './__fixtures__/mutate.ts';
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

describe('a server that breaks off', () => {
  it('is unreachable where nothing listens, or nobody has the name', async () => {
    const server = await fakeTcpServer(() => {});
    await server.close();
    const refused = await failureOf(connect(server).infer(request, plainCall));
    expect(refused).toBeInstanceOf(ServerUnreachableError);
    expect(refused).toMatchObject({ message: expect.stringContaining('ECONNREFUSED'), server: server.url });
    const nowhere = connect({ url: 'http://nowhere.invalid:8001', close: async () => {} });
    expect(await failureOf(nowhere.infer(request, plainCall))).toBeInstanceOf(ServerUnreachableError);
  });

  it('is unreachable where it hangs up, or speaks HTTP/1.1 or something else', async () => {
    const hangsUp = connect(await fakeTcpServer((socket) => socket.destroy()));
    expect(await failureOf(hangsUp.infer(request, plainCall))).toBeInstanceOf(ServerUnreachableError);
    const noise = connect(await fakeTcpServer((socket) => socket.end('SSH-2.0-Noise\r\n')));
    expect(await failureOf(noise.infer(request, plainCall))).toBeInstanceOf(ServerUnreachableError);
    const http = createHttpServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
    await new Promise((resolve) => http.once('listening', resolve));
    // An address of a listening TCP server is never text or null.
    const { port } = http.address() as AddressInfo;
    const close = async () => void http.close();
    expect(
      await failureOf(connect({ url: `http://127.0.0.1:${port}`, close }).infer(request, plainCall)),
    ).toBeInstanceOf(ServerUnreachableError);
  });

  it('lost the call where the connection breaks in it', async () => {
    const transport = connect(await http2Server((stream) => stream.session?.socket.destroy()));
    expect(await failureOf(transport.infer(request, plainCall))).toBeInstanceOf(ConnectionLostError);
    expect(await failureOf(collect(transport.stream(request, plainCall)))).toBeInstanceOf(ConnectionLostError);
  });

  it('lost the call where the stream is reset, and not where it is refused', async () => {
    for (const code of [0x1, 0x2, 0x8, 0xb]) {
      const transport = connect(await http2Server((stream) => stream.close(code)));
      expect(await failureOf(transport.infer(request, plainCall))).toBeInstanceOf(ConnectionLostError);
    }
    const refuses = connect(await http2Server((stream) => stream.close(0x7)));
    expect(await failureOf(refuses.infer(request, plainCall))).toBeInstanceOf(ServerUnavailableError);
  });

  it('is asked once where it refuses: repeating is the decision of the client', async () => {
    let streams = 0;
    const server = await http2Server((stream) => {
      streams += 1;
      stream.close(0x7);
    });
    const error = await failureOf(connect(server).infer(request, plainCall));
    expect(error).toMatchObject({ code: 'server-unavailable', mayHaveRun: false });
    expect(streams).toBe(1);
  });

  it.each([0x0, 0x1, 0x2, 0xb])('lost the call where the server says goodbye (%i) and hangs up', async (code) => {
    const server = await http2Server(({ session }) => {
      session?.goaway(code);
      session?.destroy();
    });
    const error = await failureOf(connect(server).infer(request, plainCall));
    expect(error).toMatchObject({ code: 'connection-lost', mayHaveRun: true });
  });

  it('lost the call where the connection is reset', async () => {
    const server = await http2Server(({ session }) => {
      // The session lets nobody reset its socket.
      for (const socket of server.sockets) socket.resetAndDestroy();
      session?.destroy();
    });
    const error = await failureOf(connect(server).infer(request, plainCall));
    expect(error).toMatchObject({ code: 'connection-lost', mayHaveRun: true });
  });

  it('lost the stream where it ends without its final response', async () => {
    const modelStreamInfer = (call: Duplex) => {
      call.write(streamed(reply(new Float32Array(2))));
      call.end();
    };
    const given: unknown[] = [];
    const transport = connect(await fakeGrpcServer({ modelStreamInfer }));
    const error = await failureOf(
      (async () => {
        for await (const response of transport.stream(request, plainCall)) given.push(response);
      })(),
    );
    expect(error).toBeInstanceOf(ConnectionLostError);
    expect(given).toHaveLength(1);
  });

  it('answered as a proxy does', async () => {
    const answers = async (httpStatus: number) => {
      const server = await http2Server((stream) => {
        stream.respond({ ':status': httpStatus, 'content-type': 'text/html' });
        stream.end('<html>a page</html>');
      });
      return await failureOf(connect(server).infer(request, plainCall));
    };
    expect(await answers(503)).toBeInstanceOf(ServerUnavailableError);
    expect(await answers(403)).toMatchObject({ code: 'access-denied', status: 403 });
    expect(await answers(404)).toBeInstanceOf(ResponseInvalidError);
  });
});

describe('statuses of a server', () => {
  it.each([
    [status.UNAUTHENTICATED, 'access-denied'],
    [status.PERMISSION_DENIED, 'access-denied'],
    [status.RESOURCE_EXHAUSTED, 'server-unavailable'],
    [status.DEADLINE_EXCEEDED, 'timed-out'],
    [status.CANCELLED, 'model-failed'],
    [status.UNAVAILABLE, 'server-unavailable'],
    [status.DATA_LOSS, 'model-failed'],
    [99, 'model-failed'],
  ])('%i is %s', async (code, expected) => {
    const modelInfer: Unary = (_, answer) => answer({ code, details: 'its own words' });
    const error = await failureOf(connect(await fakeGrpcServer({ modelInfer })).infer(request, plainCall));
    expect(error).toMatchObject({ code: expected, serverMessage: 'its own words' });
  });

  it.each([
    [status.INVALID_ARGUMENT, 'request-rejected'],
    [status.NOT_FOUND, 'model-failed'],
    [status.INTERNAL, 'model-failed'],
  ])('%i whose words Node drops is %s, not to be tried again', async (code, expected) => {
    const server = await http2Server((stream) => {
      const trailers = { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': code };
      stream.respond({ ...trailers, 'grpc-message': 'it does not fit. ' }, { endStream: true });
    });
    const error = await failureOf(connect(server).infer(request, plainCall));
    expect(error).toMatchObject({ code: expected, isRetryable: false, status: status[code], serverMessage: '' });
    expect(error).toMatchObject({ hint: expect.stringMatching(/words did not arrive.*Over HTTP/) });
  });

  it('say that a request is too large, as the server limits it', async () => {
    const details = 'SERVER: Received message larger than max (20 vs. 10)';
    const modelInfer: Unary = (_, answer) => answer({ code: status.RESOURCE_EXHAUSTED, details });
    const error = await failureOf(connect(await fakeGrpcServer({ modelInfer })).infer(request, plainCall));
    expect(error).toMatchObject({ code: 'request-too-large' });
  });
});

describe('replies that break the protocol', () => {
  it('are responses or typed errors, in 2,000 mutations', async () => {
    const valid = reply(Float32Array.of(1, 2, 3, 4), { note: { string_param: 'text' }, count: { int64_param: 7 } });
    let next: Buffer = valid;
    const modelInfer: Unary = (_, answer) => answer(null, next);
    const transport = connect(await fakeGrpcServer({ modelInfer }));
    const random = seeded(20_261_121);
    const seen = { responses: 0, errors: 0 };
    for (let index = 0; index < 2_000; index++) {
      next = mutated(valid, random);
      try {
        await transport.infer(request, plainCall);
        seen.responses += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(TritonError);
        expect(error).toMatchObject({ code: 'response-invalid' });
        seen.errors += 1;
      }
    }
    expect(seen.responses).toBeGreaterThan(50);
    expect(seen.errors).toBeGreaterThan(500);
  });

  it('are typed errors in a stream and for a document', async () => {
    const modelStreamInfer = (call: Duplex) => {
      call.write(Buffer.from([0x12, 0x05, 0x01]));
      call.end();
    };
    const noise: Unary = (_, answer) => answer(null, Buffer.from([0x0a, 0xff, 0xff]));
    const transport = connect(await fakeGrpcServer({ modelStreamInfer, serverLive: noise, modelConfig: noise }));
    expect(await failureOf(collect(transport.stream(request, plainCall)))).toBeInstanceOf(ResponseInvalidError);
    expect(await failureOf(transport.live(plainCall))).toBeInstanceOf(ResponseInvalidError);
    expect(await failureOf(transport.modelConfig('any', undefined, plainCall))).toBeInstanceOf(ResponseInvalidError);
  });

  it('are typed errors where there is no message, or a second one', async () => {
    const frame = Buffer.concat([Buffer.from([0, 0, 0, 0, 2]), Buffer.from([0x08, 0x01])]);
    for (const frames of [[], [frame, frame]]) {
      const server = await http2Server((stream) => {
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
        stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
        stream.end(Buffer.concat(frames));
      });
      expect(await failureOf(connect(server).live(plainCall))).toBeInstanceOf(ResponseInvalidError);
    }
  });

  it('are typed errors where they claim to be compressed and are not', async () => {
    const server = await http2Server((stream) => {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-encoding': 'gzip' });
      stream.end(Buffer.from([1, 0, 0, 0, 3, 1, 2, 3]));
    });
    expect(await failureOf(connect(server).live(plainCall))).toBeInstanceOf(ResponseInvalidError);
  });
});

describe('a slow caller', () => {
  it('holds a fast server back', async () => {
    const one = streamed(reply(new Float32Array(16)));
    let written = 0;
    const modelStreamInfer = (call: Duplex) => {
      const big = streamed(reply(new Float32Array(2_000)));
      const more = () => {
        while (written < 20_000) {
          written += 1;
          if (!call.write(big)) {
            call.once('drain', more);
            return;
          }
        }
        call.write(streamed(reply(new Float32Array(0), final)));
        call.end();
      };
      call.write(one);
      more();
    };
    const transport = connect(await fakeGrpcServer({ modelStreamInfer }));
    const iterator = transport.stream(request, plainCall)[Symbol.asyncIterator]();
    await iterator.next();
    let before = -1;
    while (before !== written) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    // 160 MB were to come.
    expect(written).toBeLessThan(10_000);
    await iterator.return?.();
  });
});

async function http2Server(
  onStream: (stream: ServerHttp2Stream) => void,
): Promise<FakeServer & { readonly sockets: ReadonlySet<Socket> }> {
  const server = createHttp2Server();
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session.on('error', () => {})));
  server.on('stream', (stream) => onStream(stream.on('error', () => {})));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // An address of a listening TCP server is never text or null.
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    for (const session of sessions) session.destroy();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, close, sockets };
}
