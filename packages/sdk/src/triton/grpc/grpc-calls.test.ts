import { inspect } from 'node:util';
import { type Metadata, type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import type { Transport } from '../transport.ts';
import { failureOf, plainCall } from './__fixtures__/calls.ts';
import { type FakeServer, fakeGrpcServer } from './__fixtures__/fake-server.ts';
import { createGrpcTransport } from './grpc-transport.ts';
import { encodeMessage } from './messages.ts';

type Unary = (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => void;

const opened: (FakeServer | Transport)[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

async function withLive(serverLive: Unary): Promise<Transport> {
  const server = await fakeGrpcServer({ serverLive });
  const transport = createGrpcTransport({ url: server.url });
  opened.push(server, transport);
  return transport;
}

describe('what goes along with a call', () => {
  it('is its headers and its deadline, and nothing of an HTTP call', async () => {
    let seen: Metadata | undefined;
    let deadline: Date | number = 0;
    const transport = await withLive((call, answer) => {
      seen = call.metadata;
      deadline = call.getDeadline();
      answer(null, encodeMessage('ServerLiveResponse', { live: true }));
    });
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const headers = { authorization: 'Bearer secret', traceparent, tracestate: 'a=b', 'key-bin': 'AQID' };
    const before = Date.now();
    expect(await transport.live({ timeoutMs: 5_000, headers })).toBe(true);
    expect(seen?.getMap()).toMatchObject({ ...headers, 'key-bin': Buffer.from([1, 2, 3]) });
    expect(seen?.get('grpc-encoding')).toEqual([]);
    expect(Number(deadline) - before).toBeGreaterThan(3_000);
    expect(Number(deadline) - before).toBeLessThan(7_000);
  });

  it('is refused where it cannot go, before anything is sent', async () => {
    let calls = 0;
    const transport = await withLive((_, answer) => {
      calls += 1;
      answer(null, Buffer.alloc(0));
    });
    const error = await failureOf(transport.live({ ...plainCall, headers: { 'grpc-timeout': '1S' } }));
    expect(error).toMatchObject({ code: 'invalid-input' });
    expect(calls).toBe(0);
  });

  it('never gets into an error', async () => {
    const transport = await withLive((_, answer) => answer({ code: status.INTERNAL, details: 'broken' }));
    const headers = { authorization: 'Bearer secret-of-mine' };
    const error = await failureOf(transport.live({ ...plainCall, headers }));
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('secret-of-mine');
  });
});

describe('health', () => {
  it('is no where the server says no in another way', async () => {
    const stopping = await withLive((_, answer) => answer({ code: status.UNAVAILABLE, details: 'Server not ready' }));
    expect(await stopping.live(plainCall)).toBe(false);
    const denied = await withLive((_, answer) => answer({ code: status.PERMISSION_DENIED, details: 'no' }));
    expect(await failureOf(denied.live(plainCall))).toMatchObject({ code: 'access-denied' });
  });
});
