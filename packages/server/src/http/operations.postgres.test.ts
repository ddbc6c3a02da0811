import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileAssetStore } from '@atelier/sdk';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { type TestApp, testApp } from './__fixtures__/test-app.ts';
import { exampleValues } from './docs/example-values.ts';

let test: TestApp;

beforeAll(async () => {
  test = await testApp(inject('postgres'));
});
afterAll(() => test.end());

describe('the reference', () => {
  it('is OpenAPI 3.1 with every route, its schemas by name', async () => {
    const response = await test.call('/openapi.json', { as: null });
    const document = (await response.json()) as {
      // The parts that are compared here.
      openapi: string;
      servers: unknown;
      paths: Record<string, Record<string, { security?: unknown; responses: Record<string, unknown> }>>;
      components: { schemas: object; securitySchemes: object };
    };
    expect(document.openapi).toBe('3.1.0');
    expect(document.servers).toEqual([{ url: 'http://localhost:3000' }]);
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/agent/invoke',
        '/jobs',
        '/jobs/{id}',
        '/jobs/{id}/cancel',
        '/jobs/{id}/answer',
        '/jobs/{id}/retry',
        '/jobs/{id}/ticket',
        '/jobs/{id}/events',
        '/chat',
        '/images',
        '/images/{id}',
        '/sessions/{id}',
        '/vision/remove',
        '/healthz',
      ]),
    );
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(['Job', 'JobEvent', 'Error', 'Edit', 'Invoke', 'SuccessEvent']),
    );
    expect(document.components.securitySchemes).toHaveProperty('bearer');
    const open = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.values(item).some(({ security }) => Array.isArray(security) && security.length === 0) ? [path] : [],
    );
    expect(open.sort()).toEqual(['/docs', '/healthz', '/metrics', '/openapi.json', '/readyz']);
    const references = JSON.stringify(document).match(/#\/components\/schemas\/\w+/g) ?? [];
    for (const reference of references)
      expect(document.components.schemas).toHaveProperty(reference.split('/').at(-1) ?? '');
  });

  it('is a page that loads nothing and runs nothing', async () => {
    const response = await test.call('/docs', { as: null });
    const page = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page).not.toMatch(/<script|<link|<img|\bsrc=|@import|url\(|\son\w+=|style="/i);
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(response.headers.get('content-security-policy')).toContain(`style-src 'sha256-${hash}'`);
    for (const [, anchor] of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${anchor}"`);
    expect(page).toContain('curl -H &quot;Authorization: Bearer $ATELIER_KEY&quot;');
  });

  it('is escaped: the host of a request is its own text', async () => {
    const response = await test.call('http://a.localhost/docs', { as: null, headers: { host: 'a.localhost' } });
    expect(await response.text()).toContain('http://a.localhost/jobs');
  });
});

const storedImage = async (image: string): Promise<string> => {
  const upload = await test.call('/images', { json: { image } });
  return z.object({ id: z.string() }).parse(await upload.json()).id;
};

describe('examples of the reference', () => {
  it.each(Object.entries(exampleValues))('for %s fit what the route takes', async (path, values) => {
    const image = `data:image/png;base64,${Buffer.from(await test.picture()).toString('base64')}`;
    const named = path.startsWith('/vision/') && path !== '/vision/generate' ? { image } : {};
    const id = path.startsWith('/tools/') ? await storedImage(image) : '';
    const json = JSON.parse(JSON.stringify({ ...named, ...values }).replace('IMAGE_ID', id));
    const response = await test.call(path.replace('{id}', 'job_1'), { json });
    // What nobody here can do is 501, and the job is made up.
    expect(response.status).toBeOneOf([200, 404, 501]);
    await response.body?.cancel();
  });
});

describe('health', () => {
  it('says that it lives, and what is missing', async () => {
    expect(await (await test.call('/healthz', { as: null })).json()).toEqual({ status: 'ok' });
    const ready = await test.call('/readyz', { as: null });
    expect(ready.status).toBe(503);
    expect(ready.headers.get('retry-after')).toBe('5');
    expect(await ready.json()).toEqual({ status: 'not-ready', missing: [expect.stringContaining('worker')] });
  });

  it('says that pictures cannot be stored, and tells the log why, also of requests that fail for it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'atelier-store-'));
    await writeFile(join(folder, 'file'), '');
    const own = await testApp(inject('postgres'), { assets: fileAssetStore(join(folder, 'file', 'assets')) });
    try {
      const ready = await own.call('/readyz', { as: null });
      const { missing } = (await ready.json()) as { missing: string[] }; // Compared below.
      expect(missing).toContainEqual(expect.stringMatching(/^Pictures cannot be stored/));
      expect(JSON.stringify(missing)).not.toContain(folder);
      expect(own.log()).toContain('pictures cannot be stored');
      const body = new Uint8Array(await own.picture());
      const upload = await own.call('/images', { method: 'POST', headers: { 'content-type': 'image/png' }, body });
      expect(upload.status).toBeGreaterThanOrEqual(500);
      expect(own.log()).toContain('a request failed');
    } finally {
      await own.end();
      await rm(folder, { recursive: true });
    }
  });
});

describe('/metrics', () => {
  it('counts requests by route and status, never by path', async () => {
    await test.call('/jobs/job_unknown');
    await test.call('/nowhere/at/all');
    const text = await (await test.call('/metrics')).text();
    expect(text).toMatch(/atelier_http_requests_total\{method="GET",route="\/jobs\/:id",status="404"\} 1/);
    expect(text).toMatch(/atelier_http_requests_total\{method="GET",route="none",status="404"\} 1/);
    expect(text).toMatch(
      /atelier_http_request_seconds_bucket\{le="0.1",method="GET",route="\/jobs\/:id",status="404"\}/,
    );
    expect(text).toMatch(/^atelier_event_streams 0$/m);
    expect(text).not.toMatch(/job_unknown|nowhere/);
  });

  it('are for callers on this machine, and for those with a key', async () => {
    const status = async (address: string | undefined, headers = {}, url = '/metrics') =>
      (await test.call(url, { as: null, headers, ...(address === undefined ? {} : { address }) })).status;
    expect(await status('127.0.0.1')).toBe(200);
    expect(await status('::ffff:127.0.0.1')).toBe(200);
    expect(await status('::1')).toBe(200);
    expect(await status(undefined)).toBe(401);
    expect(await status('203.0.113.7')).toBe(401);
    for (const name of ['x-forwarded-for', 'x-forwarded-host', 'forwarded'])
      expect(await status('127.0.0.1', { [name]: '203.0.113.7' })).toBe(401);
    expect((await test.call('/metrics', { address: '203.0.113.7' })).status).toBe(200);
  });

  it.each([{ publicUrl: 'https://api.example.org' }, { allowedHosts: ['localhost', 'api.example.org'] }])(
    'are for those with a key alone where it is known elsewhere: %j',
    async (options) => {
      const known = await testApp(inject('postgres'), options);
      try {
        // As a proxy on this machine asks that writes its own Host and says nothing of whom it asks for.
        const headers = { host: '127.0.0.1:3000' };
        const asked = await known.call('/metrics', { as: null, address: '127.0.0.1', headers });
        expect(asked.status).toBe(401);
        expect((await known.call('/metrics', { address: '127.0.0.1', headers })).status).toBe(200);
      } finally {
        await known.end();
      }
    },
  );
});
