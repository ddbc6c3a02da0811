import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { local, planner } from '@atelier/local';
import { atelier, fileAssetStore, type StoredEvent } from '@atelier/sdk';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { type FreshDatabase, freshDatabase } from '../__fixtures__/fresh-database.ts';
import { type AgentApp, createAgentApp } from '../agent-app.ts';
import { createApiKey } from '../auth/api-keys.ts';
import type { AgentOptions } from '../options.ts';
import { watchSocket } from './__fixtures__/watch-socket.ts';
import { claimPort } from './claim-port.ts';
import { closeCodes, sendEvents } from './send-events.ts';
import { type RunningServer, serve } from './serve.ts';

/** Eight by eight pixels. */
const picture =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAgMAAAC5YVYYAAAADFBMVEWLi1qLLFosi1osLFqCBsCYAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAG0lEQVQImWP4H8rw/yoDiAxlWMXAsKoBTDIAAH9QCPkh8l3PAAAAAElFTkSuQmCC';

const ticketSchema = z.object({ webSocket: z.string() });
const acceptedSchema = z.object({
  job_id: z.string(),
  urls: z.object({ self: z.string(), events: z.string(), webSocket: z.string() }),
});

let fresh: FreshDatabase;
let folder = '';
const backend = local();
const opened: { close(options?: { graceSeconds?: number }): Promise<void> }[] = [];

beforeAll(async () => {
  fresh = await freshDatabase(inject('postgres'));
  folder = await mkdtemp(join(tmpdir(), 'atelier-serve-'));
});
afterAll(async () => {
  for (const { close } of opened.reverse()) await close({ graceSeconds: 0 });
  await backend.close?.();
  await fresh.drop();
  await rm(folder, { recursive: true, force: true });
});

function openApp(options: Partial<AgentOptions> = {}): AgentApp {
  const studio = atelier({ backends: [backend], brain: planner() });
  const app = createAgentApp(studio, {
    databaseUrl: fresh.url,
    assets: fileAssetStore(join(folder, 'assets')),
    auth: { open: true },
    jobs: { worker: false },
    ...options,
  });
  opened.push(app);
  return app;
}

async function start(options: Partial<AgentOptions> = {}): Promise<RunningServer> {
  const server = await serve(openApp(options), { port: 0 });
  opened.push(server);
  return server;
}

async function invoke({ url }: RunningServer, key?: string) {
  const response = await fetch(`${url}/agent/invoke`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
    body: JSON.stringify({ prompt: 'make the picture brighter', image: picture }),
  });
  expect(response.status).toBe(202);
  const { job_id: id, urls } = acceptedSchema.parse(await response.json());
  return { id, urls };
}

