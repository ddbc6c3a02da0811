import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readReference } from './intake.ts';

let server: Server;
let origin = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/slow') response.writeHead(200).write('P');
    else if (request.url === '/endless') response.writeHead(200).end(Buffer.alloc(5000));
    else if (request.url === '/inside') response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    else if (request.url === '/there') response.end('picture');
    else if (request.url !== '/silent') response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Leads the names of the test to its server; everything else is as it is. */
const fetchHere: typeof fetch = (target, init) => {
  const { pathname } = new URL(target instanceof Request ? target.url : target);
  return fetch(`${origin}${pathname}`, init);
};
const policy = { urls: ({ hostname }: URL) => hostname === 'pictures.example', maxBytes: 1000, fetch: fetchHere };
const at = (path: string) => `http://pictures.example${path}`;

describe('a picture by its address', () => {
  it('is fetched', async () => {
    expect(Buffer.from(await readReference(at('/there'), policy)).toString()).toBe('picture');
  });

  it.each([
    ['/silent', 'timed-out'],
    ['/slow', 'timed-out'],
    ['/endless', 'image-too-large'],
    ['/inside', 'not-allowed'],
    ['/nowhere', 'not-found'],
  ])('%s is not waited for, nor followed anywhere: %s', async (path, code) => {
    const start = performance.now();
    await expect(readReference(at(path), policy, 300)).rejects.toMatchObject({ code });
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('is not fetched from where it may not be', async () => {
    await expect(readReference('http://other.example/there', policy)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(readReference(at('/there'), { ...policy, urls: false })).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });

  it('is not fetched for a caller who went away', async () => {
    const caller = new AbortController();
    const answer = readReference(at('/silent'), { ...policy, signal: caller.signal });
    setTimeout(() => caller.abort(new Error('gone')), 30);
    await expect(answer).rejects.toThrow('gone');
  });
});

describe('any other string', () => {
  it.each([
    '/etc/hostname',
    './package.json',
    'package.json',
    'file:///etc/hostname',
    'C:/x',
    '~/x',
    '',
    'http:x',
    'ftp://a/b',
  ])('is not read: %s', async (reference) => {
    const open = { ...policy, urls: () => true };
    await expect(readReference(reference, open)).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
