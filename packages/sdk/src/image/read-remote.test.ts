import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { DownloadError } from '@ai-sdk/provider-utils';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pinnedFetch } from './pinned-fetch.ts';
import { type Network, readRemote } from './read-remote.ts';

const bytes = Uint8Array.from({ length: 3000 }, (_, i) => i % 251);
let server: Server;
let port = 0;
/** Hosts as requests named them, in order. */
let requested: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    requested.push(request.headers.host ?? '');
    const { url } = request;
    if (url === '/photo') response.end(bytes);
    else if (url === '/moved') response.writeHead(302, { location: `http://other.example:${port}/photo` }).end();
    else if (url === '/away') response.writeHead(302, { location: `http://inside.example:${port}/photo` }).end();
    else if (url === '/circle') response.writeHead(302, { location: '/circle' }).end();
    else if (url === '/zipped') response.writeHead(200, { 'content-encoding': 'gzip' }).end(bytes);
    else if (url === '/headers') response.end(JSON.stringify(request.headers));
    else if (url === '/large') response.writeHead(200, { 'content-length': 10 ** 9 }).write(bytes);
    else if (url === '/nothing') response.writeHead(204).end();
    else if (url !== '/silent') response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  requested = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** 127.0.0.1, where the test's server listens, plays the public address, and 127.0.0.2 a private one. */
const checkAddress = (address: string): void => {
  if (address !== '127.0.0.1') throw new DownloadError({ url: address, message: 'private' });
};
const answering = (...answers: string[][]): Network & { readonly asked: string[] } => {
  const asked: string[] = [];
  return {
    asked,
    checkAddress,
    resolve: async (host) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)];
      asked.push(host);
      return answer.map((address) => ({ address, family: 4 }));
    },
  };
};
const policy = { urls: () => true, maxBytes: 100_000 };
const at = (path: string, host = 'pictures.example') => `http://${host}:${port}${path}`;

describe('reading from the web', () => {
  it('connects to the address that was checked, though the name answers otherwise the next time', async () => {
    const network = answering(['127.0.0.1'], ['127.0.0.2']);
    expect(await readRemote(at('/photo'), policy, network)).toEqual(bytes);
    expect(network.asked).toEqual(['pictures.example']);
    expect(requested).toEqual([`pictures.example:${port}`]);
  });

  it.each([
    ['its only address', [['127.0.0.2']]],
    ['one of its addresses', [['127.0.0.1', '127.0.0.2']]],
  ])('refuses a name for %s being private, without a request', async (_what, answers) => {
    await expect(readRemote(at('/photo'), policy, answering(...answers))).rejects.toMatchObject({
      code: 'not-allowed',
    });
    expect(requested).toEqual([]);
  });

  it('checks the addresses of every redirect again', async () => {
    const network = answering(['127.0.0.1'], ['127.0.0.1']);
    expect(await readRemote(at('/moved'), policy, network)).toEqual(bytes);
    expect(network.asked).toEqual(['pictures.example', 'other.example']);
    await expect(readRemote(at('/away'), policy, answering(['127.0.0.1'], ['127.0.0.2']))).rejects.toMatchObject({
      code: 'not-allowed',
    });
    expect(requested.at(-1)).toBe(`pictures.example:${port}`);
    await expect(readRemote(at('/circle'), policy, answering(['127.0.0.1']))).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });

  it('refuses private addresses by default', async () => {
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    await expect(readRemote(at('/photo'), policy, { resolve })).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(readRemote(at('/photo', '127.0.0.1'), policy)).rejects.toMatchObject({ code: 'not-allowed' });
    expect(requested).toEqual([]);
  });

  it.each([
    ['more than allowed', '/large', { code: 'image-too-large' }],
    ['an answer in another coding', '/zipped', { code: 'not-found' }],
    ['no such page', '/missing', { code: 'not-found', isRetryable: false }],
  ])('refuses %s', async (_what, path, expected) => {
    await expect(readRemote(at(path), policy, answering(['127.0.0.1']))).rejects.toMatchObject(expected);
  });

  it('tells a host that does not exist', async () => {
    const resolve = async () => {
      throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    };
    await expect(readRemote(at('/photo'), policy, { resolve })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('no such host'),
      isRetryable: false,
    });
  });

  it('sends no name, password or cookie along', async () => {
    const url = at('/headers').replace('//', '//me:secret@');
    const headers = JSON.parse(Buffer.from(await readRemote(url, policy, answering(['127.0.0.1']))).toString());
    expect(Object.keys(headers).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host']);
  });
});

describe('pinnedFetch', () => {
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }];

  it('gives up on a server that says nothing', async () => {
    const never = () => new Promise<never>(() => {});
    for (const limits of [{ idleTimeoutMs: 50 }, { timeoutMs: 50 }, { timeoutMs: 50, resolve: never }]) {
      const started = performance.now();
      await expect(pinnedFetch({ checkAddress, resolve, ...limits })(at('/silent'))).rejects.toThrow();
      expect(performance.now() - started).toBeLessThan(5000);
    }
  });

  it('stops at the signal, while waiting and while reading', async () => {
    const fetch = pinnedFetch({ checkAddress, resolve });
    const waiting = new AbortController();
    const answer = fetch(at('/silent'), { signal: waiting.signal });
    await sleep(20);
    waiting.abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    const reading = new AbortController();
    const response = await fetch(at('/large'), { signal: reading.signal });
    reading.abort();
    await expect(response.arrayBuffer()).rejects.toThrow();
  });

  it('answers like fetch', async () => {
    const fetch = pinnedFetch({ checkAddress, resolve });
    const moved = await fetch(at('/moved'));
    expect([moved.status, moved.headers.get('location')]).toEqual([302, `http://other.example:${port}/photo`]);
    const nothing = await fetch(at('/nothing'));
    expect([nothing.status, nothing.body]).toEqual([204, null]);
  });
});
