import { afterEach, expect, it } from 'vitest';
import { plainCall } from './__fixtures__/calls.ts';
import { type FakeServer, fakeGrpcServer } from './__fixtures__/fake-server.ts';
import { reply } from './__fixtures__/replies.ts';
import { GrpcCalls } from './grpc-calls.ts';
import { encodeInferRequest } from './infer-request.ts';
import { installedRelease, messageOf } from './one-copy.ts';

let server: FakeServer;
let calls: GrpcCalls;
afterEach(async () => {
  calls.inFlight.close();
  await server.close();
});

it.each([10, 200_000, 3_000_000])('sends the same %i numbers whether its release is known or not', async (count) => {
  const received: Buffer[] = [];
  server = await fakeGrpcServer({
    modelInfer: (call: { request: Buffer }, answer: (error: null, bytes: Buffer) => void) => {
      received.push(call.request);
      answer(null, reply(new Float32Array(1)));
    },
  });
  calls = new GrpcCalls({ url: server.url });
  const data = Float32Array.from({ length: count }, (_, index) => index / 3);
  const inputs = { INPUT: { datatype: 'FP32', shape: [count], data } } as const;
  const bytes = encodeInferRequest({ model: 'm', inputs }, { note: 'two ways' });
  for (const release of [installedRelease(), 'unknown']) {
    await calls.unary('ModelInfer', messageOf(bytes, release), plainCall, calls.context('m'));
  }
  const [once, twice] = received;
  expect(once?.byteLength).toBe(bytes.byteLength);
  expect(once?.equals(twice ?? Buffer.alloc(0))).toBe(true);
  expect(once?.subarray(-data.byteLength).equals(Buffer.from(data.buffer))).toBe(true);
});
