import { deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { chunk, pngOf } from '../images/__fixtures__/png.ts';
import { type AttackedServer, attackedServer, refusal } from './__fixtures__/attacked-server.ts';

const mebibyte = 1024 * 1024;
const most = 10 * mebibyte;
let server: AttackedServer;
beforeAll(async () => {
  server = await attackedServer(inject('postgres'));
});
afterAll(() => server.end());

const post = (path: string, type: string, body: NonNullable<RequestInit['body']>) =>
  server.ask(path, { method: 'POST', headers: { 'content-type': type }, body, duplex: 'half' });
const upload = (body: NonNullable<RequestInit['body']>) => post('/images', 'image/png', body);
const dataUrl = (bytes: Uint8Array): string => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
const file = (bytes: Uint8Array<ArrayBuffer>, name = 'a.png'): FormData => {
  const form = new FormData();
  form.set('image', new File([bytes], name, { type: 'image/png' }));
  form.set('prompt', 'adjust 1');
  return form;
};

/** In pieces, so that no length is told. */
function pieces(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + 512 * 1024));
      at += 512 * 1024;
    },
  });
}

describe('ten megabytes and a byte', () => {
  const tooMuch = new Uint8Array(most + 1);
  it.each<[string, () => Promise<Response>]>([
    ['as they are', () => upload(tooMuch)],
    ['without a length', () => upload(pieces(tooMuch))],
    ['in a form', () => server.ask('/agent/invoke', { method: 'POST', body: file(tooMuch) })],
    ['in a data URL', () => server.ask('/agent/invoke', { json: { prompt: 'a', image: dataUrl(tooMuch) } })],
    [
      'in a data URL in a form',
      () => {
        const form = new FormData();
        form.set('image', dataUrl(tooMuch));
        return server.ask('/vision/detect', { method: 'POST', body: form });
      },
    ],
    ['in a data URL in a call', () => server.ask('/vision/detect', { json: { image: dataUrl(tooMuch) } })],
  ])('are too many: %s', async (_way, send) => {
    expect((await refusal(send())).status).toBe(413);
    await server.serves();
  });

  it('of which one is missing are read, and refused for what they are', async () => {
    expect(await refusal(upload(new Uint8Array(most)))).toMatchObject({ status: 400, code: 'image-invalid' });
  });

  it('are refused before they are sent', async () => {
    const head = ['POST /images HTTP/1.1', 'Host: localhost', 'Content-Type: image/png', `Content-Length: ${most + 1}`];
    const answer = await server.raw(
      `${[...head, `Authorization: Bearer ${server.keys.alice}`].join('\r\n')}\r\n\r\nabc`,
      5000,
    );
    expect(answer.status).toBe(413);
  });

  it('are not read for those who may not send them', async () => {
    const head = ['POST /images HTTP/1.1', 'Host: localhost', 'Content-Type: image/png', 'Content-Length: 5000000'];
    const start = performance.now();
    const socket = await server.raw(`${[...head, 'Connection: close'].join('\r\n')}\r\n\r\nabc`, 5000);
    expect(socket.status).toBe(401);
    expect(performance.now() - start).toBeLessThan(4000);
  });
});

