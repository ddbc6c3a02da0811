import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpHost, httpHost, jsonHeaders, readRpc } from './__fixtures__/http-host.ts';
import { type StdioHost, stdioHost } from './__fixtures__/stdio-host.ts';

const mebibyte = 1024 * 1024;
let overHttp: HttpHost;
let overStdio: StdioHost;
beforeAll(async () => {
  [overHttp, overStdio] = await Promise.all([httpHost(), stdioHost()]);
});
afterAll(async () => {
  await Promise.all([overHttp?.end(), overStdio?.end()]);
});

const call = (id: string, name: string, input: string): string =>
  `{"jsonrpc":"2.0","id":"${id}","method":"tools/call","params":{"name":"${name}","arguments":${input}}}`;
const long = 'A'.repeat(3 * mebibyte);
const keys = (count: number) => Array.from({ length: count }, (_, index) => `"k${index}":${index}`).join(',');

/** Inputs that are JSON, and that no schema asks for. */
const inputs: readonly [what: string, tool: string, input: string][] = [
  ['a string of 3 MiB for an id', 'job_status', `{"job":"${long}"}`],
  ['one for a picture', 'detect_objects', `{"image":"${long}","phrases":["cup"]}`],
  ['one for a path', 'load_image', `{"source":"/${long}"}`],
  ['one for a data URL', 'load_image', `{"source":"data:image/png;base64,${long}"}`],
  ['one for a data URL without base64', 'load_image', `{"source":"data:,${long}"}`],
  ['one for a URL', 'load_image', `{"source":"https://${long}/"}`],
  ['one for a prompt', 'edit_image', `{"prompt":"${long}"}`],
  ['one for a phrase', 'detect_objects', `{"image":"img_${'0'.repeat(32)}","phrases":["${long}"]}`],
  ['100,000 phrases', 'detect_objects', `{"image":"img_${'0'.repeat(32)}","phrases":[${'"a",'.repeat(100_000)}"a"]}`],
  ['100,000 unknown keys', 'detect_objects', `{${keys(100_000)}}`],
  ['lists 60 deep', 'detect_objects', `{"image":${'['.repeat(55)}${']'.repeat(55)}}`],
  [
    'the name of every object',
    'start_edit',
    `{"__proto__":{"prompt":"x"},"constructor":{"prototype":{"polluted":true}}}`,
  ],
  ['the same key 50,000 times', 'job_status', `{${'"job":"a",'.repeat(50_000)}"job":"b"}`],
  ['numbers beyond all', 'generate_image', '{"prompt":"a cup","width":1e308,"height":-1e308,"seed":1e999}'],
  ['a picture of a million times a million', 'generate_image', '{"prompt":"a cup","width":1000000,"height":1000000}'],
  ['a wait of a year', 'job_status', '{"job":"job_0","wait_seconds":31536000}'],
];

describe.each(inputs)('%s', (_, tool, input) => {
  it('over HTTP is refused in few words', async () => {
    const response = await overHttp.raw('/mcp', { headers: jsonHeaders, body: call('x', tool, input) });
    expect(readRpc(response).refusal).toBeDefined();
    expect(response.text.length).toBeLessThan(64_000);
  });

  it('over stdio is refused in few words', async () => {
    const answer = await overStdio.request('tools/call', { name: tool, arguments: JSON.parse(input) });
    expect(answer.refusal).toBeDefined();
    expect(answer.whole.length).toBeLessThan(64_000);
  });
});

describe('over HTTP', () => {
  const statusOf = async (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}) => {
    const { status, text } = await overHttp.raw('/mcp', {
      method: 'POST',
      headers: { ...jsonHeaders, ...headers },
      body,
    });
    expect(text.length).toBeLessThan(4000);
    return status;
  };

  it('a body above 8 MiB is refused, whether or not it says its length', async () => {
    const body = Buffer.alloc(8 * mebibyte + 1, 'A');
    expect(await statusOf(body)).toBe(413);
    expect(await statusOf(body, { 'transfer-encoding': 'chunked' })).toBe(413);
  });

  it('megabytes of brackets, commas or keys are refused before anybody reads them', async () => {
    const before = overHttp.peakMiB();
    for (const body of [
      '['.repeat(8_000_000),
      '{"a":'.repeat(1_600_000),
      `[${'1,'.repeat(3_900_000)}1]`,
      `{${keys(600_000).slice(0, 8_000_000)}}`,
    ])
      expect(await statusOf(body)).toBe(400);
    expect(overHttp.peakMiB() - before).toBeLessThan(200);
  });

  it('a compressed body is refused, and is not unpacked', async () => {
    const { gzipSync } = await import('node:zlib');
    const bomb = gzipSync(Buffer.alloc(200 * mebibyte));
    expect(await statusOf(bomb, { 'content-encoding': 'gzip' })).toBe(400);
  });

  it('a header of 64 KiB is refused, and the next request answered', async () => {
    const headers = { ...jsonHeaders, 'x-long': 'a'.repeat(65_536) };
    // The connection may be gone before the refusal is read.
    const status = await overHttp.raw('/mcp', { headers, body: '{}' }).then(
      (answer) => answer.status,
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect([431, 'ECONNRESET', 'EPIPE']).toContain(status);
    expect((await overHttp.raw('/healthz')).status).toBe(200);
  });
});

describe('over stdio', () => {
  it('megabytes of brackets and keys end nothing', { timeout: 60_000 }, async () => {
    for (const line of [
      '['.repeat(2_000_000),
      '{"a":'.repeat(500_000),
      `{${keys(200_000)}}`,
      `[${'1,'.repeat(500_000)}1]`,
    ])
      await overStdio.send(`${line}\n`);
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    await overStdio.send(`${call('deep', 'detect_objects', `{"image":${deep}}`)}\n`);
    expect((await overStdio.request('ping')).error).toBeUndefined();
    expect(overStdio.strayLines()).toEqual([]);
  });

  it('a line that does not end is not kept for ever: the server leaves in order', async () => {
    const host = await stdioHost();
    const ended = new Promise((resolve) => host.child.once('exit', resolve));
    for (let count = 0; count < 12; count++) await host.send('A'.repeat(mebibyte));
    expect(await ended).toBe(0);
    expect(host.strayLines()).toEqual([]);
    await host.end();
  });
});

it('afterwards an ordinary call works, nothing was polluted, and memory stayed bounded', async () => {
  for (const host of [overHttp, overStdio]) {
    const { refusal, whole } = await host.call('job_status', { job: 'job_0' });
    expect([refusal, whole.includes('polluted')]).toEqual(['not-found', false]);
    expect(host.peakMiB()).toBeLessThan(1200);
    expect(host.written('stderr')).not.toMatch(/\n\s+at /);
  }
});
