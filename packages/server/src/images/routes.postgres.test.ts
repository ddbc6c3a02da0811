import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { decodeImage } from '@atelier/sdk/image';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { pngOf } from './__fixtures__/png.ts';
import { formWith, jsonOf, openTestApp, photo, problemOf, type TestApp, wordsOf } from './__fixtures__/test-app.ts';

let test: TestApp;
let coffee: Buffer<ArrayBuffer>;
const maxImageBytes = 2 * 1024 * 1024;

beforeAll(async () => {
  const imageUrls = ({ hostname }: URL) => hostname !== 'forbidden.example';
  test = await openTestApp(inject('postgres'), [], { limits: { maxImageBytes, maxImagePixels: 4_000_000 }, imageUrls });
  coffee = await photo('coffee.png');
});
afterAll(() => test?.close());

const send = (body: RequestInit['body'], type?: string, tenant: 'one' | 'two' | null = 'one') =>
  test.ask('/images', { method: 'POST', body, tenant, ...(type ? { headers: { 'content-type': type } } : {}) });

const stored = async () => jsonOf(await send(coffee, 'image/png'));

describe('POST /images', () => {
  it('takes a form, the bytes themselves and a data URL, and knows that they are one picture', async () => {
    const answers = [
      await send(formWith(coffee)),
      await send(coffee, 'image/png'),
      await test.post('/images', { image: `data:image/png;base64,${coffee.toString('base64')}` }),
    ];
    const seen = await Promise.all(answers.map((answer) => jsonOf(answer)));
    for (const [index, answer] of answers.entries()) {
      expect(answer.status).toBe(201);
      expect(answer.headers.get('location')).toBe(`/images/${seen[index].id}`);
      expect(seen[index]).toEqual({
        id: expect.stringMatching(/^img_[0-9a-f]{32}$/),
        width: 600,
        height: 400,
        mediaType: 'image/png',
        bytes: coffee.length,
        url: expect.stringMatching(/^http:\/\/localhost\/images\/img_/),
      });
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(1);
    const again = await test.post('/images', { image: seen[0].id });
    expect(await again.json()).toMatchObject({ id: seen[0].id, bytes: coffee.length, width: 600 });
    const rows = await test.services.database.query('SELECT * FROM atelier.assets WHERE id = $1', [seen[0].id]);
    expect(rows).toMatchObject([{ tenant: 'one', media_type: 'image/png', bytes: String(coffee.length) }]);
  });

  it('decodes a file anew that was deleted meanwhile', async () => {
    const { id } = await stored();
    await test.services.assets.delete('one', id);
    expect((await test.ask(`/images/${id}`)).status).toBe(404);
    expect((await test.post('/images', { image: id })).status).toBe(404);
    expect((await stored()).id).toBe(id);
    expect((await test.ask(`/images/${id}`)).status).toBe(200);
  });

  it.each([
    ['no picture', () => send(Buffer.from('hello'), 'image/png'), 400, 'image-invalid'],
    ['an SVG', () => send(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/png'), 400, 'image-invalid'],
    ['nothing', () => send(new Uint8Array(0), 'image/png'), 400, 'image-invalid'],
    ['a picture that was cut off', () => send(coffee.subarray(0, 20_000), 'image/png'), 400, 'image-invalid'],
    ['60000 x 60000 pixels', () => send(pngOf(60_000, 60_000), 'image/png'), 413, 'image-too-large'],
    ['60000 x 60000 pixels in a form', () => send(formWith(pngOf(60_000, 60_000))), 413, 'image-too-large'],
    [
      'a row more than is allowed',
      () => send(pngOf(2000, 2001, deflateSync(Buffer.alloc(30e6))), 'image/png'),
      413,
      'image-too-large',
    ],
    ['one byte too many', () => send(new Uint8Array(maxImageBytes + 1), 'image/png'), 413, 'request-too-large'],
    ['one byte too many in a form', () => send(formWith(new Uint8Array(maxImageBytes + 1))), 413, 'image-too-large'],
    ['a form without a picture', () => send(new FormData()), 400, 'invalid-input'],
    ['text in place of a form', () => send('x', 'multipart/form-data; boundary=y'), 400, 'invalid-input'],
    ['another type', () => send('x', 'text/plain'), 415, 'invalid-input'],
    ['broken JSON', () => send('{', 'application/json'), 400, 'invalid-input'],
  ])('refuses %s', async (_what, request, status, code) => {
    expect(await problemOf(await request())).toEqual({ status, code });
  });

  it('takes a picture of the largest size allowed', async () => {
    const image = await send(pngOf(2000, 2000, deflateSync(Buffer.alloc(2000 * (1 + 2000 * 3)))), 'image/png');
    expect(image.status).toBe(201);
  });

  it.each([
    '/etc/passwd',
    'file:///etc/passwd',
    '../../etc/passwd',
    'C:\\Windows\\win.ini',
    'coffee.png',
    'photos/coffee.png',
    'ftp://pictures.example/a.png',
    'http:/etc/passwd',
    'mask_00000000000000000000000000000000',
    ' img_00000000000000000000000000000000',
  ])('reads no file and no other scheme: %s', async (image) => {
    expect(await problemOf(await test.post('/images', { image }))).toEqual({ status: 400, code: 'invalid-input' });
  });

  it.each([
    'http://forbidden.example/a.png',
    'http://127.0.0.1/a.png',
    'http://localhost:5432/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://[::ffff:127.0.0.1]/',
    'http://2130706433/',
    'http://0177.0.0.1/',
  ])('does not fetch %s', async (image) => {
    expect(await problemOf(await test.post('/images', { image }))).toEqual({ status: 403, code: 'not-allowed' });
  });

  it("tells of another tenant's picture what it tells of none", async () => {
    const { id } = await stored();
    const theirs = await test.post('/images', { image: id }, { tenant: 'two' });
    const nobodys = await test.post('/images', { image: `img_${'0'.repeat(32)}` }, { tenant: 'two' });
    expect(await wordsOf(theirs)).toEqual(await wordsOf(nobodys));
    expect(theirs.status).toBe(404);
  });

  it('does nothing without a key', async () => {
    expect(await problemOf(await send(coffee, 'image/png', null))).toEqual({ status: 401, code: 'access-denied' });
  });
});

describe('GET /images/:id', () => {
  it('gives the very bytes, to be kept forever and run never', async () => {
    const { id } = await stored();
    const answer = await test.ask(`/images/${id}`);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer()).equals(coffee)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(coffee.length),
      etag: `"${id}"`,
      'cache-control': 'private, max-age=31536000, immutable',
      'content-disposition': `inline; filename="${id}.png"`,
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      'content-security-policy': expect.stringContaining('sandbox'),
    });
    const head = await test.ask(`/images/${id}`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
      200,
      String(coffee.length),
      '',
    ]);
  });

  it('answers 304 to whoever has it', async () => {
    const { id } = await stored();
    for (const tag of [`"${id}"`, `W/"${id}"`, `"other", "${id}"`, '*']) {
      const answer = await test.ask(`/images/${id}`, { headers: { 'if-none-match': tag } });
      expect([answer.status, await answer.text()]).toEqual([304, '']);
    }
    const other = await test.ask(`/images/${id}`, { headers: { 'if-none-match': '"other"' } });
    expect(other.status).toBe(200);
    const theirs = await test.ask(`/images/${id}`, { tenant: 'two', headers: { 'if-none-match': `"${id}"` } });
    expect(theirs.status).toBe(404);
  });

  it('gives parts', async () => {
    const { id } = await stored();
    const part = async (range: string, more: Record<string, string> = {}) => {
      const answer = await test.ask(`/images/${id}`, { headers: { range, ...more } });
      const bytes = Buffer.from(await answer.arrayBuffer());
      return { status: answer.status, of: answer.headers.get('content-range'), bytes };
    };
    const size = coffee.length;
    expect(await part('bytes=0-9')).toEqual({ status: 206, of: `bytes 0-9/${size}`, bytes: coffee.subarray(0, 10) });
    const tail = await part('bytes=-5');
    expect(tail).toEqual({ status: 206, of: `bytes ${size - 5}-${size - 1}/${size}`, bytes: coffee.subarray(-5) });
    const rest = await part(`bytes=${size - 3}-`, { 'if-range': `"${id}"` });
    expect([rest.status, rest.bytes.length]).toEqual([206, 3]);
    expect((await part('bytes=0-9', { 'if-range': '"older"' })).status).toBe(200);
    expect(await part(`bytes=${size}-`)).toMatchObject({ status: 416, of: `bytes */${size}` });
    for (const odd of ['bytes=0-1,5-6', 'bytes=5-1', 'lines=0-1', 'bytes=-'])
      expect((await part(odd)).status).toBe(200);
  });

  it('makes previews that are smaller, and never larger than the picture', async () => {
    const { id } = await stored();
    const preview = async (width: number, accept = 'image/avif,image/webp,*/*') => {
      const answer = await test.ask(`/images/${id}?w=${width}`, { headers: { accept } });
      const image = await decodeImage(new Uint8Array(await answer.arrayBuffer()));
      return { type: answer.headers.get('content-type'), width: image.width, height: image.height, answer };
    };
    const small = await preview(150);
    expect(small).toMatchObject({ type: 'image/webp', width: 150, height: 100 });
    expect(small.answer.headers.get('vary')).toContain('accept');
    expect(await preview(2048)).toMatchObject({ width: 600, height: 400 });
    const jpeg = await preview(150, 'image/jpeg,image/png');
    expect(jpeg).toMatchObject({ type: 'image/jpeg', width: 150 });
    const tags = [small, jpeg].map(({ answer }) => answer.headers.get('etag'));
    expect(new Set([...tags, `"${id}"`]).size).toBe(3);
    const again = await test.ask(`/images/${id}?w=150`, { headers: { 'if-none-match': tags[0] ?? '' } });
    expect(again.status).toBe(304);
    for (const width of ['15', '2049', '1.5', 'x', '-1']) {
      expect(await problemOf(await test.ask(`/images/${id}?w=${width}`))).toEqual({
        status: 400,
        code: 'invalid-input',
      });
    }
  });

  it('is not there for others, nor under other names', async () => {
    const { id } = await stored();
    const wanted = [
      [`/images/${id}`, 'two'],
      [`/images/${id}?w=100`, 'two'],
      [`/images/img_${'0'.repeat(32)}`, 'one'],
      ['/images/..%2F..%2Fetc%2Fpasswd', 'one'],
      [`/images/%2e%2e%2fone%2f${id}`, 'two'],
      [`/images/${id}.png`, 'one'],
      [`/images/${id}%00`, 'one'],
    ] as const;
    for (const [path, tenant] of wanted) {
      expect(await problemOf(await test.ask(path, { tenant })), path).toEqual({ status: 404, code: 'not-found' });
    }
    expect((await test.ask(`/images/${id}`, { tenant: null })).status).toBe(401);
  });

  it('is there for the bearer of a signed URL, until it is altered or too old', async () => {
    const { id, url } = await stored();
    const answer = await test.ask(url, { tenant: null });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(Buffer.from(await answer.arrayBuffer()).equals(coffee)).toBe(true);
    expect((await test.ask(`${url}&w=64`, { tenant: null })).headers.get('content-type')).toBe('image/webp');
    // Somebody else's key does not get in the way of a URL that is good for everybody.
    expect((await test.ask(url, { tenant: 'two' })).status).toBe(200);
    const other = (await jsonOf(await send(await photo('chelsea.png'), 'image/png'))).id;
    const path = (seconds: number) => test.services.signer.imagePath('one', id, { seconds });
    const short = path(1);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const wrong = [
      url.replace('tenant=one', 'tenant=two'),
      url.replace(/expires=\d/, 'expires=9'),
      url.replace(/signature=(.)/, (_, first: string) => `signature=${first === '-' ? 'A' : '-'}`),
      url.replace(id, other),
      short,
      `/images/${id}?signature=`,
    ];
    for (const altered of wrong) {
      expect(await problemOf(await test.ask(altered, { tenant: null })), altered).toEqual({
        status: 401,
        code: 'access-denied',
      });
    }
    expect((await test.ask(url.replace('/images/', '/sessions/'), { tenant: null })).status).not.toBe(200);
  });

  it("keeps each tenant's files apart", async () => {
    const id = (await stored()).id;
    await send(coffee, 'image/png', 'two');
    expect(await readdir(join(test.files, 'one'))).toContain(`${id}.png`);
    expect(await readdir(join(test.files, 'two'))).toEqual([`${id}.png`]);
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    const theirs = await test.ask(`/images/${id}`, { tenant: 'two' });
    expect(hash(new Uint8Array(await theirs.arrayBuffer()))).toBe(hash(coffee));
  });
});
