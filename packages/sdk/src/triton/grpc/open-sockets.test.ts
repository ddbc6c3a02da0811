import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { credentials } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, until } from './__fixtures__/calls.ts';
import { type FakeServer, fakeTcpServer } from './__fixtures__/fake-server.ts';
import { OpenSockets } from './open-sockets.ts';

/** Accepts and is silent. */
let server: FakeServer & { connections(): Promise<number> };
let socket: Socket;

beforeEach(async () => {
  server = await fakeTcpServer(() => {});
  socket = connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {});
  await once(socket, 'connect');
});
afterEach(async () => {
  socket.destroy();
  await server.close();
});

describe.each([
  ['plain', () => credentials.createInsecure()],
  ['TLS', () => credentials.createSsl()],
])('a %s connection of a channel that is closed', (_, create) => {
  const connectorOf = (sockets: OpenSockets) =>
    sockets.watch(create())._createSecureConnector({ scheme: 'dns', path: 'localhost:8001' }, {});

  it('is ended at once where it came up only afterwards', async () => {
    const sockets = new OpenSockets();
    const connector = connectorOf(sockets);
    sockets.close();
    // Longer than what was open gets for its end.
    await new Promise((resolve) => setTimeout(resolve, 600));
    const refusal = failureOf(connector.connect(socket));
    expect(socket.destroyed).toBe(true);
    expect(await refusal).toMatchObject({ message: 'the client was closed' });
    await until(async () => (await server.connections()) === 0);
  });

  it('is ended after a moment where it was up', async () => {
    const sockets = new OpenSockets();
    // A TLS handshake whose socket goes away without an error never says so.
    connectorOf(sockets)
      .connect(socket)
      .catch(() => {});
    sockets.close();
    expect(socket.destroyed).toBe(false);
    await until(async () => (await server.connections()) === 0);
  });
});
