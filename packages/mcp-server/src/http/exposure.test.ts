import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { start } from './__fixtures__/start.ts';
import { baseUrlOf, checkExposure } from './exposure.ts';
import type { HttpOptions } from './http-options.ts';

const isOpen = ({ auth }: Partial<HttpOptions>): boolean => !auth?.keys && !auth?.jwt && !auth?.api;
const check = (options: Partial<HttpOptions>) => () =>
  // Only these options are looked at.
  checkExposure(options as HttpOptions, isOpen(options));
const keys = [{ name: 'lee', secret: '0123456789abcdef' }];
const allowedHosts = ['pictures.example'];

describe('what is reached by others', () => {
  it.each([
    { host: '0.0.0.0', allowedHosts },
    { host: '::', allowedHosts },
    { host: '192.168.1.4', allowedHosts },
    { allowedHosts },
    { allowedHosts: ['*'] },
    { publicUrl: 'https://pictures.example' },
  ])('needs keys: %j', (options) => {
    expect(check(options)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(check({ ...options, auth: { open: false } })).toThrow(/open to everybody/);
    expect(check({ ...options, auth: { keys } })).not.toThrow();
    expect(check({ ...options, auth: { open: true } })).not.toThrow();
  });

  it('needs the names it is called by', () => {
    expect(check({ host: '0.0.0.0', auth: { keys } })).toThrow(/names it is called by/);
    expect(check({ host: '0.0.0.0', auth: { keys }, publicUrl: 'https://pictures.example' })).not.toThrow();
  });

  it.each([{}, { host: 'localhost' }, { host: '::1' }, { host: '127.0.0.9' }, { publicUrl: 'http://localhost:8080' }])(
    'is not what listens on loopback: %j',
    (options) => expect(check(options)).not.toThrow(),
  );

  it.each([
    { publicUrl: 'pictures' },
    { publicUrl: 'ftp://a' },
    { publicUrl: 'https://a/?b' },
    { allowedHosts: ['a b'] },
  ])('is told what it is called in a way that can be read: %j', (options) =>
    expect(check({ ...options, auth: { keys } })).toThrow(expect.objectContaining({ code: 'invalid-input' })),
  );
});

describe('the base of URLs', () => {
  it.each<[Partial<HttpOptions>, string]>([
    [{}, 'http://127.0.0.1:99'],
    [{ host: '::1' }, 'http://[::1]:99'],
    [{ host: '0.0.0.0', allowedHosts }, 'http://pictures.example:99'],
    [{ host: '::', allowedHosts: ['*', 'pictures.example:8080'] }, 'http://pictures.example:8080'],
    [{ host: '0.0.0.0', allowedHosts: ['*'] }, 'http://localhost:99'],
    [{ publicUrl: 'https://pictures.example/a/' }, 'https://pictures.example/a'],
  ])('is where clients reach it: %j', (options, url) => expect(baseUrlOf(options as HttpOptions, 99)).toBe(url));
});

describe('the port', () => {
  let other: Server;
  beforeAll(async () => {
    other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => other.close());

  it('that is taken is said to be', async () => {
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(start({ port })).rejects.toMatchObject({ code: 'conflict', hint: expect.any(String) });
  });

  it('must be one, of this machine', async () => {
    await expect(start({ port: 70_000 })).rejects.toMatchObject({ code: 'invalid-input' });
    const elsewhere = start({ host: '203.0.113.9', allowedHosts, auth: { keys } });
    await expect(elsewhere).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
