import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import {
  ConnectionLostError,
  RequestTooLargeError,
  ResponseInvalidError,
  ResponseTooLargeError,
  ServerUnreachableError,
  TimedOutError,
  TritonError,
} from '../errors.ts';
import type { Transport, TransportOptions } from '../transport.ts';
import { call, floats, rejection } from './__fixtures__/calls.ts';
import { type FakeRequest, type FakeServer, startFakeServer } from './__fixtures__/fake-server.ts';
import { httpReply, inferReply } from './__fixtures__/replies.ts';
import { createHttpTransport } from './http-transport.ts';

let fake: FakeServer;
let transport: Transport;

async function serve(
  answer: (request: FakeRequest) => void,
  options: Partial<TransportOptions> = {},
  onHead?: Parameters<typeof startFakeServer>[1],
): Promise<void> {
  fake = await startFakeServer(answer, onHead);
  transport = createHttpTransport({ ...options, url: fake.url });
}

afterEach(async () => {
  await transport.close();
  await fake.untilNoneOpen();
  await fake.close();
});

const infer = (timeoutMs = 10_000) => transport.infer(floats(4), { ...call, timeoutMs });

/** The error of a call that must not leave its socket open. */
async function fault(promise: Promise<unknown> = infer()): Promise<TritonError> {
  const error = await rejection(promise);
  expect(error).toBeInstanceOf(TritonError);
  await fake.untilNoneOpen();
  return error as TritonError;
}

