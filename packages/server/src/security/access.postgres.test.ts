import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { watchSocket } from '../node/__fixtures__/watch-socket.ts';
import { closeCodes } from '../node/send-events.ts';
import { type Attack, type AttackedServer, attackedServer, refusal } from './__fixtures__/attacked-server.ts';

let server: AttackedServer;
/** What alice has and bob wants. */
const hers = { job: '', waiting: '', image: '', session: 'session_of_alice' };
const nobodys = {
  job: `job_${'0'.repeat(32)}`,
  waiting: `job_${'1'.repeat(32)}`,
  image: `img_${'0'.repeat(32)}`,
  session: 'session_of_nobody',
};

beforeAll(async () => {
  server = await attackedServer(inject('postgres'), { jobs: { worker: true } });
  const upload = await server.ask('/images', {
    method: 'POST',
    headers: { 'content-type': 'image/png' },
    body: new Uint8Array(await server.picture()),
  });
  hers.image = z.object({ id: z.string() }).parse(await upload.json()).id;
  hers.job = await server.invoke({ prompt: 'adjust 1', image: hers.image, session: hers.session });
  await (await server.ask(`/jobs/${hers.job}/events`)).text();
  hers.waiting = await server.invoke({ prompt: 'adjust 2', image: hers.image, approve: 'edits' });
});
afterAll(() => server.end());

type Ids = typeof hers;
const post = (json: unknown = undefined): Attack =>
  json === undefined ? { method: 'POST' } : { method: 'POST', json };

/** Every way to something by its id. */
const ways: readonly [string, (ids: Ids) => string, Attack, ((ids: Ids) => unknown)?][] = [
  ['a job', ({ job }) => `/jobs/${job}`, {}],
  ['its events', ({ job }) => `/jobs/${job}/events`, {}],
  ['its events, from some seq on', ({ job }) => `/jobs/${job}/events?after=1`, { headers: { 'last-event-id': '1' } }],
  ['a cancel', ({ waiting }) => `/jobs/${waiting}/cancel`, post()],
  ['an answer', ({ waiting }) => `/jobs/${waiting}/answer`, post({ question: 'question_1', approved: true })],
  ['a retry', ({ job }) => `/jobs/${job}/retry`, post()],
  ['a ticket', ({ job }) => `/jobs/${job}/ticket`, post()],
  ['an image', ({ image }) => `/images/${image}`, {}],
  ['its size', ({ image }) => `/images/${image}`, { headers: { range: 'bytes=0-0' } }],
  ['its preview', ({ image }) => `/images/${image}?w=64`, {}],
  ['whether it is there', ({ image }) => `/images/${image}`, { headers: { 'if-none-match': '*' } }],
  ['an image in a job', () => '/agent/invoke', post(), ({ image }) => ({ prompt: 'adjust 1', image })],
  ['an image stored once more', () => '/images', post(), ({ image }) => ({ image })],
  ['an image in a call', () => '/vision/detect', post(), ({ image }) => ({ image, phrases: ['a'] })],
  [
    'an image in a tool',
    () => '/tools/adjust_image',
    post(),
    ({ image }) => ({ input: { image, operation: 'brighten', region: 'everything' } }),
  ],
  ['a picture to load', () => '/tools/load_image', post(), ({ image }) => ({ input: { source: image } })],
  [
    'an image in a chat',
    () => '/chat',
    post(),
    ({ image }) => {
      const parts = [
        { type: 'text', text: 'adjust 1' },
        { type: 'file', mediaType: 'image/png', url: `/images/${image}` },
      ];
      return { id: 'chat', messages: [{ id: 'message', role: 'user', parts }] };
    },
  ],
  ['a session', ({ session }) => `/sessions/${session}`, {}],
  ['a history', ({ session }) => `/sessions/${session}/history`, {}],
  ['a recipe', ({ session }) => `/sessions/${session}/recipe`, {}],
  ['an undo', ({ session }) => `/sessions/${session}/undo`, post({})],
  ['a move', ({ session }) => `/sessions/${session}/goto`, post({ edit: null })],
  ['a branch', ({ session }) => `/sessions/${session}/branch`, post({})],
];

