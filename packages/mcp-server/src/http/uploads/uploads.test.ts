import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { send, sendSlowly } from '../__fixtures__/raw-request.ts';
import { pngOf, start, studioWorkshops } from '../__fixtures__/start.ts';
import { type SignedUrlsOptions, signedUrls } from './signed-urls.ts';

const secret = randomBytes(32);

async function startWith(options: Partial<SignedUrlsOptions> = {}) {
  const uploads = signedUrls({ secret, ...options });
  const workshops = studioWorkshops();
  onTestFinished(() => workshops.close());
  const server = await start({ uploads, workshops });
  const put = (url: string, body: Uint8Array) => fetch(url, { method: 'PUT', body: new Uint8Array(body) });
  return { ...server, uploads, workshops, put };
}

const bodyOf = async (response: Response) => z.record(z.string(), z.unknown()).parse(await response.json());

describe('an upload', () => {
  it('takes one picture for one tenant, and gives its id', async () => {
    const { uploads, workshops, put, baseUrl } = await startWith();
    const { url, maxBytes, expiresAt } = await uploads.create('lee');
    expect([url.startsWith(`${baseUrl}/uploads/`), maxBytes]).toEqual([true, 32 * 1024 * 1024]);
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(590_000);
    const answer = await put(url, await pngOf(20));
    const picture = await bodyOf(answer);
    expect([answer.status, picture]).toEqual([201, { id: expect.stringMatching(/^img_/), width: 20, height: 20 }]);
    const of = (scope: string) => workshops.of({ scope, may: { look: true, edit: true } });
    expect(await of('lee').picture(String(picture.id))).toMatchObject({ width: 20 });
    await expect(of('ann').picture(String(picture.id))).rejects.toMatchObject({ code: 'not-found' });
    const again = await put(url, await pngOf(21));
    expect([again.status, await bodyOf(again)]).toEqual([409, expect.objectContaining({ code: 'conflict' })]);
  });

  it('is one of many at once, over processes with one secret and one folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'atelier-uploads-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const [one, two] = await Promise.all([startWith({ folder }), startWith({ folder })]);
    const { url } = await one.uploads.create('lee');
    const there = url.replace(one.baseUrl, two.baseUrl);
    const picture = await pngOf(20);
    const answers = await Promise.all([url, there, url, there].map((target) => one.put(target, picture)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
  });

  it('of what is no picture fails, and can be tried again', async () => {
    const { uploads, put } = await startWith();
    const { url } = await uploads.create('lee');
    const html = await put(url, Buffer.from('<script>alert(1)</script>'));
    expect([html.status, (await bodyOf(html)).code]).toEqual([400, 'image-invalid']);
    expect((await put(url, new Uint8Array())).status).toBe(400);
    expect((await put(url, await pngOf(8))).status).toBe(201);
  });

  it('of too many bytes is refused, and can be tried again', async () => {
    const { uploads, put } = await startWith({ maxBytes: 100_000 });
    const { url } = await uploads.create('lee');
    const large = await put(url, new Uint8Array(3_000_000));
    expect([large.status, (await bodyOf(large)).code]).toEqual([413, 'request-too-large']);
    const parts = new Blob([new Uint8Array(3_000_000)]).stream();
    const streamed = await fetch(url, { method: 'PUT', body: parts, duplex: 'half' } as RequestInit);
    expect(streamed.status).toBe(413);
    expect((await put(url, await pngOf(8))).status).toBe(201);
  });

  it('that breaks off can be tried again', async () => {
    const { uploads, put, port } = await startWith();
    const { url } = await uploads.create('lee');
    const slow = await start({ uploads, timeouts: { headersMs: 200, requestMs: 200, checkMs: 50 } });
    const head = `PUT ${new URL(url).pathname} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n`;
    expect(await sendSlowly(slow.port, { head, part: 'x' })).toContain('408');
    expect((await put(`http://127.0.0.1:${port}${new URL(url).pathname}`, await pngOf(8))).status).toBe(201);
  });

  it('ends after ten minutes', async () => {
    let now = Date.now();
    const { uploads, put } = await startWith({ now: () => now });
    const { url } = await uploads.create('lee');
    now += 600_000;
    expect((await put(url, await pngOf(8))).status).toBe(404);
  });

  it('needs a URL of ours', async () => {
    const { uploads, put, baseUrl } = await startWith();
    const other = signedUrls({ secret: randomBytes(32) });
    other.servedBy({ baseUrl, keyOf: () => undefined });
    const download = new URL(await uploads.download('lee', 'img_1')).searchParams.get('token');
    const { url } = await other.create('lee');
    for (const wrong of [url, `${baseUrl}/uploads/x`, `${baseUrl}/uploads/${download}`])
      expect((await put(wrong, await pngOf(8))).status).toBe(404);
    const { status } = await send((await uploads.create('lee')).url, { method: 'POST', body: 'x' });
    expect(status).toBe(405);
  });

  it('is refused from foreign pages, and possible from allowed ones', async () => {
    const { uploads, baseUrl } = await startWith();
    const { url } = await uploads.create('lee');
    const from = async (origin: string) =>
      (await fetch(url, { method: 'PUT', headers: { origin }, body: new Uint8Array(await pngOf(8)) })).status;
    expect([await from('http://evil.example'), await from(new URL(baseUrl).origin)]).toEqual([403, 201]);
  });
});

describe('a file', () => {
  const startWithPicture = async (options: Partial<SignedUrlsOptions> = {}) => {
    const started = await startWith(options);
    const bytes = await pngOf(30);
    const picture = await bodyOf(await started.put((await started.uploads.create('lee')).url, bytes));
    const id = String(picture.id);
    const stored = await started.workshops.of({ scope: 'lee', may: { look: true, edit: false } }).file(id);
    return { ...started, id, stored, url: await started.uploads.download('lee', id) };
  };

  it('is given as it is, to be saved and not to be run', async () => {
    const { url, id, stored } = await startWithPicture();
    const answer = await fetch(url);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array(stored.bytes));
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(stored.bytes.length),
      'content-disposition': `attachment; filename="${id}.png"`,
      'x-content-type-options': 'nosniff',
      'cache-control': expect.stringMatching(/^private, max-age=\d{4}, immutable$/),
      'content-security-policy': expect.stringContaining('sandbox'),
      etag: `"${id}"`,
    });
  });

  it('is asked about without being sent', async () => {
    const { url, id, stored } = await startWithPicture();
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(stored.bytes.length)]);
    expect((await head.arrayBuffer()).byteLength).toBe(0);
    const kept = await fetch(url, { headers: { 'if-none-match': `"x", W/"${id}"` } });
    expect([kept.status, (await kept.arrayBuffer()).byteLength]).toEqual([304, 0]);
  });

  it('has the same URL for ten minutes, which works for an hour or somewhat longer', async () => {
    let now = Date.UTC(2030, 0, 1);
    const { url, id, uploads } = await startWithPicture({ now: () => now });
    now += 599_999;
    expect((await fetch(url)).status).toBe(200);
    now += 3_000_000;
    expect((await fetch(url)).status).toBe(200);
    expect(await uploads.download('lee', id)).not.toBe(url);
    now += 600_001;
    expect((await fetch(url)).status).toBe(404);
  });

  it('needs its own URL', async () => {
    const { url, id, baseUrl, uploads, put } = await startWithPicture();
    const second = await bodyOf(await put((await uploads.create('lee')).url, await pngOf(31)));
    const upload = new URL((await uploads.create('lee')).url).pathname.split('/').at(-1);
    const wrong = [
      url.replace(id, String(second.id)),
      `${baseUrl}/files/${id}`,
      `${baseUrl}/files/${id}?token=${upload}`,
      `${url}&token=x`,
      `${url}A`,
      await uploads.download('ann', id),
      `${baseUrl}/files/..%2f${id}?token=x`,
    ];
    for (const other of wrong) expect((await fetch(other)).status).toBe(404);
  });
});

describe('signed URLs', () => {
  it('need a secret, a server and safe names', async () => {
    expect(() => signedUrls({ secret: randomBytes(31) })).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    const uploads = signedUrls({ secret });
    await expect(uploads.create('lee')).rejects.toMatchObject({ code: 'capability-unavailable' });
    uploads.servedBy({ baseUrl: 'http://localhost', keyOf: () => undefined });
    await expect(uploads.create('../lee')).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(uploads.download('lee', 'a/b')).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('carry the key of a caller behind an agent API where only the server reads it', async () => {
    const uploads = signedUrls({ secret });
    uploads.servedBy({ baseUrl: 'http://a', keyOf: (scope) => (scope === 'k-1' ? 'atl_key' : undefined) });
    const { url } = await uploads.create('k-1');
    const token = url.slice('http://a/uploads/'.length);
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('atl_key');
    // Another process with the same secret, which never saw the caller.
    expect(signedUrls({ secret }).readUpload(token)?.principal).toEqual({
      scope: 'k-1',
      may: { look: true, edit: false },
      key: 'atl_key',
    });
  });
});
