import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { AccessDeniedError, ServerUnreachableError } from '../errors.ts';
import { TritonClient } from './client.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function portOf(server: ReturnType<typeof createTcpServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${await portOf(server)}`;
}

/** Accepts connections and says nothing, as a port behind a firewall may. */
async function silent(): Promise<string> {
  const server = createTcpServer((socket) => open.push(() => socket.destroy()));
  open.push(() => server.close());
  return `http://127.0.0.1:${await portOf(server)}`;
}

describe('options', () => {
  it.each([
    [{ timeoutMs: Number.NaN }, /timeoutMs is NaN/],
    [{ timeoutMs: 0 }, /timeoutMs is 0/],
    [{ timeoutMs: '5' }, /timeoutMs is 5/],
    [{ transport: 'quic' }, /transport is "quic"/],
    [{ token: 5 }, /token is of type number/],
    [{ headers: 'a: b' }, /headers is no plain object/],
    [{ connections: 0 }, /connections is 0/],
    [{ maxResponseBytes: 1.5 }, /maxResponseBytes is 1.5/],
    [{ retry: { attempts: 0 } }, /retry.attempts is 0/],
  ])('refuses %j', (wrong, message) => {
    // What programs without types give.
    const options = { url: 'http://127.0.0.1:1', ...wrong } as unknown as ConstructorParameters<typeof TritonClient>[0];
    expect(() => new TritonClient(options)).toThrow(message);
  });

  it('refuses none at all', () => {
    // @ts-expect-error: what programs without types do.
    expect(() => new TritonClient()).toThrow(/A client needs options/);
  });

  it('are checked for each call, before anything is sent', async () => {
    await using client = new TritonClient({ url: 'http://127.0.0.1:1' });
    await expect(client.live({ timeoutMs: Number.NaN })).rejects.toMatchObject({ code: 'invalid-input' });
    const streaming = client.stream({ model: 'm', inputs: {} }, { timeoutMs: -1 });
    await expect(streaming.next()).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('reading a model’s configuration', () => {
  it('goes along with the call: its headers, trace and time', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const seen: unknown[] = [];
    const url = await serving(({ headers }) => seen.push([headers.authorization, headers.traceparent]));
    await using client = new TritonClient({ url, timeoutMs: 30_000 });
    const call = { timeoutMs: 200, headers: { authorization: 'Bearer a' }, trace: { traceparent } };
    const began = performance.now();
    await expect(client.model('m').infer({}, call)).rejects.toMatchObject({ code: 'timed-out' });
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(seen).toEqual([['Bearer a', traceparent]]);
  });

  it('follows a model that was changed by somebody else', async () => {
    let input = 'A';
    const url = await serving((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const config = { name: 'm', input: [{ name: input, data_type: 'TYPE_INT32', dims: [1] }] };
      const reply = { model_name: 'm', model_version: '1', outputs: [] };
      response.end(JSON.stringify(request.url?.endsWith('/config') ? config : reply));
    });
    await using client = new TritonClient({ url });
    await client.model('m').infer({ A: 1 });
    input = 'B';
    expect(await client.model('m').infer({ B: 1 })).toEqual({});
  });

  it('is read again after the server has refused what fits it', async () => {
    const reads: string[] = [];
    const url = await serving((request, response) => {
      reads.push(request.url ?? '');
      const isConfig = request.url?.endsWith('/config');
      response.writeHead(isConfig ? 200 : 400, { 'content-type': 'application/json' });
      const config = { name: 'm', input: [{ name: 'A', data_type: 'TYPE_INT32', dims: [1] }] };
      response.end(JSON.stringify(isConfig ? config : { error: 'unexpected shape' }));
    });
    await using client = new TritonClient({ url });
    for (const times of [1, 2]) {
      await expect(client.model('m').infer({ A: 1 })).rejects.toMatchObject({ code: 'request-rejected' });
      expect(reads.filter((path) => path.endsWith('/config'))).toHaveLength(times);
    }
  });
});

describe('words of a server that repeat what they should not', () => {
  it('lose the values of headers, wherever they stand', async () => {
    const url = await serving(({ headers }, response) => {
      response.writeHead(403);
      response.end(JSON.stringify({ error: `denied for ${headers.authorization}, key ${headers['x-key']}` }));
    });
    await using client = new TritonClient({ url, token: 'sesame-opens', headers: { 'X-Key': 'swordfish' } });
    const error = await client.infer({ model: 'm', inputs: {} }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AccessDeniedError);
    if (!(error instanceof AccessDeniedError)) return;
    expect(error.message).toContain('denied for');
    const everything = [
      error.message,
      error.stack,
      error.serverMessage,
      JSON.stringify(error),
      String(error.cause),
    ].join();
    expect(everything).not.toMatch(/sesame|swordfish/);
  });
});

describe('a stream where gRPC is silent', () => {
  it('goes over HTTP after a short question, and the next one at once', async () => {
    let streams = 0;
    const url = await serving((request, response) => {
      if (request.url?.endsWith('/generate_stream')) {
        streams += 1;
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end('data: {"model_name":"m","model_version":"1","TEXT":"hi"}\n\n');
        return;
      }
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ name: 'm', outputs: [{ name: 'TEXT', datatype: 'BYTES', shape: [1] }] }));
    });
    await using client = new TritonClient({ url, grpcUrl: await silent(), timeoutMs: 60_000 });
    const read = async () => {
      for await (const { outputs } of client.stream({ model: 'm', inputs: {} })) expect(outputs.TEXT).toBeDefined();
    };
    const began = performance.now();
    await Promise.all([read(), read()]);
    expect(performance.now() - began).toBeLessThan(20_000);
    const again = performance.now();
    await read();
    expect(performance.now() - again).toBeLessThan(1_500);
    expect(streams).toBe(3);
  });

  it('is server-unreachable where HTTP does not answer either', async () => {
    await using client = new TritonClient({
      url: 'http://127.0.0.1:1',
      grpcUrl: await silent(),
      retry: { attempts: 1 },
    });
    await expect(client.stream({ model: 'm', inputs: {} }).next()).rejects.toBeInstanceOf(ServerUnreachableError);
  });
});

