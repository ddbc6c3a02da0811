import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { problem, type TestApp, testApp } from '../__fixtures__/test-app.ts';

const page = 'https://studio.example.org';
let test: TestApp;

beforeAll(async () => {
  test = await testApp(inject('postgres'), {
    publicUrl: 'https://atelier.example.org/',
    allowedHosts: ['10.1.2.3', 'named.example.org:8080'],
    allowedOrigins: [page],
  });
});
afterAll(() => test.end());

describe('who asks', () => {
  it.each([
    ['no key', null, {}],
    ['a wrong key', null, { authorization: `Bearer atl_abcdefghijkl_${'x'.repeat(43)}` }],
    ['no key at all', null, { authorization: 'Bearer nonsense' }],
    ['another scheme', null, { authorization: 'Basic YTpi' }],
  ])('refuses %s', async (_, as, headers) => {
    const response = await test.call('/jobs', { as, headers });
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(await problem(response)).toMatchObject({ status: 401, code: 'access-denied', hint: expect.any(String) });
  });

  it('never takes a key from the query', async () => {
    expect((await test.call(`/jobs?key=${test.keys.alice}&access_token=${test.keys.alice}`, { as: null })).status).toBe(
      401,
    );
  });

  it('slows down who guesses, by address', async () => {
    const guess = () => test.call('/jobs', { as: null, address: '203.0.113.9' });
    for (let i = 0; i < 60; i++) await guess();
    const response = await guess();
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await test.call('/jobs', { as: null, address: '203.0.114.9' })).status).toBe(401);
  });

  it('reads no body for callers who may not ask', async () => {
    let pulled = 0;
    const body = new ReadableStream(
      {
        pull(controller) {
          pulled += 1;
          controller.enqueue(new Uint8Array(1000));
        },
      },
      { highWaterMark: 0 },
    );
    const response = await test.call('/images', { as: null, method: 'POST', body, duplex: 'half' });
    expect(response.status).toBe(401);
    expect(pulled).toBe(0);
  });
});

