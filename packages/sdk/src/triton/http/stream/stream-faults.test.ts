import { describe, expect, it } from 'vitest';
import {
  ConnectionLostError,
  GrpcRequiredError,
  ModelFailedError,
  ResponseInvalidError,
  ResponseTooLargeError,
  TimedOutError,
} from '../../errors.ts';
import type { InferResponse } from '../../wire/index.ts';
import { call, floats } from '../__fixtures__/calls.ts';
import { chunk, event, httpReply, lastChunk, outputEvent, streamHead } from '../__fixtures__/replies.ts';
import { withFakeServer } from '../__fixtures__/with-fake-server.ts';

const pair = withFakeServer();
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const outputOf = (response: InferResponse): unknown => response.outputs.OUTPUT?.data[0];

/** What was read, and the error that it ended with. */
async function read(timeoutMs = 10_000): Promise<{ values: unknown[]; error: unknown }> {
  const values: unknown[] = [];
  try {
    for await (const response of pair.transport.stream(floats(1), { ...call, timeoutMs }))
      values.push(outputOf(response));
    return { values, error: undefined };
  } catch (error) {
    return { values, error };
  }
}

describe('a stream that breaks', () => {
  it('is connection-lost when the socket closes between events', async () => {
    await pair.serveStream(({ socket }) => socket.end(streamHead + chunk(outputEvent(1)) + chunk(outputEvent(2))));
    const { values, error } = await read();
    expect(values).toEqual([1, 2]);
    expect(error).toBeInstanceOf(ConnectionLostError);
  });

  it('is connection-lost when the socket is reset', async () => {
    await pair.serveStream(({ socket }) => {
      socket.write(streamHead + chunk(outputEvent(1)));
      setTimeout(() => socket.resetAndDestroy(), 20);
    });
    const { values, error } = await read();
    expect(values).toEqual([1]);
    expect(error).toBeInstanceOf(ConnectionLostError);
  });

  it.each([
    'data: {"model_name":"m"',
    'data: {"model_name":"m","OUTPUT":2}',
    'data: {"model_name":"m","OUTPUT":2}\n',
    'data: x\r\n',
    'da',
  ])('is connection-lost when it ends properly in the middle of an event: %j', async (part) => {
    await pair.serveStream(({ socket }) => socket.write(streamHead + chunk(outputEvent(1)) + chunk(part) + lastChunk));
    const { values, error } = await read();
    expect(values).toEqual([1]);
    expect(error).toBeInstanceOf(ConnectionLostError);
  });

  it('is timed-out between events, counted from the last one', async () => {
    await pair.serveStream(async ({ socket }) => {
      socket.write(streamHead);
      for (const value of [1, 2, 3]) {
        await sleep(60);
        socket.write(chunk(outputEvent(value)));
      }
    });
    const { values, error } = await read(120);
    expect(values).toEqual([1, 2, 3]);
    expect(error).toBeInstanceOf(TimedOutError);
    await pair.expectStreamGone();
  });

  it('is timed-out before the head', async () => {
    await pair.serveStream(() => {});
    expect((await read(60)).error).toBeInstanceOf(TimedOutError);
    await pair.expectStreamGone();
  });
});

describe('an event that is none', () => {
  const after = async (text: string): Promise<unknown> => {
    await pair.serveStream(({ socket }) => socket.write(streamHead + chunk(outputEvent(1)) + chunk(text) + lastChunk));
    const { values, error } = await read();
    expect(values).toEqual([1]);
    return error;
  };

  it('is model-failed where it carries an error', async () => {
    expect(await after(event({ error: 'third time unlucky' }))).toMatchObject({
      code: 'model-failed',
      model: 'm',
      serverMessage: 'third time unlucky',
    });
  });
  it('is image-not-cached where the error says so', async () => {
    expect(await after(event({ error: 'image-not-cached: abc' }))).toMatchObject({ code: 'image-not-cached' });
  });
  it.each(['data: {"model_name"\n\n', 'data: 7\n\n', 'data: {"OUTPUT":1}\n\n', 'date: {}\n\n'])(
    'is response-invalid: %j',
    async (text) => {
      expect(await after(text)).toBeInstanceOf(ResponseInvalidError);
    },
  );
  it.each([['"x"'], ['{}'], ['1e999']])('is response-invalid with the output %s', async (value) => {
    const error = await after(`data: {"model_name":"m","OUTPUT":${value},"COUNT":${value}}\n\n`);
    expect(error).toBeInstanceOf(ResponseInvalidError);
  });
  it('is grpc-required where it holds bytes that are no text', async () => {
    await pair.serveStream(({ socket }) => {
      socket.write(streamHead);
      socket.write(Buffer.from('7\r\ndata: \x89\r\n', 'latin1'));
    });
    expect((await read()).error).toBeInstanceOf(GrpcRequiredError);
  });
});

describe('an answer that is no stream', () => {
  it.each([
    [400, '{"error":"Request for unknown model: \'m\' is not found"}', 'model-not-found'],
    [400, 'data: {"error":"failed at once"}\n\n', 'model-failed'],
    [200, '{"error":"failed at once"}', 'model-failed'],
    [200, '{"model_name":"m"}', 'response-invalid'],
    [503, '', 'server-unavailable'],
    [200, '<html>', 'response-invalid'],
  ])('is an error: %i %s', async (status, body, code) => {
    await pair.serveStream(({ socket }) =>
      socket.write(httpReply(status, { 'content-type': 'application/json' }, body)),
    );
    expect((await read()).error).toMatchObject({ code });
  });

  it('is response-invalid where a proxy compressed it', async () => {
    const head = streamHead.replace('\r\n\r\n', '\r\ncontent-encoding: gzip\r\n\r\n');
    await pair.serveStream(({ socket }) => socket.write(head));
    expect((await read()).error).toBeInstanceOf(ResponseInvalidError);
  });
});

it('takes events in pieces, with all line ends and comments', async () => {
  const text = `: hello\n\n${outputEvent(1)}${outputEvent(2).replaceAll('\n', '\r\n')}: ping\r\n\r\ndata: {"model_name":"m",\ndata: "OUTPUT": 3, "note": "é"}\n\n`;
  await pair.serveStream(async ({ socket }) => {
    socket.write(streamHead);
    for (const byte of Buffer.from(text)) socket.write(Buffer.from([0x31, 13, 10, byte, 13, 10]));
    socket.write(lastChunk);
  });
  const responses: InferResponse[] = [];
  for await (const response of pair.transport.stream(floats(1), call)) responses.push(response);
  expect(responses.map(outputOf)).toEqual([1, 2, 3]);
  expect(responses[2]?.parameters).toEqual({ note: 'é' });
});

it('refuses an event longer than maxResponseBytes', async () => {
  await pair.serveStream(
    ({ socket }) => {
      socket.write(`${streamHead}${chunk('data: ')}`);
      const more = () => {
        while (socket.writable && socket.write(chunk('x'.repeat(65_536))));
        socket.once('drain', more);
      };
      more();
    },
    { maxResponseBytes: 300_000 },
  );
  expect((await read()).error).toBeInstanceOf(ResponseTooLargeError);
  await pair.expectStreamGone();
});

it('is model-failed in the third event', async () => {
  await pair.serveStream(({ socket }) => {
    socket.write(
      streamHead + chunk(outputEvent(1)) + chunk(outputEvent(2)) + chunk(event({ error: 'no' })) + lastChunk,
    );
  });
  const { values, error } = await read();
  expect(values).toEqual([1, 2]);
  expect(error).toBeInstanceOf(ModelFailedError);
});
