import { Dispatcher, Pool } from 'undici';
import { afterEach, expect, it } from 'vitest';
import { ConnectionLostError } from '../errors.ts';
import { call, rejection } from './__fixtures__/calls.ts';
import { type FakeServer, startFakeServer } from './__fixtures__/fake-server.ts';
import { httpReply } from './__fixtures__/replies.ts';
import { exchange } from './exchange.ts';

let fake: FakeServer;
let pool: Pool;
afterEach(async () => {
  await pool.destroy();
  await fake.close();
});

/** Sends a request again, to the same handler, when its connection breaks: as undici does after a socket that it reset. */
class SendsTwice extends Dispatcher {
  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    return pool.dispatch(options, {
      onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
      onResponseStart: (...head) => handler.onResponseStart?.(...head),
      onResponseData: (...data) => handler.onResponseData?.(...data),
      onResponseEnd: (...end) => handler.onResponseEnd?.(...end),
      onResponseError: () => pool.dispatch(options, handler),
    });
  }
}

it('never lets a request run twice, whoever sends it again', async () => {
  fake = await startFakeServer(({ socket, number }) => {
    if (number === 1) socket.destroy();
    else socket.write(httpReply(200, {}, '{}'));
  });
  pool = new Pool(fake.url, { connections: 1 });
  const context = { server: fake.url, model: 'm' };
  const request = { method: 'POST', path: '/v2/models/m/infer', headers: {}, body: Buffer.from('{}') } as const;
  const error = await rejection(exchange(request, call, { dispatcher: new SendsTwice(), maxBytes: 1_000, context }));
  expect(error).toBeInstanceOf(ConnectionLostError);
  expect(error).toMatchObject({ model: 'm', mayHaveRun: true, message: expect.stringContaining('reset') });
  await fake.untilNoneOpen();
  expect(fake.requests).toBe(1);
});
