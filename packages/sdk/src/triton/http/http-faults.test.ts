import { describe, expect, it } from 'vitest';
import { ConnectionLostError, RequestTooLargeError, ServerUnreachableError, TimedOutError } from '../errors.ts';
import { call, floats, rejection } from './__fixtures__/calls.ts';
import { httpReply, inferReply } from './__fixtures__/replies.ts';
import { withFakeServer } from './__fixtures__/with-fake-server.ts';
import { createHttpTransport } from './http-transport.ts';

const pair = withFakeServer();

describe('a connection that does not hold', () => {
  it('is server-unreachable where nobody listens', async () => {
    await pair.serve(() => {});
    await pair.fake.close();
    const error = await pair.fault();
    expect(error).toBeInstanceOf(ServerUnreachableError);
    expect(error).toMatchObject({ code: 'server-unreachable', isRetryable: true, server: pair.fake.url, model: 'm' });
    expect(error.message).toContain('ECONNREFUSED');
  });

  it('is server-unreachable where there is no such host', async () => {
    await pair.serve(() => {});
    const nowhere = createHttpTransport({ url: 'http://nowhere.invalid:8000' });
    expect(await rejection(nowhere.live(call))).toBeInstanceOf(ServerUnreachableError);
    await nowhere.close();
  });

  it('is connection-lost when it is closed during the upload', async () => {
    await pair.serve(
      () => {},
      {},
      (socket) => socket.destroy(),
    );
    const error = await pair.fault(pair.transport.infer(floats(3_000_000), call));
    expect(error).toBeInstanceOf(ConnectionLostError);
  });

  it('is connection-lost when it is closed before the answer', async () => {
    await pair.serve(({ socket }) => socket.end());
    expect(await pair.fault()).toBeInstanceOf(ConnectionLostError);
  });

  it('is connection-lost when it is reset before the answer', async () => {
    await pair.serve(({ socket }) => socket.resetAndDestroy());
    expect(await pair.fault()).toBeInstanceOf(ConnectionLostError);
  });

  it('is server-unreachable, and nothing ran, where the port speaks TLS', async () => {
    const alert = Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]);
    await pair.serve(({ socket }) => socket.end(alert));
    const error = await pair.fault();
    expect(error).toBeInstanceOf(ServerUnreachableError);
    expect(error.message).toContain('TLS is spoken there');
    expect(error.cause).toBeUndefined();
    expect(error.hint).toContain('https');
  });

  it('is asked whether it speaks TLS only where it never said anything', async () => {
    await pair.serve(({ socket, number }) => (number === 2 ? socket.write(inferReply()) : socket.end()), {
      connections: 1,
    });
    expect((await pair.fault()).hint).toContain('speak https?');
    await pair.infer();
    expect((await pair.fault()).hint).not.toContain('https');
  });

  it.each(['keep-alive', 'close'])('is connection-lost when it is closed in the answer (%s)', async (connection) => {
    await pair.serve(({ socket }) => socket.end(inferReply({}, { connection }).subarray(0, -5)));
    expect(await pair.fault()).toBeInstanceOf(ConnectionLostError);
  });

  it('is connection-lost when a chunked answer is cut', async () => {
    const head = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n';
    await pair.serve(({ socket }) => socket.end(`${head}5\r\n{"mod`));
    expect(await pair.fault()).toBeInstanceOf(ConnectionLostError);
  });

  it('is made anew where the server closed it while it was idle', async () => {
    await pair.serve(({ socket }) => socket.write(inferReply()));
    await pair.infer();
    const before = pair.fake.total;
    for (let round = 0; round < 5; round++) {
      await pair.infer();
      await closeIdle();
    }
    await pair.infer();
    expect(pair.fake.total).toBeGreaterThan(before);
    expect(pair.fake.requests).toBe(7);
  });

  /** The server ends its side, and the client has had a moment to read that. */
  async function closeIdle(): Promise<void> {
    pair.fake.closeIdle();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  it('is connection-lost, not unreachable, where the server closes it as the request arrives', async () => {
    await pair.serve(({ socket, number }) => (number === 1 ? socket.write(inferReply()) : socket.destroy()), {
      connections: 1,
    });
    await pair.infer();
    const error = await pair.fault();
    expect(error).toBeInstanceOf(ConnectionLostError);
    expect(pair.fake.requests).toBe(2);
  });
});

describe('a server that hangs', () => {
  it('is timed-out before the head', async () => {
    await pair.serve(() => {});
    expect(await pair.fault(pair.infer(50))).toBeInstanceOf(TimedOutError);
  });

  it('is timed-out in the body', async () => {
    await pair.serve(({ socket }) => socket.write(inferReply().subarray(0, -5)));
    expect(await pair.fault(pair.infer(50))).toBeInstanceOf(TimedOutError);
  });

  it('is timed-out while it does not read the upload', async () => {
    await pair.serve(
      () => {},
      {},
      (socket) => {
        socket.pause();
        // A socket that is not read does not learn of its end either.
        setTimeout(() => socket.resume(), 400);
      },
    );
    expect(await pair.fault(pair.transport.infer(floats(8_000_000), { ...call, timeoutMs: 200 }))).toBeInstanceOf(
      TimedOutError,
    );
  });

  it('is timed-out while all connections are taken, and the waiting request is never sent', async () => {
    await pair.serve(() => {}, { connections: 1 });
    const first = rejection(pair.infer(400));
    const second = await rejection(pair.infer(50));
    expect(second).toBeInstanceOf(TimedOutError);
    expect(await first).toBeInstanceOf(TimedOutError);
    await pair.fake.untilNoneOpen();
    expect(pair.fake.requests).toBe(1);
  });
});

describe('the time of a call', () => {
  it.each([2 ** 31, Number.MAX_SAFE_INTEGER, Number.NaN])('is without end at %d ms', async (timeoutMs) => {
    await pair.serve(({ socket }) => setTimeout(() => socket.write(inferReply()), 50));
    await pair.infer(timeoutMs);
  });

  it('is told in whole milliseconds', async () => {
    await pair.serve(() => {}, { connections: 1 });
    const sent = rejection(pair.infer(99.97417099999996));
    const waiting = await pair.fault(pair.infer(49.6));
    expect(waiting.message).toContain('within 50 ms: the request was not sent');
    expect(waiting.mayHaveRun).toBe(false);
    expect(await sent).toMatchObject({ mayHaveRun: true });
    expect(String(await sent)).toContain('did not answer within 100 ms.');
  });
});

it('takes an answer that comes during the upload for the answer', async () => {
  await pair.serve(
    () => {},
    {},
    (socket) => {
      socket.write(httpReply(413, { connection: 'close' }, '<html>Request Entity Too Large</html>'));
      setTimeout(() => socket.end(), 50);
    },
  );
  expect(await pair.fault(pair.transport.infer(floats(8_000_000), call))).toBeInstanceOf(RequestTooLargeError);
});
