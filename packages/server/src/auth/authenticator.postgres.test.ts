import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../__fixtures__/fresh-database.ts';
import { openDatabase } from '../database/database.ts';
import { createApiKey, revokeApiKey } from './api-keys.ts';
import { createAuthenticator } from './authenticator.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase(inject('postgres'));
});
afterAll(() => fresh.drop());
beforeEach(() => fresh.database.query('DELETE FROM atelier.api_keys'));

const nobody = new Headers();
const denied = {
  code: 'access-denied',
  message: 'This needs an API key.',
  hint: 'Send "Authorization: Bearer atl_..."; make a key with: atelier keys create',
};
const patience = { timeout: 4000, interval: 100 };

describe('who is let in without a key', () => {
  it.each([undefined, {}, { open: false }])('nobody, with %j, whether there are keys or not', async (options) => {
    const auth = createAuthenticator(fresh.database, options);
    expect(await auth.isOpen()).toBe(false);
    await expect(auth.authenticate(nobody)).rejects.toMatchObject(denied);
  });

  it('everybody while it is open, until the first key is made; nobody when the last is revoked', async () => {
    const auth = createAuthenticator(fresh.database, { open: true });
    expect(await auth.isOpen()).toBe(true);
    expect(await auth.authenticate(nobody)).toEqual({ tenant: 'default', kind: 'open', id: 'open' });

    const { id, key } = await createApiKey(fresh.database, { tenant: 'acme', name: 'first' });
    await vi.waitFor(() => expect(auth.authenticate(nobody)).rejects.toMatchObject(denied), patience);
    expect(await auth.isOpen()).toBe(false);
    const headers = new Headers({ authorization: `Bearer ${key}` });
    expect(await auth.authenticate(headers)).toMatchObject({ tenant: 'acme', kind: 'key' });

    await revokeApiKey(fresh.database, id);
    await vi.waitFor(
      () => expect(auth.authenticate(headers)).rejects.toMatchObject({ code: 'access-denied' }),
      patience,
    );
    // Whoever revokes the one key that a thief has does not want everybody in.
    const later = createAuthenticator(fresh.database, { open: true });
    expect(await later.isOpen()).toBe(false);
    await expect(later.authenticate(nobody)).rejects.toMatchObject(denied);
  });

  it.each(['X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'Forwarded', 'Via', 'X-Real-IP'])(
    'nobody of those that a proxy brings (%s), open or not',
    async (name) => {
      const auth = createAuthenticator(fresh.database, { open: true });
      await expect(auth.authenticate(new Headers({ [name]: '203.0.113.7' }))).rejects.toMatchObject({
        ...denied,
        message: 'What a proxy hands on needs an API key.',
      });
      expect(await auth.authenticate(new Headers({ accept: '*/*' }))).toMatchObject({ kind: 'open' });
    },
  );

  it('nobody because the last key has expired', async () => {
    await createApiKey(fresh.database, { tenant: 'acme', name: 'short', expiresAt: new Date(Date.now() + 50) });
    await new Promise((resolve) => setTimeout(resolve, 60));
    const auth = createAuthenticator(fresh.database, { open: true });
    expect(await auth.isOpen()).toBe(false);
    await expect(auth.authenticate(nobody)).rejects.toMatchObject(denied);
  });

  it('nobody where tokens are accepted', async () => {
    const jwt = { jwksUrl: 'https://id.example.org/keys', issuer: 'https://id.example.org', audience: 'atelier' };
    const auth = createAuthenticator(fresh.database, { open: true, jwt });
    expect(await auth.isOpen()).toBe(false);
    await expect(auth.authenticate(nobody)).rejects.toMatchObject({
      code: 'access-denied',
      hint: expect.stringMatching(/atelier keys create.*identity provider/),
    });
  });
});

describe('the Authorization header', () => {
  it('is read whatever the case of the scheme, and nothing like it is', async () => {
    const { key } = await createApiKey(fresh.database, { tenant: 'acme', name: 'any' });
    const auth = createAuthenticator(fresh.database, undefined);
    const ask = (authorization: string) => auth.authenticate(new Headers({ authorization }));
    for (const right of [`Bearer ${key}`, `bearer ${key}`, `BEARER  ${key}`])
      expect(await ask(right)).toMatchObject({ tenant: 'acme' });
    const wrong = [
      key,
      '',
      'Bearer',
      `Basic ${btoa(`user:${key}`)}`,
      `Bearer ${key}, Bearer ${key}`,
      `Bearer ${key} x`,
    ];
    for (const text of [
      ...wrong,
      `Bearer\t${key}`,
      `Bearer "${key}"`,
      'Bearer e30.e30.',
      `Bearer ${'x'.repeat(100_000)}`,
    ])
      await expect(ask(text), text.slice(0, 40)).rejects.toMatchObject({ code: 'access-denied', hint: denied.hint });

    // Neither other headers nor two of the right one.
    await expect(
      auth.authenticate(new Headers({ 'x-api-key': key, cookie: `authorization=${key}` })),
    ).rejects.toMatchObject(denied);
    const twice = new Headers({ authorization: `Bearer ${key}` });
    twice.append('authorization', 'Bearer other');
    await expect(auth.authenticate(twice)).rejects.toMatchObject({ code: 'access-denied' });
  });
});

describe('while the database is away', () => {
  it('nobody is let in, and nobody is told that the key is wrong; afterwards it works again', async () => {
    const { key } = await createApiKey(fresh.database, { tenant: 'acme', name: 'any' });
    const proxy = await startProxy(fresh.url);
    const database = await openDatabase(proxy.url);
    try {
      const auth = createAuthenticator(database, { open: true });
      const headers = new Headers({ authorization: `Bearer ${key}` });
      await proxy.stop();
      const away = { code: 'server-unavailable', isRetryable: true };
      await expect(auth.authenticate(headers)).rejects.toMatchObject(away);
      await expect(auth.authenticate(nobody)).rejects.toMatchObject(away);
      await expect(auth.isOpen()).rejects.toMatchObject(away);
      await proxy.start();
      // Sooner than what is remembered would be forgotten by itself.
      await vi.waitFor(async () => expect(await auth.authenticate(headers)).toMatchObject({ tenant: 'acme' }), {
        timeout: 1500,
        interval: 50,
      });
      await expect(auth.authenticate(nobody)).rejects.toMatchObject(denied);
    } finally {
      await database.close();
      await proxy.stop();
    }
  });
});

/** A way to the server that can be cut. */
async function startProxy(target: string): Promise<{ url: string; start(): Promise<void>; stop(): Promise<void> }> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let server: Server;
  let own = 0;
  const start = async () => {
    server = createServer((near) => {
      const far = connect(Number(port), hostname);
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket
          .on('error', () => {})
          .on('close', () => {
            sockets.delete(socket);
            near.destroy();
            far.destroy();
          });
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => server.listen(own, '127.0.0.1', resolve));
    // A TCP server has an address of this kind, never the path of a pipe.
    own = (server.address() as AddressInfo).port;
  };
  await start();
  return {
    url: Object.assign(new URL(target), { hostname: '127.0.0.1', port: String(own) }).href,
    start,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
