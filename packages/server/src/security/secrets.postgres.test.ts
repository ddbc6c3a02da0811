import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { watchSocket } from '../node/__fixtures__/watch-socket.ts';
import { type AttackedServer, attackedServer, refusal, tellsOfInside } from './__fixtures__/attacked-server.ts';

const prompt = 'adjust 2 for Walter Whisper of Ward 7';
const guess = `atl_${'b'.repeat(12)}_${'B'.repeat(43)}`;
/** What must not be in the log, by what it is. */
const secrets: Record<string, string> = { prompt: 'Walter', guess: 'B'.repeat(43), jwt: 'eyJhbGciOiJub25l' };
let server: AttackedServer;
let image = '';
let job = '';

beforeAll(async () => {
  server = await attackedServer(inject('postgres'), { jobs: { worker: true }, imageUrls: () => true });
  for (const [name, key] of Object.entries(server.keys)) secrets[`key of ${name}`] = key.slice(-43);
  const body = new Uint8Array(await server.picture());
  secrets.picture = Buffer.from(body).toString('base64').slice(0, 60);
  const answer = await server.ask('/images', {
    json: { image: `data:image/png;base64,${Buffer.from(body).toString('base64')}` },
  });
  const stored = z.object({ id: z.string(), url: z.string() }).parse(await answer.json());
  image = stored.id;
  secrets.signature = new URL(stored.url).searchParams.get('signature') ?? '';
  await fetch(stored.url);
});
afterAll(() => server.end());

function expectNoSecrets(): void {
  const log = server.log();
  expect(log.length).toBeGreaterThan(1000);
  for (const [what, secret] of Object.entries(secrets)) {
    expect(secret.length, what).toBeGreaterThan(5);
    expect(log.includes(secret), `the ${what} is in the log`).toBe(false);
  }
}

describe('the log', () => {
  it('of a job from its request to its end has no secret', async () => {
    job = await server.invoke({ prompt, image, session: 'ward' });
    const made = await server.ask(`/jobs/${job}/ticket`, { method: 'POST' });
    const { ticket, webSocket, events } = z
      .object({ ticket: z.string(), webSocket: z.string(), events: z.string() })
      .parse(await made.json());
    secrets.ticket = ticket.split('.')[1] ?? ticket;
    await watchSocket(webSocket).ended;
    const stream = await (await fetch(events)).text();
    secrets['signature of the result'] = /signature=([\w-]+)/.exec(stream)?.[1] ?? '';
    for (const path of [`/jobs/${job}`, '/sessions/ward/history', '/sessions/ward/recipe'])
      await (await server.ask(path)).text();
    await (await server.ask('/sessions/ward/undo', { json: {} })).text();
    expect(server.log()).toContain(job);
    expectNoSecrets();
  });

  it('of a job that fails has no secret', async () => {
    const failing = await server.invoke({ prompt: `${prompt}, without a picture` });
    expect(await (await server.ask(`/jobs/${failing}/events`)).text()).toContain('event: failure');
    expectNoSecrets();
  });

  it('of what is refused has no secret', async () => {
    const { alice } = server.keys;
    for (const authorization of [
      `Bearer ${guess}`,
      `Basic ${alice}`,
      `Bearer ${alice}x`,
      'Bearer eyJhbGciOiJub25lIn0.e30.',
    ])
      await server.ask('/jobs', { headers: { authorization } });
    for (const query of [
      `key=${alice}`,
      `token=${guess}`,
      `signature=${secrets.signature}`,
      `q=${encodeURIComponent(prompt)}`,
    ])
      await server.ask(`/jobs?${query}`);
    await server.ask('/agent/invoke', { json: { prompt, session: 5 } });
    await server.ask('/agent/invoke', { json: { prompt, image: `http://x:${guess}@127.0.0.1/?token=${guess}` } });
    await server.ask('/agent/invoke', {
      json: { prompt, unknown: guess },
      headers: { 'idempotency-key': `${guess} x` },
    });
    await server.ask('/chat', {
      json: { id: 'ward', messages: [{ id: 'm', role: 'user', parts: [{ type: 'text', text: `${prompt}\0` }] }] },
    });
    await watchSocket(`${server.webSocketUrl}/ws/${job}?ticket=${guess}`).ended;
    await server.raw(
      `GET /jobs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${alice}\r\nBad Header: ${guess}\r\n\r\n`,
    );
    expectNoSecrets();
  });
});

// Last: it breaks the database.
describe('a failure inside', () => {
  it('tells the caller nothing but its number, and the log nothing of the request', async () => {
    await server.database.query('ALTER TABLE atelier.jobs ALTER COLUMN session TYPE varchar(3) USING left(session, 3)');
    const invoked = await refusal(server.ask('/agent/invoke', { json: { prompt, session: 'ward_7' } }));
    expect(invoked).toMatchObject({ status: 500, code: 'backend-failed', message: 'Something went wrong here.' });
    expect(server.log()).toContain(invoked.requestId);
    // Postgres tells the whole row that it refuses, prompt included.
    await server.database.query(`ALTER TABLE atelier.jobs ADD CONSTRAINT never CHECK (session <> 'w_8')`);
    const checked = await refusal(server.ask('/agent/invoke', { json: { prompt, session: 'w_8' } }));
    expect(checked).toMatchObject({ status: 500, message: 'Something went wrong here.' });
    expect(server.log()).toMatch(/violates check constraint/);
    expectNoSecrets();
    await server.database.query('ALTER TABLE atelier.jobs RENAME COLUMN message TO gone');
    for (const answer of [
      server.ask(`/jobs/${job}/retry`, { method: 'POST' }),
      server.ask('/agent/invoke', { json: { prompt } }),
    ])
      expect(await refusal(answer)).toMatchObject({
        message: expect.stringMatching(/Something went wrong|only jobs that/),
      });
    await server.database.query('DROP TABLE atelier.sessions CASCADE');
    expect(await refusal(server.ask('/sessions/ward'))).toMatchObject({ status: 500 });
    expectNoSecrets();
  });

  it('is told by /readyz without a word about where', async () => {
    await server.database.query('ALTER TABLE atelier.workers RENAME TO gone');
    const answer = await server.ask('/readyz', { as: null });
    const text = await answer.text();
    expect(answer.status).toBe(503);
    expect(tellsOfInside(text)).toBe(false);
    expect(text).not.toMatch(/relation|atelier\.|127\.0\.0\.1|SELECT/);
  });
});
