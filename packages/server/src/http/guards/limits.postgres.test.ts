import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { serve } from '../../node/serve.ts';
import { problem, type TestApp, testApp } from '../__fixtures__/test-app.ts';

const mebibyte = 1024 * 1024;
let test: TestApp;

beforeAll(async () => {
  test = await testApp(inject('postgres'), { limits: { bodySeconds: 0.3, requestsPerMinute: 200 } });
});
afterAll(() => test.end());

/** Bytes in pieces, so that nothing tells how many will come. */
function pieces(bytes: number): ReadableStream<Uint8Array> {
  let left = bytes;
  return new ReadableStream({
    pull(controller) {
      if (left === 0) return controller.close();
      const size = Math.min(left, 256 * 1024);
      left -= size;
      controller.enqueue(new Uint8Array(size).fill(32));
    },
  });
}

describe('the size of a body', () => {
  it.each([
    ['image/png', 10 * mebibyte],
    ['image/jpeg', 10 * mebibyte],
    ['multipart/form-data; boundary=x', Math.ceil((10 * mebibyte * 4) / 3) + mebibyte],
    ['application/json', 20 * mebibyte],
  ])('of %s ends at %i bytes, told or not', async (type, most) => {
    const send = (body: NonNullable<RequestInit['body']>) =>
      test.call('/images', { method: 'POST', headers: { 'content-type': type }, body, duplex: 'half' });
    expect(await problem(await send(pieces(most + 1)))).toMatchObject({ status: 413, code: 'request-too-large' });
    expect(await problem(await send(new Uint8Array(most + 1)))).toMatchObject({ status: 413 });
    // One byte less is read, and refused for what it is.
    expect(await problem(await send(pieces(most)))).toMatchObject({ status: 400 });
  });

  it('has room for the data URL of the largest file, also in a form', async () => {
    const bytes = Buffer.alloc(10 * mebibyte);
    const image = `data:image/png;base64,${bytes.toString('base64')}`;
    const form = new FormData();
    form.set('image', image);
    const refused = { status: 400, code: 'image-invalid' };
    expect(await problem(await test.call('/images', { method: 'POST', body: form }))).toMatchObject(refused);
    expect(await problem(await test.call('/images', { json: { image } }))).toMatchObject(refused);
  });

  it('is believed where it is told, before anything comes', async () => {
    const headers = { 'content-type': 'image/png', 'content-length': String(10 * mebibyte + 1) };
    const never = new ReadableStream({ pull: () => new Promise(() => {}) });
    const response = await test.call('/images', { method: 'POST', headers, body: never, duplex: 'half' });
    expect(response.status).toBe(413);
  });
});

describe('over a real connection', () => {
  it('too long a body gets its 413, although the caller is still sending', async () => {
    const own = await testApp(inject('postgres'));
    const server = await serve(own.app, { port: 0 });
    try {
      const socket = connect(server.port, '127.0.0.1');
      const answer = text(socket);
      const head = `POST /images HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${own.keys.alice}\r\nContent-Type: image/png`;
      socket.write(`${head}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`);
      const chunk = `40000\r\n${'a'.repeat(0x40000)}\r\n`;
      for (let i = 0; i < 60; i++) socket.write(chunk);
      socket.write('0\r\n\r\n');
      expect(await answer).toMatch(/^HTTP\/1.1 413 .*"code":"request-too-large"/s);
    } finally {
      await server.close({ graceSeconds: 0 });
      await own.end();
    }
  });
});

describe('the body', () => {
  it('must come in time', async () => {
    let cancelled = false;
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(10)),
      pull: () => new Promise(() => {}),
      cancel: () => {
        cancelled = true;
      },
    });
    const start = performance.now();
    const headers = { 'content-type': 'image/png' };
    const response = await test.call('/images', { method: 'POST', headers, body, duplex: 'half' });
    expect(await problem(response)).toMatchObject({ status: 408, code: 'timed-out' });
    expect(performance.now() - start).toBeLessThan(3000);
    await vi.waitFor(() => expect(cancelled).toBe(true), 3000);
  });

  it('must not drip in for ever', async () => {
    const body = new ReadableStream({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        controller.enqueue(new Uint8Array(1));
      },
    });
    const headers = { 'content-type': 'image/png' };
    expect((await test.call('/images', { method: 'POST', headers, body, duplex: 'half' })).status).toBe(408);
  });

  it.each([
    ['text/plain', '{"prompt":"x"}', 415],
    ['application/json', '{"prompt":', 400],
    ['application/json', '', 400],
    ['multipart/form-data', 'x', 400],
  ])('of type %s that is %j is refused with %i', async (type, body, status) => {
    const response = await test.call('/agent/invoke', { method: 'POST', headers: { 'content-type': type }, body });
    expect(await problem(response)).toMatchObject({ status, code: 'invalid-input' });
  });

  it('is not taken compressed', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect((await test.call('/agent/invoke', { method: 'POST', headers, body: 'x' })).status).toBe(415);
  });
});

describe('requests of one caller', () => {
  it('are limited; those that start work count as five', async () => {
    const small = await testApp(inject('postgres'), { limits: { requestsPerMinute: 12 } });
    try {
      expect((await small.call('/agent/invoke', { json: { prompt: 'one' } })).status).toBe(202);
      expect((await small.call('/agent/invoke', { json: { prompt: 'two' } })).status).toBe(202);
      expect((await small.call('/jobs')).status).toBe(200);
      const refused = await small.call('/agent/invoke', { json: { prompt: 'three' } });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await problem(refused)).toMatchObject({
        status: 429,
        code: 'rate-limited',
        details: { retryAfterSeconds: expect.any(Number) },
      });
      expect((await small.call('/jobs', { as: 'bob' })).status).toBe(200);
      expect((await small.call('/healthz', { as: null })).status).toBe(200);
    } finally {
      await small.end();
    }
  });
});