describe('a token that does not come', () => {
  const token = () => new Promise<string>(() => {});

  it('takes no more than the time of the call', async () => {
    await using client = new TritonClient({ url: 'http://127.0.0.1:1', token });
    await expect(client.live({ timeoutMs: 50 })).rejects.toMatchObject({ code: 'timed-out' });
    await expect(client.stream({ model: 'm', inputs: {} }, { timeoutMs: 50 }).next()).rejects.toMatchObject({
      code: 'timed-out',
    });
  });

  it('does not hold up an abort, nor closing', async () => {
    const client = new TritonClient({ url: ['http://127.0.0.1:1', 'http://127.0.0.1:2'], token, healthCheckMs: 10 });
    const reason = new Error('enough');
    const controller = new AbortController();
    const living = client.live({ signal: controller.signal });
    setTimeout(() => controller.abort(reason), 100);
    await expect(living).rejects.toBe(reason);
    await client.close();
  });
});

describe('the time of a call', () => {
  it('is that of all its tries together', async () => {
    let tries = 0;
    const url = await serving((_request, response) => {
      tries += 1;
      setTimeout(() => {
        response.writeHead(503);
        response.end('{"error":"busy"}');
      }, 150);
    });
    await using client = new TritonClient({ url, retry: { attempts: 50, baseDelayMs: 1, maxDelayMs: 1 } });
    const began = performance.now();
    await expect(client.serverMetadata({ timeoutMs: 400 })).rejects.toMatchObject({
      code: expect.stringMatching(/timed-out|server-unavailable/),
    });
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(tries).toBeGreaterThan(1);
    expect(tries).toBeLessThan(5);
  });
});

describe('what only reads', () => {
  it('is tried again when the connection breaks; what may change something is not', async () => {
    const seen: string[] = [];
    const url = await serving((request) => {
      seen.push(request.url ?? '');
      request.socket.destroy();
    });
    await using client = new TritonClient({ url, retry: { attempts: 3, baseDelayMs: 1 } });
    await expect(client.modelConfig('m')).rejects.toMatchObject({ code: 'connection-lost' });
    expect(seen).toHaveLength(3);
    await expect(client.infer({ model: 'm', inputs: {} })).rejects.toMatchObject({ code: 'connection-lost' });
    await expect(client.load('m')).rejects.toMatchObject({ code: 'connection-lost' });
    expect(seen).toHaveLength(5);
  });
});

describe('a stream that is left', () => {
  it('ends at once, also while it waits for the next value', async () => {
    let isGone = false;
    const url = await serving((request, response) => {
      if (!request.url?.endsWith('/generate_stream')) {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({ name: 'm', input: [], outputs: [{ name: 'TEXT', datatype: 'BYTES', shape: [1] }] }),
        );
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"model_name":"m","model_version":"1","TEXT":"hi"}\n\n');
      request.socket.once('close', () => {
        isGone = true;
      });
    });
    await using client = new TritonClient({ url, grpcUrl: false, timeoutMs: 60_000 });
    for (const stream of [client.stream({ model: 'm', inputs: {} }), client.model('m').stream({})]) {
      isGone = false;
      await stream[Symbol.asyncIterator]().next();
      const pending = stream[Symbol.asyncIterator]().next();
      const began = performance.now();
      await stream[Symbol.asyncIterator]().return?.();
      expect(performance.now() - began).toBeLessThan(5_000);
      expect(await pending).toEqual({ done: true, value: undefined });
      await expect.poll(() => isGone).toBe(true);
    }
  });
});

describe('statistics', () => {
  it('of a server that has run for months are numbers like others', async () => {
    const url = await serving((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        '{"model_stats":[{"name":"m","version":"1","inference_stats":{"success":{"count":3,"ns":91000000000000000}}}]}',
      );
    });
    await using client = new TritonClient({ url });
    expect((await client.statistics())[0].inference_stats.success.ns).toBe(91e15);
  });
});