describe('a picture that unpacks to more than it is', () => {
  it('of 60,000 x 60,000 pixels is refused by its header', async () => {
    const bytes = pngOf(60_000, 60_000);
    for (const send of [
      () => upload(bytes),
      () => server.ask('/agent/invoke', { method: 'POST', body: file(bytes) }),
      () => server.ask('/vision/detect', { json: { image: dataUrl(bytes) } }),
    ]) {
      const start = performance.now();
      expect(await refusal(send())).toMatchObject({ status: 413, code: 'image-too-large' });
      expect(performance.now() - start).toBeLessThan(1000);
    }
  });

  it.each([
    ['of 2^31 - 1 pixels a side', pngOf(0x7fffffff, 0x7fffffff)],
    ['of no pixels', pngOf(0, 0)],
    ['with fewer rows than it says', pngOf(7000, 7000)],
  ])('%s is refused', async (_what, bytes) => {
    expect([400, 413]).toContain((await refusal(upload(bytes))).status);
  });

  it.each<[string, () => Uint8Array<ArrayBuffer>]>([
    ['more rows than it says', () => pngOf(64, 64, deflateSync(Buffer.alloc(256 * mebibyte)))],
    ['a colour profile of 256 megabytes', () => withChunk('iCCP', Buffer.from('x\0\0'), 256)],
    ['a text of 256 megabytes', () => withChunk('zTXt', Buffer.from('x\0\0'), 256)],
  ])('with %s costs no memory', async (_what, make) => {
    const bytes = make();
    const before = process.memoryUsage().rss;
    let peak = before;
    const watching = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 2);
    const answer = await upload(bytes);
    clearInterval(watching);
    expect([201, 400, 413]).toContain(answer.status);
    await answer.body?.cancel();
    expect(peak - before).toBeLessThan(150 * mebibyte);
  });

  it('as a compressed body is not unpacked', async () => {
    const answer = server.ask('/images', {
      method: 'POST',
      headers: { 'content-type': 'image/png', 'content-encoding': 'gzip' },
      body: new Uint8Array(gzipSync(Buffer.alloc(100 * mebibyte))),
    });
    expect(await refusal(answer)).toMatchObject({ status: 415 });
  });
});

/** A small picture with a chunk that stands for so many megabytes of zeros. */
function withChunk(type: string, head: Buffer, megabytes: number): Uint8Array<ArrayBuffer> {
  const png = Buffer.from(pngOf(16, 16, deflateSync(Buffer.alloc(16 * 49))));
  const afterHeader = 8 + 25;
  const bomb = chunk(type, Buffer.concat([head, deflateSync(Buffer.alloc(megabytes * mebibyte))]));
  return new Uint8Array(Buffer.concat([png.subarray(0, afterHeader), bomb, png.subarray(afterHeader)]));
}

describe('a form of very many parts', () => {
  const parts = (boundary: string, count: number): string => {
    const names = Array.from({ length: count }, (_, at) => at);
    const head = `--${boundary}\r\nContent-Disposition: form-data; name=`;
    return `${names.map((name) => `${head}"${name}"\r\n\r\n\r\n`).join('')}--${boundary}--\r\n`;
  };

  it.each([
    ['a plain boundary', 'multipart/form-data; boundary=real', 'real'],
    ['another boundary inside of a quotation', 'multipart/form-data; x="; boundary=other"; boundary=real', 'real'],
    ['a boundary with an escape', String.raw`multipart/form-data; boundary="re\al"`, 'real'],
    ['two boundaries', 'multipart/form-data; boundary=real; boundary=other', 'real'],
  ])('is not parsed: %s', async (_what, type, boundary) => {
    for (const path of ['/agent/invoke', '/vision/detect']) {
      const { status, message } = await refusal(post(path, type, parts(boundary, 5000)));
      expect([400, 415]).toContain(status);
      // Each of these says that the form was not even taken apart.
      expect(message).toMatch(/more than 32 parts|cannot be read|with a boundary|does not take/);
    }
  });
});

describe('JSON that is small and means much', () => {
  const send = (path: string, body: string) => post(path, 'application/json', body);

  it.each(['/agent/invoke', '/chat', '/vision/adjust', '/vision/generate', '/images', '/sessions/a/undo'])(
    'is not parsed at %s',
    async (path) => {
      const start = performance.now();
      for (const body of ['['.repeat(100_000), `${'['.repeat(100_000)}${']'.repeat(100_000)}`, '{"a":'.repeat(100_000)])
        expect(await refusal(send(path, body))).toMatchObject({ status: 400, code: 'invalid-input' });
      for (const body of ['['.repeat(19 * mebibyte), `[${'[],'.repeat(6 * mebibyte)}[]]`])
        expect(await refusal(send(path, body))).toMatchObject({
          status: 400,
          message: expect.stringMatching(/more than/),
        });
      expect(performance.now() - start).toBeLessThan(3000);
    },
  );

  it('of strings with brackets is what it was', async () => {
    const prompt = `adjust 1 ${'[{"\\'.repeat(500)}`;
    expect((await server.ask('/agent/invoke', { json: { prompt } })).status).toBe(202);
  });
});
