import { expect, it } from 'vitest';
import { call, floats } from './__fixtures__/calls.ts';
import type { FakeRequest } from './__fixtures__/fake-server.ts';
import { httpReply, inferReply } from './__fixtures__/replies.ts';
import { withFakeServer } from './__fixtures__/with-fake-server.ts';
import { createHttpTransport } from './http-transport.ts';

const pair = withFakeServer();

it('is invalid-input, without its value, for a header that cannot be sent', async () => {
  await pair.serve(() => {});
  const error = await pair.fault(pair.transport.infer(floats(4), { ...call, headers: { authorization: 'hunter2\n' } }));
  expect(error).toMatchObject({ code: 'invalid-input', message: expect.stringContaining('authorization') });
  expect(JSON.stringify(error) + String(error.cause)).not.toContain('hunter2');
});

it.each([{ connections: 0 }, { connections: 1.5 }, { maxRequestBytes: -1 }, { maxResponseBytes: Number.NaN }])(
  'is invalid-input for the options %j',
  async (options) => {
    await pair.serve(() => {});
    expect(() => createHttpTransport({ url: pair.fake.url, ...options })).toThrow(/is not a whole number above 0/);
  },
);

it('asks for no compression and says both lengths', async () => {
  let seen: FakeRequest | undefined;
  await pair.serve((request) => {
    seen = request;
    request.socket.write(inferReply());
  });
  await pair.transport.infer(floats(40_000), { ...call, headers: { authorization: 'Bearer t', traceparent: 'x' } });
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
  await pair.serve(
    (request) => {
      line = request.line;
      request.socket.write(httpReply(200, {}));
    },
    { url: '/triton/' },
  );
  expect(await pair.transport.modelReady('a b', '3', call)).toBe(true);
  expect(line).toBe('GET /triton/v2/models/a%20b/versions/3/ready');
  expect(pair.transport.server).toBe(`${pair.fake.url}/triton`);
});
