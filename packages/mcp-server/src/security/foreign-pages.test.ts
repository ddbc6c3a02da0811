import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpHost, httpHost, jsonHeaders } from './__fixtures__/http-host.ts';
import { twoSquares } from './__fixtures__/two-squares.ts';

let host: HttpHost;
/** One that works: what is refused below is refused for who asks, and not for what. */
let paths: { readonly mcp: string; readonly upload: string; readonly file: string };
const list = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });

beforeAll(async () => {
  host = await httpHost();
  const loaded = await host.call('load_image', { source: (await twoSquares()).url });
  const { url } = (await host.call('create_upload', {})).output;
  const file = new URL(/http:\/\/[^"\\]+\/files\/[^"\\]+/.exec(loaded.whole)?.[0] ?? '');
  paths = { mcp: '/mcp', upload: new URL(String(url)).pathname, file: `${file.pathname}${file.search}` };
});
afterAll(async () => {
  await host?.end();
});

async function askEverywhere(headers: Readonly<Record<string, string>>) {
  const { bytes } = await twoSquares(3);
  return Promise.all([
    host.raw(paths.mcp, { headers: { ...jsonHeaders, ...headers }, body: list }),
    host.raw(paths.mcp, { headers: { ...jsonHeaders, ...headers } }),
    host.raw(paths.mcp, { method: 'DELETE', headers }),
    host.raw(paths.upload, { method: 'PUT', headers, body: bytes }),
    host.raw(paths.file, { headers }),
    host.raw('/.well-known/oauth-protected-resource', { headers }),
    host.raw('/none', { headers }),
  ]);
}

const foreignHosts = [
  ...['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil.example', 'evil.example@localhost'],
  ...[
    'localhost:80@evil.example',
    'localhost#.evil.example',
    'localhost/.evil.example',
    '0.0.0.0',
    '[::]',
    '169.254.169.254',
  ],
  ...['localhost, evil.example', 'evil.example%00.localhost', ' ', 'LOCALHOST.', 'xn--localhost-.example', '10.0.0.1'],
] as const;

describe('under a name that is not its own (DNS rebinding) it says nothing', () => {
  it.each(foreignHosts)('Host: %s', async (name) => {
    const answers = await askEverywhere({ host: name });
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
    for (const { headers, text } of answers) {
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(text).not.toMatch(/edit_image|img_/);
    }
  });
});

const foreignOrigins = [
  ...[
    'https://evil.example',
    'http://evil.example',
    'null',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
  ],
  ...[
    'http://evil.example:80',
    'http://localhost@evil.example',
    'file://',
    'chrome-extension://abcdefgh',
    'http://0.0.0.0',
  ],
  ...[
    'http://localhost, https://evil.example',
    'HTTP://LOCALHOST',
    'http://localhost/',
    'ftp://localhost',
    'x',
    '*',
    'http://[::]',
  ],
] as const;

describe('pages of foreign origins get nothing, and may read nothing', () => {
  it.each(foreignOrigins)('Origin: %s', async (origin) => {
    const preflight = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-private-network': 'true',
    };
    const answers = [
      ...(await askEverywhere({ origin })),
      await host.raw('/mcp', { method: 'OPTIONS', headers: preflight }),
      await host.raw(paths.upload, { method: 'OPTIONS', headers: preflight }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
    for (const { headers, text } of answers) {
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(headers['access-control-allow-private-network']).toBeUndefined();
      expect(text).not.toMatch(/edit_image|img_/);
    }
  });
});

it('what a page may send without asking first (a form, a beacon) does nothing', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
    '',
  ]) {
    const headers = { accept: '*/*', ...(type === '' ? {} : { 'content-type': type }) };
    const { status, text } = await host.raw('/mcp', { headers, body: list });
    expect([type, status >= 400, text.includes('edit_image')]).toEqual([type, true, false]);
  }
});

it('the health of the server tells nobody anything else', async () => {
  const kinds: Record<string, string>[] = [{}, { host: 'evil.example' }, { origin: 'https://evil.example' }];
  for (const headers of kinds) {
    const answer = await host.raw('/healthz', { headers });
    expect([answer.status, answer.text]).toEqual([200, '{"status":"ok"}']);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  }
});

it('after all of it the URLs that were refused to others still work', async () => {
  expect((await host.raw(paths.file)).status).toBe(200);
  expect((await host.raw(paths.upload, { method: 'PUT', body: (await twoSquares(3)).bytes })).status).toBe(201);
  expect(host.written('stderr')).not.toMatch(/\n\s+at /);
});