describe('a connection that does not hold', () => {
  it('is server-unreachable where nobody listens', async () => {
    await serve(() => {});
    await fake.close();
    const error = await fault();
    expect(error).toBeInstanceOf(ServerUnreachableError);
    expect(error).toMatchObject({ code: 'server-unreachable', isRetryable: true, server: fake.url, model: 'm' });
    expect(error.message).toContain('ECONNREFUSED');
  });

  it('is server-unreachable where there is no such host', async () => {
    await serve(() => {});
    const nowhere = createHttpTransport({ url: 'http://nowhere.invalid:8000' });
    expect(await rejection(nowhere.live(call))).toBeInstanceOf(ServerUnreachableError);
    await nowhere.close();
  });

  it('is connection-lost when it is closed during the upload', async () => {
    await serve(
      () => {},
      {},
      (socket) => socket.destroy(),
    );
    const error = await fault(transport.infer(floats(3_000_000), call));
    expect(error).toBeInstanceOf(ConnectionLostError);
  });

  it('is connection-lost when it is closed before the answer', async () => {
    await serve(({ socket }) => socket.end());
    expect(await fault()).toBeInstanceOf(ConnectionLostError);
  });

  it('is connection-lost when it is reset before the answer', async () => {
    await serve(({ socket }) => socket.resetAndDestroy());
    expect(await fault()).toBeInstanceOf(ConnectionLostError);
  });

  it.each(['keep-alive', 'close'])('is connection-lost when it is closed in the answer (%s)', async (connection) => {
    await serve(({ socket }) => socket.end(inferReply({}, { connection }).subarray(0, -5)));
    expect(await fault()).toBeInstanceOf(ConnectionLostError);
  });

  it('is connection-lost when a chunked answer is cut', async () => {
    const head = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n';
    await serve(({ socket }) => socket.end(`${head}5\r\n{"mod`));
    expect(await fault()).toBeInstanceOf(ConnectionLostError);
  });

  it('is made anew where the server closed it while it was idle', async () => {
    await serve(({ socket }) => socket.write(inferReply()));
    await infer();
    const before = fake.total;
    for (let round = 0; round < 5; round++) {
      await infer();
      await closeIdle();
    }
    await infer();
    expect(fake.total).toBeGreaterThan(before);
    expect(fake.requests).toBe(7);
  });

  /** The server ends its side, and the client has had a moment to read that. */
  async function closeIdle(): Promise<void> {
    fake.closeIdle();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  it('is connection-lost, not unreachable, where the server closes it as the request arrives', async () => {
    await serve(({ socket, number }) => (number === 1 ? socket.write(inferReply()) : socket.destroy()), {
      connections: 1,
    });
    await infer();
    const error = await fault();
    expect(error).toBeInstanceOf(ConnectionLostError);
    expect(fake.requests).toBe(2);
  });
});

describe('a server that hangs', () => {
  it('is timed-out before the head', async () => {
    await serve(() => {});
    expect(await fault(infer(50))).toBeInstanceOf(TimedOutError);
  });

  it('is timed-out in the body', async () => {
    await serve(({ socket }) => socket.write(inferReply().subarray(0, -5)));
    expect(await fault(infer(50))).toBeInstanceOf(TimedOutError);
  });

  it('is timed-out while it does not read the upload', async () => {
    await serve(
      () => {},
      {},
      (socket) => {
        socket.pause();
        // A socket that is not read does not learn of its end either.
        setTimeout(() => socket.resume(), 400);
      },
    );
    expect(await fault(transport.infer(floats(8_000_000), { ...call, timeoutMs: 200 }))).toBeInstanceOf(TimedOutError);
  });

  it('is timed-out while all connections are taken, and the waiting request is never sent', async () => {
    await serve(() => {}, { connections: 1 });
    const first = rejection(infer(400));
    const second = await rejection(infer(50));
    expect(second).toBeInstanceOf(TimedOutError);
    expect(await first).toBeInstanceOf(TimedOutError);
    await fake.untilNoneOpen();
    expect(fake.requests).toBe(1);
  });
});

describe('an answer that breaks the protocol', () => {
  const invalid = async (reply: Buffer | string, end = false): Promise<string> => {
    await serve(({ socket }) => (end ? socket.end(reply) : socket.write(reply)));
    const error = await rejection(infer());
    expect(error).toBeInstanceOf(ResponseInvalidError);
    return (error as TritonError).message;
  };

  it('says of a wrong JSON length that it is wrong', async () => {
    expect(await invalid(inferReply({}, { 'inference-header-content-length': '20' }))).toMatch(/JSON/);
  });
  it('takes a JSON length beyond the body for an error at once', async () => {
    expect(await invalid(inferReply({}, { 'inference-header-content-length': '99999' }))).toMatch(/99999 bytes/);
  });
  it.each(['-5', 'x', '1e3', '12, 12'])('takes the JSON length %s for none', async (length) => {
    expect(await invalid(inferReply({}, { 'inference-header-content-length': length }))).toMatch(/no length/);
  });
  it('finds a body too short for its tensors', async () => {
    expect(await invalid(inferReply({}, {}, new Uint8Array(12)))).toMatch(/OUTPUT/);
  });
  it('finds bytes after the last tensor', async () => {
    expect(await invalid(inferReply({}, {}, new Uint8Array(20)))).toMatch(/KServe/);
  });
  it('finds a datatype that is none', async () => {
    expect(await invalid(inferReply({ datatype: 'FP31' }))).toMatch(/OUTPUT/);
  });
  it('finds a shape that does not fit the bytes', async () => {
    expect(await invalid(inferReply({ shape: [5] }))).toMatch(/OUTPUT/);
  });
  it.each([[[-4]], [[1e30]], [[2 ** 31, 2 ** 31]], [['4']], [null]])('finds the impossible shape %j', async (shape) => {
    expect(await invalid(inferReply({ shape }))).toMatch(/OUTPUT/);
  });
  it('finds what is no JSON', async () => {
    expect(await invalid(httpReply(200, {}, '<html>'))).toMatch(/JSON/);
  });
  it('finds what is no HTTP', async () => {
    expect(await invalid('SSH-2.0-OpenSSH_9.6\r\n\r\n', true)).toMatch(/HTTP\/1\.1/);
  });
  it('does not follow a redirect with the token', async () => {
    expect(await invalid(httpReply(302, { location: 'http://elsewhere/' }))).toMatch(/302/);
  });
  it('refuses an unknown compression', async () => {
    expect(await invalid(inferReply({}, { 'content-encoding': 'secret' }))).toMatch(/compressed/);
  });
  it('refuses bytes that do not unpack', async () => {
    expect(await invalid(inferReply({}, { 'content-encoding': 'gzip' }))).toMatch(/unpacked/);
  });
});

describe('an answer of unusual form', () => {
  it('may be compressed', async () => {
    const plain = inferReply();
    const start = plain.indexOf('\r\n\r\n') + 4;
    const json = /inference-header-content-length: (\d+)/.exec(plain.toString('latin1'))?.[1] ?? '';
    const headers = { 'content-encoding': 'gzip', 'inference-header-content-length': json };
    await serve(({ socket }) => socket.write(httpReply(200, headers, gzipSync(plain.subarray(start)))));
    const { data } = (await infer()).outputs.OUTPUT ?? {};
    expect(data).toEqual(Float32Array.of(1, 2, 3, 4));
  });

  it('may come in chunks, after a hint of one', async () => {
    const plain = inferReply();
    const start = plain.indexOf('\r\n\r\n') + 4;
    const json = /inference-header-content-length: (\d+)/.exec(plain.toString('latin1'))?.[1] ?? '';
    await serve(({ socket }) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </>\r\n\r\nHTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n');
      socket.write(`inference-header-content-length: ${json}\r\n\r\n`);
      for (const byte of plain.subarray(start)) socket.write(Buffer.from([0x31, 13, 10, byte, 13, 10]));
      socket.write('0\r\n\r\n');
    });
    const { data } = (await infer()).outputs.OUTPUT ?? {};
    expect(data).toEqual(Float32Array.of(1, 2, 3, 4));
  });

  it('may have bytes behind it, which the next call does not read', async () => {
    await serve(({ socket }) => socket.write(Buffer.concat([inferReply(), inferReply({ shape: [9] })])));
    for (let round = 0; round < 3; round++) expect((await infer()).outputs.OUTPUT?.shape).toEqual([4]);
    expect(fake.total).toBe(3);
  });
});

