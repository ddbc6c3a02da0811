import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { watchSocket } from '../node/__fixtures__/watch-socket.ts';
import { type AttackedServer, attackedServer, refusal } from './__fixtures__/attacked-server.ts';

/** As people have it on their machines: anybody who gets to it is let in, so pages of the web must not get to it. */
let server: AttackedServer;
let job = '';
beforeAll(async () => {
  server = await attackedServer(inject('postgres'), { auth: { open: true } });
  // The fixture makes two keys; without them the door is open.
  await server.database.query('DELETE FROM atelier.api_keys');
  for (let tries = 0; tries < 100 && (await server.ask('/jobs', { as: null })).status !== 200; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const made = await server.ask('/agent/invoke', { as: null, json: { prompt: 'adjust 1' } });
  ({ job_id: job } = (await made.json()) as { job_id: string });
});
afterAll(() => server.end());

const get = (path: string, headers: Readonly<Record<string, string>>): Promise<{ status: number; body: string }> => {
  const lines = Object.entries({ Connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}`);
  return server.raw(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
};

describe('a page whose name leads to this machine (DNS rebinding)', () => {
  it.each([
    'evil.example',
    'evil.example:3000',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example@localhost',
    'localhost@evil.example',
    'localhost/evil.example',
    'localhost#evil.example',
    '0.0.0.0',
    '10.0.0.1',
    '',
  ])('gets nothing as %j', async (host) => {
    for (const path of ['/jobs', `/jobs/${job}`, `/jobs/${job}/events`, '/openapi.json', '/docs', '/metrics']) {
      const { status, body } = await get(path, { Host: host });
      expect([400, 421], `${path} ${body}`).toContain(status);
      expect(body).not.toContain(job);
    }
    if (host === '') return;
    const socket = watchSocket(`${server.webSocketUrl}/ws/${job}`, { headers: { host } });
    expect([400, 421]).toContain(await socket.ended);
  });

  it('gets no URLs with its name by a request line in absolute form', async () => {
    const { body } = await get(`http://evil.example/jobs/${job}`, { Host: 'localhost' });
    expect(body).not.toContain('evil.example');
  });

  it('gets nothing by forwarded headers, and nobody gets URLs with their names', async () => {
    const headers = {
      Host: 'localhost',
      'X-Forwarded-Host': 'evil.example',
      'X-Forwarded-Proto': 'https',
      Forwarded: 'host=evil.example',
      'X-Original-URL': '/metrics',
    };
    const { body, status } = await get(`/jobs/${job}`, headers);
    expect(status).toBe(401);
    expect(body).not.toContain('evil.example');
    const keyed = await attackedServer(inject('postgres'));
    try {
      const made = await keyed.ask('/agent/invoke', { json: { prompt: 'adjust 1' }, headers });
      expect(made.status).toBe(202);
      expect(await made.text()).not.toContain('evil.example');
    } finally {
      await keyed.end();
    }
  });
});

describe('a page of another origin', () => {
  const origins = [
    'https://evil.example',
    'null',
    'file://',
    'http://localhost:1',
    'http://127.0.0.1',
    'chrome-extension://a',
  ];

  it.each(origins)('%s changes nothing', async (origin) => {
    const before = await (await server.ask('/jobs', { as: null })).text();
    const headers = { origin };
    const body = JSON.stringify({ prompt: 'adjust 1' });
    // `text/plain` and forms are sent without asking first.
    for (const type of [
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=a',
    ])
      for (const path of ['/agent/invoke', '/chat', '/images', `/jobs/${job}/cancel`, `/jobs/${job}/ticket`]) {
        const sent = { as: null, method: 'POST', headers: { ...headers, 'content-type': type }, body } as const;
        expect(await refusal(server.ask(path, sent)), `${type} ${path}`).toMatchObject({
          status: 403,
          code: 'not-allowed',
        });
      }
    expect(await (await server.ask('/jobs', { as: null })).text()).toBe(before);
  });

  it.each(origins)('%s reads nothing', async (origin) => {
    const answer = await server.ask(`/jobs/${job}`, { as: null, headers: { origin } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    const preflight = await server.ask('/agent/invoke', {
      as: null,
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
    expect(preflight.headers.get('access-control-allow-methods')).toBeNull();
  });

  it.each(origins)('%s gets no WebSocket', async (origin) => {
    const socket = watchSocket(`${server.webSocketUrl}/ws/${job}`, { headers: { origin } });
    expect(await socket.ended).toBe(403);
  });

  it('shows nothing of this server in a frame, and runs nothing of it', async () => {
    for (const path of ['/docs', `/jobs/${job}`, '/nowhere', '/openapi.json']) {
      const { headers } = await server.ask(path, { as: null });
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('x-frame-options'), path).toBe('DENY');
      expect(headers.get('content-security-policy'), path).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(headers.get('content-security-policy'), path).not.toMatch(/script-src[^;]*unsafe/);
    }
  });
});

describe('metrics and reference', () => {
  it('metrics are for this machine, and not for what a proxy brings', async () => {
    expect((await get('/metrics', { Host: 'localhost' })).status).toBe(200);
    const closed = await attackedServer(inject('postgres'));
    try {
      const ask = (headers: string) =>
        closed.raw(`GET /metrics HTTP/1.1\r\nConnection: close\r\n${headers}\r\n\r\n`).then(({ status }) => status);
      expect(await ask('Host: localhost')).toBe(200);
      const known = await attackedServer(inject('postgres'), { publicUrl: 'https://atelier.example' });
      for (const host of ['localhost', 'atelier.example']) {
        const { status } = await known.raw(`GET /metrics HTTP/1.1\r\nConnection: close\r\nHost: ${host}\r\n\r\n`);
        expect(status).toBe(401);
      }
      await known.end();
      for (const header of [
        'X-Forwarded-For: 203.0.113.9',
        'Forwarded: for=203.0.113.9',
        'Via: 1.1 proxy',
        'X-Real-IP: 203.0.113.9',
      ])
        expect(await ask(`Host: localhost\r\n${header}`)).toBe(401);
    } finally {
      await closed.end();
    }
  });

  it('they name no tenant, no job and no file', async () => {
    for (const path of ['/metrics', '/docs', '/openapi.json', '/healthz', '/readyz']) {
      const text = await (await server.ask(path, { as: null })).text();
      expect(text, path).not.toContain(job);
      expect(text, path).not.toMatch(/alice|\/work\/|\/tmp\/|\/home\/|node_modules|postgres:\/\/|file:\/\//);
    }
  });
});