const attack = (as: 'alice' | 'bob', [, path, init, json]: (typeof ways)[number], ids: Ids): Promise<Response> =>
  server.ask(path(ids), { ...init, as, ...(json ? { json: json(ids) } : {}) });

/** All that is told, but for the id that was asked for. */
async function told(response: Response, ids: Ids) {
  const { requestId: _another, ...error } = await refusal(response);
  const text = Object.values(ids).reduce((all, id) => all.replaceAll(id, 'ID'), JSON.stringify(error));
  const headers = [...response.headers].filter(([name]) => !['date', 'x-request-id', 'content-length'].includes(name));
  return { text, headers };
}

describe('without a key', () => {
  // Guesses are counted by address: another server has another count.
  let other: AttackedServer;
  beforeAll(async () => {
    other = await attackedServer(inject('postgres'));
  });
  afterAll(() => other.end());

  it.each([
    ['nothing', undefined],
    ['a key that was made up', `Bearer atl_${'a'.repeat(12)}_${'A'.repeat(43)}`],
  ])('%s lets nobody in, anywhere', async (_what, authorization) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    for (const [name, path, init] of ways) {
      const { json: _json, ...plain } = init;
      const response = await other.ask(path(nobodys), { ...plain, as: null, headers: { ...init.headers, ...headers } });
      expect(response.headers.get('www-authenticate'), name).toMatch(/^Bearer/);
      const { status, code, details } = await refusal(response);
      expect({ name, status, code, details }).toEqual({ name, status: 401, code: 'access-denied', details: undefined });
    }
  });

  it.each([
    ['no key at all', 'Bearer x'],
    ['another scheme', 'Basic YWxpY2U6YWxpY2U='],
    ['two keys', 'Bearer a, Bearer b'],
  ])('%s does not', async (_what, authorization) => {
    expect(await refusal(other.ask('/jobs', { headers: { authorization } }))).toMatchObject({ status: 401 });
  });

  it('a key is not taken from the address', async () => {
    const { alice } = other.keys;
    for (const query of [`key=${alice}`, `api_key=${alice}`, `access_token=${alice}`, `token=${alice}`]) {
      expect((await other.ask(`/jobs?${query}`, { as: null })).status).toBe(401);
    }
  });

  it('a right id with a wrong secret is refused in the words of a wrong id', async () => {
    const [prefix, id] = other.keys.alice.split('_');
    const secret = 'A'.repeat(43);
    const answers = [`${prefix}_${id}_${secret}`, `${prefix}_${'a'.repeat(12)}_${secret}`].map(async (key) => {
      const { requestId: _another, ...rest } = await refusal(
        await other.ask('/jobs', { headers: { authorization: `Bearer ${key}` } }),
      );
      return rest;
    });
    const [right, wrong] = await Promise.all(answers);
    expect(right).toEqual(wrong);
  });

  it('guesses are slowed down, and who has a key is not', async () => {
    const guess = () => other.ask('/jobs', { as: null });
    let answer = await guess();
    for (let tries = 0; answer.status === 401 && tries < 100; tries++) answer = await guess();
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refusal(answer)).toMatchObject({ status: 429, code: 'rate-limited' });
    expect((await other.ask('/jobs')).status).toBe(200);
  });
});

