import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { RequestTooLargeError, ResponseInvalidError, ResponseTooLargeError, type TritonError } from '../errors.ts';
import { call, floats, rejection } from './__fixtures__/calls.ts';
import { chunk, httpReply, inferReply, lastChunk, outputEvent, streamHead } from './__fixtures__/replies.ts';
import { withFakeServer } from './__fixtures__/with-fake-server.ts';

const pair = withFakeServer();

describe('an answer that breaks the protocol', () => {
  const invalid = async (reply: Buffer | string, end = false): Promise<string> => {
    await pair.serve(({ socket }) => (end ? socket.end(reply) : socket.write(reply)));
    const error = await rejection(pair.infer());
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
    await pair.serve(({ socket }) => socket.write(httpReply(200, headers, gzipSync(plain.subarray(start)))));
    const { data } = (await pair.infer()).outputs.OUTPUT ?? {};
    expect(data).toEqual(Float32Array.of(1, 2, 3, 4));
  });

  it('may come in chunks, after a hint of one', async () => {
    const plain = inferReply();
    const start = plain.indexOf('\r\n\r\n') + 4;
    const json = /inference-header-content-length: (\d+)/.exec(plain.toString('latin1'))?.[1] ?? '';
    await pair.serve(({ socket }) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </>\r\n\r\nHTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n');
      socket.write(`inference-header-content-length: ${json}\r\n\r\n`);
      for (const byte of plain.subarray(start)) socket.write(Buffer.from([0x31, 13, 10, byte, 13, 10]));
      socket.write('0\r\n\r\n');
    });
    const { data } = (await pair.infer()).outputs.OUTPUT ?? {};
    expect(data).toEqual(Float32Array.of(1, 2, 3, 4));
  });

  it.each([
    'inference-header-content-length: not known yet',
    'content-length: 5000000000',
    'link: </style.css>\r\ncontent-encoding: gzip',
  ])('may come after a hint, which is none of it: %s', async (header) => {
    await pair.serve(({ socket }) => {
      socket.write(`HTTP/1.1 103 Early Hints\r\n${header}\r\n\r\n`);
      socket.write('HTTP/1.1 102 Processing\r\n\r\n');
      setTimeout(() => socket.write(inferReply()), 20);
    });
    expect((await pair.infer()).outputs.OUTPUT?.data).toEqual(Float32Array.of(1, 2, 3, 4));
  });

  it('may be a stream after a hint', async () => {
    await pair.serveStream(({ socket }) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </style.css>\r\n\r\n');
      socket.write(streamHead + chunk(outputEvent(1)) + lastChunk);
    });
    const values: unknown[] = [];
    for await (const { outputs } of pair.transport.stream(floats(1), call)) values.push(outputs.OUTPUT?.data);
    expect(values).toEqual([Float32Array.of(1)]);
  });

  it('may have bytes behind it, which the next call does not read', async () => {
    await pair.serve(({ socket }) => socket.write(Buffer.concat([inferReply(), inferReply({ shape: [9] })])));
    for (let round = 0; round < 3; round++) expect((await pair.infer()).outputs.OUTPUT?.shape).toEqual([4]);
    expect(pair.fake.total).toBe(3);
  });
});

describe('limits', () => {
  it('are kept before anything is allocated: 5 GB announced', async () => {
    await pair.serve(({ socket }) => socket.write(inferReply({}, { 'content-length': '5000000000' })));
    const before = process.memoryUsage().arrayBuffers;
    const error = await pair.fault();
    expect(error).toBeInstanceOf(ResponseTooLargeError);
    expect(error.message).toContain('5000000000');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('are kept where no length is announced', async () => {
    await pair.serve(
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
    expect(await pair.fault()).toBeInstanceOf(ResponseTooLargeError);
  });

  it('are kept for what compressed bytes unpack to', async () => {
    const bomb = gzipSync(Buffer.alloc(4_000_000));
    await pair.serve(({ socket }) => socket.write(httpReply(200, { 'content-encoding': 'gzip' }, bomb)), {
      maxResponseBytes: 1_000_000,
    });
    expect(await rejection(pair.infer())).toBeInstanceOf(ResponseTooLargeError);
  });

  it('refuse a request above maxRequestBytes before it is sent', async () => {
    await pair.serve(({ socket }) => socket.write(inferReply()));
    const error = await rejection(pair.transport.infer(floats(17 * 1024 * 1024), call));
    expect(error).toBeInstanceOf(RequestTooLargeError);
    expect(pair.fake.total).toBe(0);
  });
});

describe('an error of a status', () => {
  it('keeps the connection for the next call', async () => {
    const replies = [
      httpReply(500, {}, '{"error":"out of luck"}'),
      httpReply(503, { 'retry-after': '2' }),
      inferReply(),
    ];
    await pair.serve(({ socket, number }) => socket.write(replies[number - 1] ?? ''), { connections: 1 });
    expect(await rejection(pair.infer())).toMatchObject({
      code: 'model-failed',
      status: 500,
      serverMessage: 'out of luck',
    });
    expect(await rejection(pair.infer())).toMatchObject({ code: 'server-unavailable', retryAfterMs: 2_000 });
    await pair.infer();
    expect(pair.fake.total).toBe(1);
  });

  it('is model-failed for an error under 200', async () => {
    await pair.serve(({ socket }) => socket.write(httpReply(200, {}, '{"error":"out of luck"}')));
    expect(await rejection(pair.infer())).toMatchObject({ code: 'model-failed', serverMessage: 'out of luck' });
  });

  it('is image-not-cached for those words under 200', async () => {
    await pair.serve(({ socket }) => socket.write(httpReply(200, {}, '{"error":"image-not-cached: 0a1b"}')));
    expect(await rejection(pair.infer())).toMatchObject({ code: 'image-not-cached', status: 200 });
  });

  it.each([
    ['an inference', () => pair.infer()],
    ['a document', () => pair.transport.modelMetadata('m', undefined, call)],
  ])('cuts 20 MB of words under 200 for %s', async (_, ask) => {
    const body = JSON.stringify({ error: `out of luck ${'x'.repeat(20_000_000)}` });
    await pair.serve(({ socket }) => socket.write(httpReply(200, {}, body)));
    const error = (await rejection(ask())) as TritonError;
    expect(error).toMatchObject({ code: 'model-failed', status: 200, message: expect.stringContaining('out of luck') });
    expect(error.message.length).toBeLessThan(500);
    expect(error.serverMessage?.length).toBe(2_000);
    expect(inspect(error, { depth: 10 }).length).toBeLessThan(20_000);
  });

  it('cuts the name of a field that does not fit', async () => {
    const body = JSON.stringify({ ['x'.repeat(1_000_000)]: { not: 'text' } });
    await pair.serve(({ socket }) => socket.write(httpReply(200, {}, body)));
    const error = (await rejection(pair.transport.traceSettings(undefined, undefined, call))) as TritonError;
    expect(error).toBeInstanceOf(ResponseInvalidError);
    expect(error.message.length).toBeLessThan(1_000);
  });

  it('cuts a page of a proxy', async () => {
    await pair.serve(({ socket }) => socket.write(httpReply(500, {}, `<html>${'x'.repeat(100_000)}`)));
    const error = (await rejection(pair.infer())) as TritonError;
    expect(error.message.length).toBeLessThan(500);
    expect(error.serverMessage?.length).toBe(2_000);
  });
});