describe('under which name', () => {
  const at = (host: string, path = '/jobs') => test.call(`http://${host}${path}`, { headers: { host } });

  it.each([
    'localhost',
    'localhost:1',
    'app.localhost',
    '127.0.0.1:3000',
    '127.9.9.9',
    '[::1]:3000',
    'atelier.example.org',
    'ATELIER.example.org',
    '10.1.2.3:99',
    'named.example.org:8080',
  ])('answers as %s', async (host) => {
    expect((await at(host)).status).toBe(200);
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.1.2.4',
    'named.example.org',
    'atelier.example.org.evil.example',
    'localhost@evil.example',
  ])('refuses %s', async (host) => {
    const response = await test.call('/jobs', { headers: { host } });
    expect(await problem(response)).toMatchObject({
      status: 421,
      code: 'not-allowed',
      hint: expect.stringContaining('ATELIER_ALLOWED_HOSTS'),
    });
  });

  it('goes by the Host header, also in the URLs it hands out', async () => {
    const plain = await testApp(inject('postgres'));
    try {
      const response = await plain.call('http://evil.example/agent/invoke', {
        headers: { host: 'localhost:5' },
        json: { prompt: 'x' },
      });
      expect(response.headers.get('location')).toMatch(/^http:\/\/localhost:5\/jobs\//);
    } finally {
      await plain.end();
    }
  });

  it('tells load balancers under any name whether it lives', async () => {
    expect((await at('10.9.9.9', '/healthz')).status).toBe(200);
  });
});

describe('from which page', () => {
  const preflight = {
    origin: page,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  };

  it('answers the preflight of a listed origin, without a key', async () => {
    const response = await test.call('/agent/invoke', { as: null, method: 'OPTIONS', headers: preflight });
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': page,
      'access-control-allow-methods': expect.stringContaining('POST'),
      'access-control-allow-headers': expect.stringMatching(/Authorization.*Idempotency-Key/),
      vary: expect.stringContaining('Origin'),
    });
    expect(response.headers.has('access-control-allow-credentials')).toBe(false);
  });

  it('matters to caches, also where none is named', async () => {
    expect((await test.call('/jobs')).headers.get('vary')).toContain('Origin');
  });

  it('lets listed origins read answers, errors too', async () => {
    for (const path of ['/jobs', '/jobs/none', '/nowhere']) {
      const response = await test.call(path, { headers: { origin: page } });
      expect(response.headers.get('access-control-allow-origin')).toBe(page);
      expect(response.headers.get('access-control-expose-headers')).toMatch(
        /X-Request-Id.*Retry-After.*Location.*ETag/,
      );
    }
  });

  it.each(['https://evil.example', 'null', 'http://studio.example.org', 'https://studio.example.org.evil.example'])(
    'refuses what %s could change, and lets it read nothing',
    async (origin) => {
      const headers = { origin };
      const post = await test.call('/agent/invoke', { headers, json: { prompt: 'x' } });
      expect(post.headers.has('access-control-allow-origin')).toBe(false);
      expect(await problem(post)).toMatchObject({
        status: 403,
        code: 'not-allowed',
        hint: expect.stringContaining('ATELIER_ALLOWED_ORIGINS'),
      });
      const asked = await test.call('/agent/invoke', {
        as: null,
        method: 'OPTIONS',
        headers: { ...preflight, origin },
      });
      expect(asked.status).toBe(403);
      const read = await test.call('/jobs', { headers });
      expect([...read.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    },
  );

  it.each(['http://localhost:3000', 'https://localhost:3000', 'https://atelier.example.org'])(
    'takes %s for a page of its own',
    async (origin) => {
      const response = await test.call('/agent/invoke', { headers: { origin }, json: {} });
      expect(response.status).toBe(400);
      expect(response.headers.has('access-control-allow-origin')).toBe(false);
    },
  );
});

describe('what there is not', () => {
  it('is 404 in one form, with a key and without', async () => {
    for (const as of ['alice', null] as const) {
      expect(await problem(await test.call('/nowhere', { as }))).toMatchObject({ status: 404, code: 'not-found' });
    }
  });

  it('is 405 with what is allowed', async () => {
    const response = await test.call('/agent/invoke', { method: 'DELETE' });
    expect(response.headers.get('allow')).toBe('POST, OPTIONS');
    expect(await problem(response)).toMatchObject({ status: 405 });
  });

  it('answers HEAD like GET without a body, and OPTIONS with what is allowed', async () => {
    const head = await test.call('/jobs', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const options = await test.call('/jobs', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
  });
});

describe('every answer', () => {
  it('is guarded by headers', async () => {
    for (const path of ['/jobs', '/nowhere', '/docs', '/healthz']) {
      const headers = Object.fromEntries((await test.call(path)).headers);
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'/),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'strict-transport-security': expect.any(String),
      });
    }
  });

  it("has the id of the request: the caller's where it is a sane one", async () => {
    const idOf = async (given: string) =>
      (await test.call('/nowhere', { headers: { 'x-request-id': given } })).headers.get('x-request-id');
    expect(await idOf('trace-12345678')).toBe('trace-12345678');
    for (const bad of ['short', 'with space in it', 'x'.repeat(129), '{"a":"b12345"}']) {
      expect(await idOf(bad)).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('is logged without secrets and prompts', async () => {
    const headers = { 'x-request-id': 'logged-12345', 'content-type': 'application/json' };
    const ticket = 'ticket-that-is-secret';
    await test.call('/agent/invoke', { headers, json: { prompt: 'my private words' } });
    await test.call(`/jobs/job_1/events?ticket=${ticket}&after=3`, { as: null });
    await test.call('/images/img_1?tenant=alice&expires=1&signature=signed-secret', { as: null });
    await test.call('/jobs?authorization-in-name=oops-secret');
    const log = test.log();
    expect(log).toMatch(/"requestId":"logged-12345","method":"POST","path":"\/agent\/invoke","status":202/);
    expect(log).toContain('"query":{"after":"3"}');
    for (const secret of [ticket, 'signed-secret', 'oops-secret', 'private words', test.keys.alice]) {
      expect(log).not.toContain(secret);
    }
  });
});