describe('limits', () => {
  it('are kept before anything is allocated: 5 GB announced', async () => {
    await serve(({ socket }) => socket.write(inferReply({}, { 'content-length': '5000000000' })));
    const before = process.memoryUsage().arrayBuffers;
    const error = await fault();
    expect(error).toBeInstanceOf(ResponseTooLargeError);
    expect(error.message).toContain('5000000000');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('are kept where no length is announced', async () => {
    await serve(
      ({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
        const more = () => {
          while (socket.writable && socket.write(`10000\r\n${'x'.repeat(65_536)}\r\n`));
          socket.once('drain', more);
        };
        more();
      },
      { maxResponseBytes: 1_000_000 },
    );
    expect(await fault()).toBeInstanceOf(ResponseTooLargeError);
  });

  it('are kept for what compressed bytes unpack to', async () => {
    const bomb = gzipSync(Buffer.alloc(4_000_000));
    await serve(({ socket }) => socket.write(httpReply(200, { 'content-encoding': 'gzip' }, bomb)), {
      maxResponseBytes: 1_000_000,
    });
    expect(await rejection(infer())).toBeInstanceOf(ResponseTooLargeError);
  });

  it('refuse a request above maxRequestBytes before it is sent', async () => {
    await serve(({ socket }) => socket.write(inferReply()));
    const error = await rejection(transport.infer(floats(17 * 1024 * 1024), call));
    expect(error).toBeInstanceOf(RequestTooLargeError);
    expect(fake.total).toBe(0);
  });
});

describe('an error of a status', () => {
  it('keeps the connection for the next call', async () => {
    const replies = [
      httpReply(500, {}, '{"error":"out of luck"}'),
      httpReply(503, { 'retry-after': '2' }),
      inferReply(),
    ];
    await serve(({ socket, number }) => socket.write(replies[number - 1] ?? ''), { connections: 1 });
    expect(await rejection(infer())).toMatchObject({ code: 'model-failed', status: 500, serverMessage: 'out of luck' });
    expect(await rejection(infer())).toMatchObject({ code: 'server-unavailable', retryAfterMs: 2_000 });
    await infer();
    expect(fake.total).toBe(1);
  });

  it('is model-failed for an error under 200', async () => {
    await serve(({ socket }) => socket.write(httpReply(200, {}, '{"error":"out of luck"}')));
    expect(await rejection(infer())).toMatchObject({ code: 'model-failed', serverMessage: 'out of luck' });
  });

  it('cuts a page of a proxy', async () => {
    await serve(({ socket }) => socket.write(httpReply(500, {}, `<html>${'x'.repeat(100_000)}`)));
    const error = (await rejection(infer())) as TritonError;
    expect(error.message.length).toBeLessThan(500);
    expect(error.serverMessage?.length).toBe(2_000);
  });
});

it('takes an answer that comes during the upload for the answer', async () => {
  await serve(
    () => {},
    {},
    (socket) => {
      socket.write(httpReply(413, { connection: 'close' }, '<html>Request Entity Too Large</html>'));
      setTimeout(() => socket.end(), 50);
    },
  );
  expect(await fault(transport.infer(floats(8_000_000), call))).toBeInstanceOf(RequestTooLargeError);
});

it('is invalid-input, without its value, for a header that cannot be sent', async () => {
  await serve(() => {});
  const error = await fault(transport.infer(floats(4), { ...call, headers: { authorization: 'hunter2\n' } }));
  expect(error).toMatchObject({ code: 'invalid-input', message: expect.stringContaining('authorization') });
  expect(JSON.stringify(error) + String(error.cause)).not.toContain('hunter2');
});

it.each([{ connections: 0 }, { connections: 1.5 }, { maxRequestBytes: -1 }, { maxResponseBytes: Number.NaN }])(
  'is invalid-input for the options %j',
  async (options) => {
    await serve(() => {});
    expect(() => createHttpTransport({ url: fake.url, ...options })).toThrow(/is not a whole number above 0/);
  },
);

it('asks for no compression and says both lengths', async () => {
  let seen: FakeRequest | undefined;
  await serve((request) => {
    seen = request;
    request.socket.write(inferReply());
  });
  await transport.infer(floats(40_000), { ...call, headers: { authorization: 'Bearer t', traceparent: 'x' } });
  expect(seen?.line).toBe('POST /v2/models/m/infer');
  expect(seen?.headers).not.toHaveProperty('accept-encoding');
  expect(seen?.headers).not.toHaveProperty('transfer-encoding');
  expect(seen?.headers).toMatchObject({ authorization: 'Bearer t', traceparent: 'x', connection: 'keep-alive' });
  const json = seen?.body.subarray(0, Number(seen.headers['inference-header-content-length'])).toString();
  expect(JSON.parse(json ?? '')).toMatchObject({
    inputs: [{ name: 'INPUT', parameters: { binary_data_size: 160_000 } }],
  });
});

it('puts the path of the url in front', async () => {
  let line = '';
  fake = await startFakeServer((request) => {
    line = request.line;
    request.socket.write(httpReply(200, {}));
  });
  transport = createHttpTransport({ url: `${fake.url}/triton/` });
  expect(await transport.modelReady('a b', '3', call)).toBe(true);
  expect(line).toBe('GET /triton/v2/models/a%20b/versions/3/ready');
  expect(transport.server).toBe(`${fake.url}/triton`);
});