/** What a server answers to bytes, until it closes the connection. */
async function rawAnswer({ port }: RunningServer, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

describe('an open server', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await start({ limits: { bodySeconds: 1 } });
  });

  it('sends what happens, answers pings, and goes on after a seq until the last event', async () => {
    const { urls } = await invoke(server);
    const early = watchSocket(urls.webSocket);
    await early.arrived(1);
    expect(early.messages[0]).toMatchObject({ seq: 1, status: 'queued' });
    early.client.send('{"type":"ping"}');
    early.client.send('not JSON');
    await early.arrived(2);
    expect(early.messages[1]).toEqual({ type: 'pong' });

    const worker = openApp({ jobs: { worker: true } });
    await worker.ready();
    expect(await early.ended).toBe(closeCodes.done);
    const stored = early.messages.filter(({ seq }) => seq !== undefined);
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, at) => at + 1));
    expect(stored.at(-1)).toMatchObject({ status: 'success', verified: true });
    const image = await fetch(String(stored.at(-1)?.output_image_url));
    expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/png']);

    const late = watchSocket(`${urls.webSocket}?after=2`);
    expect(await late.ended).toBe(closeCodes.done);
    expect(late.messages.map(({ seq }) => seq)).toEqual(stored.slice(2).map(({ seq }) => seq));
    const stream = await (await fetch(urls.events)).text();
    const data = stream.match(/(?<=^data: ).*/gm) ?? [];
    // The signatures of URLs are of the second in which they were made.
    const seqs = data.map((line): unknown => JSON.parse(line).seq);
    expect(seqs).toEqual(stored.map(({ seq }) => seq));
    await worker.close({ graceSeconds: 0 });
  });

  it.each<[string, (job: string) => string, Record<string, string>, number]>([
    ['a page of another origin', (job) => `/ws/${job}`, { origin: 'https://evil.example' }, 403],
    ['another name (DNS rebinding)', (job) => `/ws/${job}`, { host: 'evil.example' }, 421],
    ['another path', () => '/elsewhere', {}, 404],
    ['a seq that is none', (job) => `/ws/${job}?after=-1`, {}, 400],
    ['a job that is not there', () => '/ws/job_00000000000000000000000000000000', {}, closeCodes.notFound],
    ['a ticket that was made up', (job) => `/ws/${job}?ticket=a.b`, {}, closeCodes.accessDenied],
    ['what a proxy hands on', (job) => `/ws/${job}`, { 'x-forwarded-for': '203.0.113.7' }, closeCodes.accessDenied],
    ['a key that was made up', (job) => `/ws/${job}`, { authorization: 'Bearer atl_x' }, closeCodes.accessDenied],
  ])('refuses %s', async (_what, path, headers, expected) => {
    const { id } = await invoke(server);
    const socket = watchSocket(`${server.url.replace('http', 'ws')}${path(id)}`, { headers });
    expect(await socket.ended).toBe(expected);
    expect(socket.messages).toEqual([]);
  });

  it('lets pages of its own in', async () => {
    const { urls } = await invoke(server);
    const socket = watchSocket(urls.webSocket, { headers: { origin: server.url } });
    await socket.arrived(1);
    socket.client.close();
  });

  it('cuts off a client that talks too much', async () => {
    const { urls } = await invoke(server);
    const large = watchSocket(urls.webSocket);
    await large.arrived(1);
    large.client.send('x'.repeat(2000));
    expect(await large.ended).toBe(1009);
    const many = watchSocket(urls.webSocket);
    await many.arrived(1);
    for (let message = 0; message < 150; message++) many.client.send('x');
    expect(await many.ended).toBe(closeCodes.tooMuch);
  });

  it('does not wait for headers or bodies that trickle in, nor read what is no request', async () => {
    const head = 'POST /agent/invoke HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
    const [headers, body, nonsense] = await Promise.all([
      rawAnswer(server, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A'),
      rawAnswer(server, `${head}Content-Length: 100\r\n\r\n{"prompt"`),
      rawAnswer(server, 'GET /healthz HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'),
    ]);
    expect(headers).toMatch(/^HTTP\/1\.1 408 /);
    expect(body).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"timed-out"/);
    expect(nonsense).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"invalid-input"/);
  });

  it('tells the app who calls: metrics are for this machine', async () => {
    expect((await fetch(`${server.url}/metrics`)).status).toBe(200);
  });

  it('says that the port is taken', async () => {
    await expect(serve(openApp(), { port: server.port })).rejects.toMatchObject({
      code: 'conflict',
      message: `Port ${server.port} of 127.0.0.1 is in use by another program.`,
    });
  });
});

