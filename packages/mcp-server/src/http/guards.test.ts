import { describe, expect, it } from 'vitest';
import { send } from './__fixtures__/raw-request.ts';
import { rpc, start } from './__fixtures__/start.ts';
import { hostGuard } from './host-guard.ts';
import { originCheck } from './origin-guard.ts';

const ping = rpc('ping');
const { body } = ping;

describe('the guard of names', () => {
  it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'x@localhost', 'localhost/x', '[::1].evil'])(
    'refuses requests for "%s"',
    async (host) => {
      const { url, callers } = await start();
      const { status, text } = await send(url, { headers: { ...ping.headers, host }, body });
      expect([status, callers]).toEqual([403, []]);
      expect(JSON.parse(text)).toMatchObject({ jsonrpc: '2.0', error: { data: { code: 'not-allowed' } } });
    },
  );

  it('answers under the names of loopback, and health checks under any', async () => {
    const { url, baseUrl, port } = await start();
    for (const host of ['localhost', `localhost:${port}`, '127.0.0.1', '[::1]:9', 'atelier.localhost'])
      expect((await send(url, { headers: { ...ping.headers, host }, body })).status).toBe(200);
    expect((await send(`${baseUrl}/healthz`, { method: 'GET', headers: { host: '10.0.0.7' } })).status).toBe(200);
  });

  it('guards uploads, files and metadata, too', async () => {
    const { baseUrl } = await start();
    for (const path of ['/uploads/x', '/files/x?token=y', '/.well-known/oauth-protected-resource'])
      expect((await send(baseUrl + path, { method: 'GET', headers: { host: 'evil.example' } })).status).toBe(403);
  });

  it('knows a name with a port by that port alone, and bare IPv6 addresses', () => {
    const guard = hostGuard({
      loopback: false,
      publicHost: 'Pictures.example',
      allowed: ['a.example:8443', 'fd00::1'],
    });
    const asked =
      (...host: string[]) =>
      () =>
        guard({ headersDistinct: { host } });
    expect(asked('a.example:8443')).not.toThrow();
    expect(asked('pictures.example')).not.toThrow();
    expect(asked('[fd00::1]:3333')).not.toThrow();
    expect(asked('a.example')).toThrow();
    expect(asked('localhost')).toThrow();
    // Of two, another server in between might read the other one.
    expect(asked('a.example:8443', 'a.example:8443')).toThrow();
    expect(asked()).toThrow();
    expect(asked('')).toThrow();
  });
});

describe('the guard of pages', () => {
  it.each(['http://evil.example', 'null', 'http://localhost.evil.example', 'https://app.example.org.evil.example'])(
    'refuses pages of %s before anything runs',
    async (origin) => {
      const { url, callers } = await start({ allowedOrigins: ['https://app.example.org'] });
      const answer = await fetch(url, { ...ping, headers: { ...ping.headers, origin } });
      expect([answer.status, callers]).toEqual([403, []]);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      const preflight = { origin, 'access-control-request-method': 'POST' };
      expect((await fetch(url, { method: 'OPTIONS', headers: preflight })).status).toBe(403);
    },
  );

  it('lets allowed pages ask first and read the answers', async () => {
    const { url } = await start({ allowedOrigins: ['https://app.example.org'] });
    const origin = 'https://app.example.org';
    const asked = {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,mcp-protocol-version',
      'access-control-request-private-network': 'true',
    };
    const preflight = await fetch(url, { method: 'OPTIONS', headers: { origin, ...asked } });
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': expect.stringContaining('PUT'),
      'access-control-allow-headers': asked['access-control-request-headers'],
      'access-control-allow-private-network': 'true',
    });
    const answer = await fetch(url, { ...ping, headers: { ...ping.headers, origin } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
    expect(answer.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
    expect(answer.headers.get('vary')).toBe('Origin');
  });

  it('answers the preflight without credentials, and shows pages why they are refused', async () => {
    const { url } = await start({ auth: { keys: [{ name: 'lee', secret: '0123456789abcdef' }] } });
    const origin = 'http://localhost:6274';
    const preflight = { origin, 'access-control-request-method': 'POST' };
    expect((await fetch(url, { method: 'OPTIONS', headers: preflight })).status).toBe(204);
    const refused = await fetch(url, { ...ping, headers: { ...ping.headers, origin } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, origin]);
  });

  it('knows origins, host names and schemes of extensions', () => {
    const isAllowed = originCheck({
      loopback: false,
      publicOrigin: 'https://pictures.example',
      allowed: ['https://app.example', 'tools.example', 'moz-extension://*', 'http://*'],
    });
    const allowed = [
      'https://app.example',
      'https://pictures.example',
      'http://tools.example:99',
      'moz-extension://8-a',
    ];
    const refused = [
      'http://app.example',
      'https://app.example:1',
      'http://localhost',
      'http://x',
      'chrome-extension://a',
    ];
    expect(allowed.filter(isAllowed)).toEqual(allowed);
    expect(
      [...refused, 'https://app.example/', 'https://APP.example', 'https://u@app.example'].filter(isAllowed),
    ).toEqual([]);
  });
});
