import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { watchSocket } from '../node/__fixtures__/watch-socket.ts';
import { closeCodes } from '../node/send-events.ts';
import { type AttackedServer, attackedServer, refusal } from './__fixtures__/attacked-server.ts';

let server: AttackedServer;
let image = '';
let job = '';
beforeAll(async () => {
  server = await attackedServer(inject('postgres'), { jobs: { worker: true } });
  const body = new Uint8Array(await server.picture());
  const answer = await server.ask('/images', { method: 'POST', headers: { 'content-type': 'image/png' }, body });
  image = z.object({ id: z.string() }).parse(await answer.json()).id;
  job = await server.invoke({ prompt: 'adjust 1', image, session: 'known' });
  await (await server.ask(`/jobs/${job}/events`)).text();
});
afterAll(() => server.end());

const json = (path: string, body: string) =>
  server.ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
const cursor = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
/** As it can be sent in an address. */
const wellFormed = (text: string): string => Buffer.from(text).toString();
const raw = async (path: string): Promise<{ status: number; body: string }> => {
  const head = [`GET ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close'];
  return server.raw(`${[...head, `Authorization: Bearer ${server.keys.alice}`].join('\r\n')}\r\n\r\n`);
};

describe('a path that climbs', () => {
  const steps = [
    '..',
    '%2e%2e',
    '%2E%2E',
    '.%2e',
    '%252e%252e',
    '..%5c',
    '..\\',
    '..%00',
    '%c0%ae%c0%ae',
    '....//',
    '..;',
  ];
  const places = ['/images/', '/jobs/', '/sessions/', '/chat/', '/docs/', '/ws/', '//'];

  it.each(steps)('by %s leads to no file', async (step) => {
    for (const place of places)
      for (const slash of ['/', '%2f', '%5c', '%252f']) {
        const path = `${place}${Array(6).fill(step).join(slash)}${slash}etc${slash}passwd`;
        const { status, body } = await raw(path);
        expect(status, path).toBeGreaterThanOrEqual(400);
        expect(status, path).toBeLessThan(500);
        expect(body).not.toContain('root:');
      }
  });

  it.each(['../known', '..', '.', './known', 'known/../known', 'known\0', 'a/b', 'a\\b', '-', '~', 'con'])(
    'names no session: %j',
    async (id) => {
      const branch = await server.ask('/sessions/known/branch', { json: { id } });
      const invoked = await server.ask('/agent/invoke', { json: { prompt: 'adjust 1', session: id } });
      const plain = /^[\w-]+$/.test(id);
      expect([branch.status, invoked.status]).toEqual(plain ? [201, 202] : [400, 400]);
    },
  );

  it('names no file by what an uploaded one is called', async () => {
    for (const name of [
      '../../../../tmp/atelier-was-here.png',
      '..\\a.png',
      '/etc/passwd',
      'a\0.png',
      'a"\r\nX: y.png',
    ]) {
      const form = new FormData();
      form.set('image', new File([new Uint8Array(await server.picture())], name, { type: 'image/png' }));
      const answer = await server.ask('/images', { method: 'POST', body: form });
      expect(answer.status).toBe(201);
      expect(await answer.json()).toMatchObject({ id: image });
      expect(answer.headers.get('location')).toBe(`/images/${image}`);
    }
  });
});

describe('text that Postgres does not store', () => {
  const bad = ['a\0b', '\ud800', 'a\udfffb', '\0'];
  const chat = (text: string, id = 'chat') => ({
    id,
    messages: [{ id: 'message', role: 'user', parts: [{ type: 'text', text }] }],
  });
  it.each<[string, (text: string) => Promise<Response>]>([
    ['a prompt', (prompt) => server.ask('/agent/invoke', { json: { prompt } })],
    ['a session', (session) => server.ask('/agent/invoke', { json: { prompt: 'a', session } })],
    ['a phrase', (phrase) => server.ask('/agent/invoke', { json: { prompt: 'a', protect: [{ phrase }] } })],
    ['an image', (text) => server.ask('/agent/invoke', { json: { prompt: 'a', image: text } })],
    ['a chat', (text) => server.ask('/chat', { json: chat(text) })],
    ["a chat's id", (id) => server.ask('/chat', { json: chat('a', id) })],
    ['a question', (question) => server.ask(`/jobs/${job}/answer`, { json: { question, choice: 1 } })],
    ['a reason', (reason) => server.ask(`/jobs/${job}/answer`, { json: { question: 'q', approved: false, reason } })],
    ['a branch', (id) => server.ask('/sessions/known/branch', { json: { id } })],
    ['a cursor', (text) => server.ask(`/jobs?cursor=${cursor('2026-01-01 00:00:00+00', text)}`)],
    ['a filter', (text) => server.ask(`/jobs?session=${encodeURIComponent(wellFormed(text))}\0`)],
  ])('%s with it is refused', async (_what, send) => {
    for (const text of bad) {
      const { status, code } = await refusal(send(text));
      expect({ text, status }).toEqual({ text, status: 400 });
      expect(['invalid-input', 'image-invalid']).toContain(code);
    }
  });

  it.each<[string, (text: string) => Promise<Response>]>([
    ['an edit', (edit) => server.ask('/sessions/known/goto', { json: { edit } })],
    ['an undo', (edit) => server.ask('/sessions/known/undo', { json: { edit } })],
    ['a place to branch at', (at) => server.ask('/sessions/known/branch', { json: { at } })],
    ['a picture', (text) => server.ask(`/images/${encodeURIComponent(wellFormed(text))}`)],
    ['a session', (text) => server.ask(`/sessions/${encodeURIComponent(wellFormed(text))}`)],
  ])('%s of that name is not there', async (_what, send) => {
    for (const text of bad) expect([400, 404]).toContain((await refusal(send(text))).status);
  });

  it('a form with it is refused', async () => {
    for (const text of ['a\0b', '\0']) {
      const form = new FormData();
      form.set('prompt', text);
      expect((await refusal(server.ask('/agent/invoke', { method: 'POST', body: form }))).status).toBe(400);
    }
  });
});

describe('a cursor that no page ended with', () => {
  it.each([
    cursor('9999-99-99 99:99:99+99', 'job_1'),
    cursor('2026-02-30 00:00:00+00', 'job_1'),
    cursor('0000-01-01 00:00:00+00', 'job_1'),
    cursor('2026-01-01 24:00:00+00', 'job_1'),
    cursor("2026-01-01 00:00:00+00'; DROP TABLE atelier.jobs; --", 'job_1'),
    cursor('infinity', 'job_1'),
    cursor('2026-01-01 00:00:00+00'),
    cursor({ toString: 1 }, []),
    'null',
    '%FF',
  ])('%s is refused', async (text) => {
    expect(await refusal(server.ask(`/jobs?cursor=${text}`))).toMatchObject({ status: 400, code: 'invalid-input' });
  });
});

describe('numbers', () => {
  it.each([
    '/jobs?limit=1e309',
    '/jobs?limit=-1',
    '/jobs?limit=99999999999999999999',
    '/jobs?limit=0.5',
    '/jobs?limit=NaN',
    '/jobs?limit=1;DROP TABLE',
    ...['1e309', '-1', '2147483648', '9'.repeat(400)].map((after) => `/jobs/JOB/events?after=${after}`),
    ...['0', '2049', '1e9', 'Infinity', '16.5'].map((width) => `/images/IMAGE?w=${width}`),
  ])('%s is refused', async (path) => {
    const answer = server.ask(path.replace('JOB', job).replace('IMAGE', image));
    expect(await refusal(answer)).toMatchObject({ status: 400, code: 'invalid-input' });
  });

  it.each([
    '{"prompt":"a","maxSteps":1e309}',
    '{"prompt":"a","maxSteps":-0.5}',
    `{"prompt":"a","deadlineSeconds":${'9'.repeat(400)}}`,
    '{"prompt":"a","protect":[{"x":1e308,"y":1e308,"width":1e308,"height":1e308}]}',
    '{"prompt":"a","protect":[{"size":[99999,99999],"counts":""}]}x',
  ])('%s is refused', async (body) => {
    expect(await refusal(json('/agent/invoke', body))).toMatchObject({ status: 400, code: 'invalid-input' });
  });

  it.each(['2147483648', '999999999999999', '2147483647'])('a seq of %s ends a finished job at once', async (after) => {
    const headers = { authorization: `Bearer ${server.keys.alice}` };
    const socket = watchSocket(`${server.webSocketUrl}/ws/${job}?after=${after}`, { headers });
    expect(await socket.ended).toBe(closeCodes.done);
    expect(socket.messages).toEqual([]);
  });

  it('a seq that was never given does not hide what comes', async () => {
    const waiting = await server.invoke({ prompt: 'adjust 1', image, approve: 'edits' });
    const headers = { authorization: `Bearer ${server.keys.alice}` };
    const socket = watchSocket(`${server.webSocketUrl}/ws/${waiting}?after=2000000000`, { headers });
    await new Promise((resolve) => socket.client.once('open', resolve));
    await server.ask(`/jobs/${waiting}/cancel`, { method: 'POST' });
    expect(await socket.ended).toBe(closeCodes.done);
    expect(socket.messages.at(-1)).toMatchObject({ status: 'cancelled' });
  });
});

describe('names that mean something to JavaScript', () => {
  const polluted = (): unknown => Reflect.get({}, 'polluted');
  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    '%s is a name like others',
    async (name) => {
      const inner = `{"polluted":1,"prototype":{"polluted":1}}`;
      const bodies: readonly [string, string][] = [
        ['/agent/invoke', `{"prompt":"adjust 1","${name}":${inner}}`],
        ['/vision/adjust', `{"image":"${image}","operation":"${name}","parameters":{}}`],
        [
          '/vision/adjust',
          `{"image":"${image}","operation":"brighten","region":"everything","parameters":{"amount":0.2,"${name}":${inner}}}`,
        ],
        ['/sessions/known/undo', `{"${name}":${inner}}`],
        ['/images', `{"image":"${image}","${name}":${inner}}`],
      ];
      for (const [path, body] of bodies) expect((await json(path, body)).status, path).toBeLessThan(500);
      for (const path of [`/images/${name}`, `/sessions/${name}`, `/jobs/${name}`, `/jobs?${name}=1`, `/${name}`])
        expect((await server.ask(path)).status, path).toBeLessThan(500);
      const form = new FormData();
      form.set('prompt', 'adjust 1');
      form.set(name, 'x');
      expect((await server.ask('/agent/invoke', { method: 'POST', body: form })).status).toBe(400);
      expect(polluted()).toBeUndefined();
    },
  );
});

describe('headers', () => {
  it('that would end a line are not headers', async () => {
    const head = ['POST /agent/invoke HTTP/1.1', 'Host: localhost', 'Connection: close', 'Content-Length: 0'];
    const auth = `Authorization: Bearer ${server.keys.alice}`;
    for (const value of ['a\rX-Evil: 1', 'a\nX-Evil: 1', 'a\0b', 'a\x7fb', '\x01'])
      for (const name of ['Idempotency-Key', 'X-Request-Id', 'Last-Event-ID', 'Origin']) {
        const answer = await server.raw(`${[...head, auth, `${name}: ${value}`].join('\r\n')}\r\n\r\n`);
        expect([400, 403, 415], `${name} ${JSON.stringify(value)}`).toContain(answer.status);
        expect(answer.head).not.toMatch(/x-evil/i);
      }
  });

  it.each(['a b', 'x'.repeat(256), 'ä', 'a\tb', ''])('an Idempotency-Key of %j is refused', async (key) => {
    const answer = server.ask('/agent/invoke', { json: { prompt: 'a' }, headers: { 'idempotency-key': key } });
    expect(await refusal(answer)).toMatchObject({ status: 400, code: 'invalid-input' });
  });

  it.each(['<script>alert(1)</script>', '"}\\n{"level":60', 'x'.repeat(500), '../../x', '%0d%0aX-Evil:1'])(
    'an X-Request-Id of %j goes nowhere',
    async (given) => {
      const answer = await server.ask('/jobs', { headers: { 'x-request-id': given } });
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(server.log()).not.toContain(given);
    },
  );

  it('of 100 kilobytes, or ten thousand, are refused in the form of all refusals', async () => {
    const line = 'GET /jobs HTTP/1.1\r\nHost: localhost\r\n';
    for (const headers of [`X-A: ${'a'.repeat(100_000)}\r\n`, 'X-A: a\r\n'.repeat(10_000)]) {
      const { status, body } = await server.raw(`${line}${headers}\r\n`);
      expect(status).toBe(431);
      expect(JSON.parse(body)).toMatchObject({ error: { code: 'request-too-large', requestId: expect.any(String) } });
    }
    await server.serves();
  });

  it('that say two lengths are refused: nobody reads a second request out of the first', async () => {
    const inner = 'GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n';
    for (const lengths of [
      'Content-Length: 0\r\nTransfer-Encoding: chunked',
      'Content-Length: 0\r\nContent-Length: 44',
      'Transfer-Encoding: chunked, identity',
      'Transfer-Encoding : chunked',
      'Content-Length: +5',
    ]) {
      const { status, body } = await server.raw(
        `POST /images HTTP/1.1\r\nHost: localhost\r\n${lengths}\r\n\r\n${inner}`,
      );
      expect(status, lengths).toBe(400);
      expect(body).not.toContain('atelier_');
    }
  });
});