describe('the start of a server', () => {
  /** What leads to the tests' Postgres once it is let through, and counts who came. */
  async function gate() {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    let visitors = 0;
    const target = new URL(fresh.url);
    const server = createTcpServer(async (near) => {
      visitors += 1;
      near.on('error', () => near.destroy());
      await opened;
      const far = connect(Number(target.port), target.hostname);
      far.on('error', () => near.destroy());
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A TCP server has an address of this kind, never the path of a pipe.
    const { port } = server.address() as AddressInfo;
    const databaseUrl = Object.assign(new URL(target), { hostname: '127.0.0.1', port: String(port) }).href;
    opened.finally(() => server.close());
    return { databaseUrl, open, visitors: () => visitors };
  }

  it('answers 503 until it is ready, and lives', async () => {
    const { databaseUrl, open } = await gate();
    const claimed = await claimPort({ port: 0 });
    const starting = serve(openApp({ databaseUrl }), { claimed });
    const early = await fetch(`${claimed.url}/agent/invoke`, { method: 'POST', body: 'x'.repeat(100_000) });
    expect([early.status, early.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await early.json()).toMatchObject({ error: { code: 'server-unavailable', requestId: expect.any(String) } });
    const [healthy, ready] = await Promise.all([fetch(`${claimed.url}/healthz`), fetch(`${claimed.url}/readyz`)]);
    expect([healthy.status, ready.status]).toEqual([200, 503]);
    expect(await ready.json()).toEqual({ status: 'not-ready', missing: ['The server is starting.'] });
    expect(await watchSocket(`${claimed.url.replace('http', 'ws')}/ws/job_1`).ended).toBe(503);
    open();
    const server = await starting;
    opened.push(server);
    expect(server.url).toBe(claimed.url);
    expect((await fetch(`${server.url}/jobs`)).status).toBe(200);
  });

  it('tells a taken port before anybody has knocked at the database', async () => {
    const { databaseUrl, open, visitors } = await gate();
    const taken = await claimPort({ port: 0 });
    await expect(serve(openApp({ databaseUrl }), { port: taken.port })).rejects.toMatchObject({ code: 'conflict' });
    expect(visitors()).toBe(0);
    open();
    await taken.close();
  });

  it('lets the port go where the database cannot be opened', async () => {
    const claimed = await claimPort({ port: 0 });
    const databaseUrl = 'postgres://127.0.0.1:1/none';
    await expect(serve(openApp({ databaseUrl }), { claimed })).rejects.toMatchObject({ code: 'server-unavailable' });
    await (await claimPort({ port: claimed.port })).close();
  });

  it('keeps from callers which database it is', async () => {
    const app = openApp({ databaseUrl: 'postgres://me:s3cret@db.invalid:5432/none' });
    await expect(app.ready()).rejects.toMatchObject({ message: expect.stringContaining('me@db.invalid:5432/none') });
    const response = await app.fetch(new Request('http://localhost/jobs'));
    expect(response.status).toBe(503);
    expect(await response.text()).not.toMatch(/invalid|none|s3cret|me@/);
  });
});

describe('the end of a server', () => {
  it('ends streams in order and tells WebSockets that it goes', async () => {
    const server = await start();
    const { urls } = await invoke(server);
    const socket = watchSocket(urls.webSocket);
    const reader = (await fetch(urls.events)).body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('"status":"queued"')) text += (await reader?.read())?.value ?? '';
    await socket.arrived(1);
    const closed = server.close({ graceSeconds: 5 });
    const began = performance.now();
    expect(await socket.ended).toBe(closeCodes.goingAway);
    // Without the end that belongs to it, reading to the end would fail.
    expect(await reader?.read()).toMatchObject({ done: true });
    await closed;
    expect(performance.now() - began).toBeLessThan(3000);
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed');
    await server.close();
  });
});

describe('a slow reader', () => {
  it('is cut off, and what waits for it is bounded', async () => {
    const services = await openApp().services();
    const { id: job } = await invoke(await start());
    let sent = 0;
    const events = async function* (): AsyncGenerator<StoredEvent> {
      for (let seq = 1; ; seq++) {
        sent = seq;
        const head = { at: '', stage: 'plan', progress: 0, message: 'x'.repeat(1000) } as const;
        yield { ...head, seq, status: 'queued' };
      }
    };
    const server = createServer();
    const sockets = new WebSocketServer({ server });
    let most = 0;
    sockets.on('connection', (client) => {
      const watching = setInterval(() => {
        most = Math.max(most, client.bufferedAmount);
      }, 5);
      client.on('close', () => clearInterval(watching));
      const caller = { tenant: 'default', job, after: 0, origin: '' };
      void sendEvents({ ...services, jobs: { ...services.jobs, events } }, client, caller, 300);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const socket = watchSocket(`ws://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
    await socket.arrived(1);
    socket.client.pause();
    const [client] = sockets.clients;
    if (client) await once(client, 'close');
    expect(sent).toBeGreaterThan(100);
    expect(most).toBeLessThan(512 * 1024);
    socket.client.terminate();
    await new Promise((resolve) => server.close(resolve));
  });
});

// Last: from the first key on, nobody is let in without.
describe('a server with keys', () => {
  it('takes a key or a ticket, and shows nobody what belongs to others', async () => {
    const server = await start();
    const { key } = await createApiKey(fresh.database, { tenant: 'one', name: 'one' });
    const other = await createApiKey(fresh.database, { tenant: 'two', name: 'two' });
    const { id, urls } = await invoke(server, key);
    const authorization = `Bearer ${key}`;
    const withKey = watchSocket(urls.webSocket, { headers: { authorization } });
    await withKey.arrived(1);
    withKey.client.close();

    const ticket = await fetch(`${urls.self}/ticket`, { method: 'POST', headers: { authorization } });
    const { webSocket } = ticketSchema.parse(await ticket.json());
    const withTicket = watchSocket(webSocket);
    await withTicket.arrived(1);
    withTicket.client.close();

    const second = await invoke(server, other.key);
    const codes = await Promise.all([
      watchSocket(urls.webSocket).ended,
      watchSocket(urls.webSocket, { headers: { authorization: `Bearer ${other.key}` } }).ended,
      watchSocket(webSocket.replace(id, second.id)).ended,
    ]);
    expect(codes).toEqual([closeCodes.accessDenied, closeCodes.notFound, closeCodes.accessDenied]);
  });
});