describe("another tenant's", () => {
  it.each(ways)('%s is 404 in the words of what never was', async (...way) => {
    const foreign = await told(await attack('bob', way, hers), hers);
    const unknown = await told(await attack('bob', way, nobodys), nobodys);
    expect(foreign).toEqual(unknown);
    expect(foreign.text).toContain('"status":404');
    expect(foreign.text).toContain('"code":"not-found"');
  });

  it('nothing of it is different afterwards', async () => {
    const { state } = z.object({ state: z.string() }).parse(await (await server.ask(`/jobs/${hers.waiting}`)).json());
    expect(['running', 'waiting']).toContain(state);
    for (const as of ['bob', 'alice'] as const) {
      const answer = await server.ask('/jobs', { as });
      const { jobs } = z.object({ jobs: z.array(z.object({ job_id: z.string() })) }).parse(await answer.json());
      expect(jobs.length).toBe(as === 'alice' ? 2 : 0);
    }
    const list = await server.ask(`/jobs?session=${hers.session}`, { as: 'bob' });
    expect(await list.json()).toEqual({ jobs: [], next: null });
  });

  it('chat stream looks as if there were none', async () => {
    const answers = [hers.waiting, hers.session, nobodys.job].map(async (id) => {
      const response = await server.ask(`/chat/${id}/stream`, { as: 'bob' });
      return [response.status, await response.text()];
    });
    expect(await Promise.all(answers)).toEqual([
      [204, ''],
      [204, ''],
      [204, ''],
    ]);
  });

  it('WebSocket closes as for an unknown job', async () => {
    const headers = { authorization: `Bearer ${server.keys.bob}` };
    for (const id of [hers.job, hers.waiting, nobodys.job]) {
      const socket = watchSocket(`${server.webSocketUrl}/ws/${id}`, { headers });
      expect(await socket.ended).toBe(closeCodes.notFound);
      expect(socket.messages).toEqual([]);
    }
  });

  it('session of the same name is one of their own', async () => {
    const id = await server.invoke({ prompt: 'adjust 1', session: hers.session }, 'bob');
    const stream = await (await server.ask(`/jobs/${id}/events`, { as: 'bob' })).text();
    expect(stream).not.toContain(hers.image);
    expect(stream).toMatch(/event: failure|event: success/);
    const before = await server.ask(`/sessions/${hers.session}/history`);
    expect(z.object({ nodes: z.array(z.unknown()) }).parse(await before.json()).nodes).toHaveLength(1);
  });

  it('takes as long as what never was', async () => {
    const time = async (ids: Ids): Promise<number> => {
      const start = performance.now();
      await (await server.ask(`/jobs/${ids.job}`, { as: 'bob' })).text();
      return performance.now() - start;
    };
    const [foreign, unknown]: [number[], number[]] = [[], []];
    for (let round = 0; round < 100; round++) {
      foreign.push(await time(hers));
      unknown.push(await time(nobodys));
    }
    const median = (times: number[]): number => times.toSorted((a, b) => a - b)[50] ?? 0;
    // One look-up each: a second one, or a picture that is read, would show. Loaded machines are not exact.
    expect(Math.abs(median(foreign) - median(unknown))).toBeLessThan(0.5 * median(unknown) + 1);
  });
});

describe('a ticket', () => {
  it('is for one job and its events alone', async () => {
    const made = await server.ask(`/jobs/${hers.waiting}/ticket`, { method: 'POST' });
    const { ticket } = z.object({ ticket: z.string() }).parse(await made.json());
    const query = `?${new URLSearchParams({ ticket })}`;
    expect(await watchSocket(`${server.webSocketUrl}/ws/${hers.job}${query}`).ended).toBe(closeCodes.accessDenied);
    for (const path of [`/jobs/${hers.job}/events`, `/jobs/${hers.waiting}`, '/jobs', `/images/${hers.image}`]) {
      expect((await server.ask(path + query, { as: null })).status, path).toBe(401);
    }
    for (const action of ['cancel', 'answer', 'retry', 'ticket']) {
      const answer = await server.ask(`/jobs/${hers.waiting}/${action}${query}`, { as: null, method: 'POST' });
      expect(answer.status, action).toBe(401);
    }
    const altered = ticket.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const events = await server.ask(`/jobs/${hers.waiting}/events?ticket=${altered}`, { as: null });
    expect(events.status).toBe(401);
  });
});
