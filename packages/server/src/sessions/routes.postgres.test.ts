import { local } from '@atelier/local';
import type { Recipe } from '@atelier/sdk';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { jsonOf, openTestApp, photo, problemOf, type TestApp, wordsOf } from '../images/__fixtures__/test-app.ts';

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp(inject('postgres'), [local({ threads: 1 })]);
});
afterAll(() => test?.close());

interface SessionAnswer {
  readonly id: string;
  readonly current: { readonly id: string; readonly url: string; readonly previewUrl: string; readonly width: number };
  readonly images: readonly { readonly id: string }[];
  readonly head: string | null;
  readonly edits: number;
  readonly undone: string;
  readonly replayed: readonly string[];
  readonly stopped: null;
  readonly urls: { readonly self: string };
}

const cup = { x: 165, y: 21, width: 245, height: 238 };

/** A session with two edits, as a job would leave it. */
async function edited(id: string): Promise<{ readonly start: string; readonly edits: readonly [string, string] }> {
  const session = test.services.studioOf('one').session({ id, image: await photo('coffee.png'), protect: [cup] });
  const start = (await session.image())?.id ?? '';
  const edits: string[] = [];
  for (const operation of ['brighten', 'desaturate']) {
    const { current } = await session.graph();
    const output = await session.call('adjust_image', { image: current ?? '', operation, region: 'everything' });
    edits.push('edit' in output ? output.edit : 'no edit');
  }
  const [first = '', second = ''] = edits;
  return { start, edits: [first, second] };
}

const get = async (path: string) => jsonOf<SessionAnswer>(await test.ask(path));

describe('a session', () => {
  it('shows its pictures, where it is, and what it protects', async () => {
    const { start, edits } = await edited('shown');
    const session = await get('/sessions/shown');
    expect(session).toMatchObject({
      id: 'shown',
      head: edits[1],
      edits: 2,
      current: { width: 600, height: 400 },
      protect: [{ box: cup, size: { width: 600, height: 400 } }],
      activeJob: null,
      urls: { history: 'http://localhost/sessions/shown/history' },
    });
    expect(session.images.map(({ id }) => id)).toEqual([start, expect.any(String), session.current.id]);
    const picture = await test.ask(session.current.previewUrl, { tenant: null });
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp']);
  });

  it('shows every edit with its receipt and pictures', async () => {
    const { start, edits } = await edited('graph');
    const answer = await test.ask('/sessions/graph/history');
    const history = await jsonOf<{ nodes: readonly { id: string; url: string; previewUrl: string }[] }>(answer);
    expect(history).toMatchObject({
      head: edits[1],
      nodes: [
        { id: edits[0], parent: null, tool: 'adjust_image', receipt: { before: start, changedOutsideMask: 0 } },
        { id: edits[1], parent: edits[0], receipt: { protected: { changed: 0 } }, verified: { ok: true } },
      ],
    });
    for (const { url } of history.nodes) expect((await test.ask(url, { tenant: null })).status).toBe(200);
  });

  it('takes an edit back and keeps the later one', async () => {
    const { start, edits } = await edited('undone');
    const undone = await jsonOf<SessionAnswer>(await test.post('/sessions/undone/undo', { edit: edits[0] }));
    expect(undone).toMatchObject({ undone: edits[0], replayed: [expect.stringMatching(/^edit_/)], stopped: null });
    expect(undone.head).toBe(undone.replayed[0]);
    expect(undone.edits).toBe(3);
    const dropped = await test.ask('/sessions/undone/undo', { method: 'POST' });
    expect(await jsonOf(dropped)).toMatchObject({ head: null, current: { id: start } });
    expect(await problemOf(await test.post('/sessions/undone/undo', {}))).toEqual({ status: 404, code: 'not-found' });
  });

  it('moves to any edit, and to where it began', async () => {
    const { start, edits } = await edited('moved');
    const first = await jsonOf(await test.post('/sessions/moved/goto', { edit: edits[0] }));
    expect(first).toMatchObject({ head: edits[0], edits: 2 });
    const began = await jsonOf(await test.post('/sessions/moved/goto', { edit: null }));
    expect(began).toMatchObject({ head: null, current: { id: start } });
    expect((await get('/sessions/moved')).head).toBeNull();
    expect(await problemOf(await test.post('/sessions/moved/goto', { edit: 'edit_0' }))).toMatchObject({ status: 404 });
    expect(await problemOf(await test.post('/sessions/moved/goto', {}))).toMatchObject({ code: 'invalid-input' });
  });

  it('branches', async () => {
    const { edits } = await edited('trunk');
    const answer = await test.post('/sessions/trunk/branch', { at: edits[0], id: 'twig' });
    expect([answer.status, answer.headers.get('location')]).toEqual([201, '/sessions/twig']);
    expect(await jsonOf(answer)).toMatchObject({ id: 'twig', head: edits[0], edits: 1 });
    expect(await get('/sessions/trunk')).toMatchObject({ head: edits[1], edits: 2 });
    const named = await jsonOf(await test.ask('/sessions/trunk/branch', { method: 'POST' }));
    expect(named.id).toMatch(/^session_/);
    const taken = await test.post('/sessions/trunk/branch', { id: 'twig' });
    expect(await problemOf(taken)).toEqual({ status: 409, code: 'conflict' });
    expect(await problemOf(await test.post('/sessions/trunk/branch', { id: '../up' }))).toMatchObject({ status: 400 });
  });

  it('gives its recipe', async () => {
    await edited('cooked');
    const recipe = await jsonOf<Recipe>(await test.ask('/sessions/cooked/recipe'));
    expect(recipe).toMatchObject({ format: 'atelier-recipe', version: 1, protect: [{ box: cup }] });
    expect(recipe.steps).toMatchObject([{ operation: 'brighten' }, { operation: 'desaturate' }]);
  });
});

const routes = [
  ['GET', '', undefined],
  ['GET', '/history', undefined],
  ['GET', '/recipe', undefined],
  ['POST', '/undo', {}],
  ['POST', '/goto', { edit: null }],
  ['POST', '/branch', {}],
] as const;

const askAll = (id: string, tenant: 'one' | 'two') =>
  Promise.all(
    routes.map(([method, path, body]) =>
      method === 'GET'
        ? test.ask(`/sessions/${id}${path}`, { tenant })
        : test.post(`/sessions/${id}${path}`, body, { tenant }),
    ),
  );

describe('sessions that are not there', () => {
  it('are not begun by looking, and look like those of others', async () => {
    await edited('private');
    const [theirs, nobodys] = [await askAll('private', 'two'), await askAll('nobody', 'two')];
    for (const [index, answer] of theirs.entries()) {
      const words = await wordsOf(answer);
      expect(words.slice(0, 2)).toEqual([404, 'not-found']);
      const others = await wordsOf(nobodys[index] ?? answer);
      expect(words).toEqual(
        others.map((word) => (typeof word === 'string' ? word.replace('nobody', 'private') : word)),
      );
    }
    const rows = await test.services.database.query(`SELECT id FROM atelier.sessions WHERE tenant = 'two'`);
    expect(rows).toEqual([]);
    expect((await get('/sessions/private')).edits).toBe(2);
  });

  it.each(['..%2F..%2Fetc', '%00', 'a%20b', 'x'.repeat(200), '%ED%95%9C'])('have no strange names: %s', async (id) => {
    for (const answer of await askAll(id, 'one'))
      expect(await problemOf(answer)).toEqual({ status: 404, code: 'not-found' });
  });
});

describe('a session with a job', () => {
  const accept = (session: string) => {
    const request = {
      prompt: 'x',
      session,
      image: null,
      language: 'en',
      approve: 'never',
      deadlineSeconds: 60,
    } as const;
    return test.services.jobs.create('one', { request, requestHash: session });
  };

  it('is not changed under its hands', async () => {
    const { edits } = await edited('busy');
    const { job } = await accept('busy');
    expect(await get('/sessions/busy')).toMatchObject({
      activeJob: { job_id: job.id, state: 'queued', url: `http://localhost/jobs/${job.id}` },
    });
    for (const [path, body] of [
      ['undo', {}],
      ['goto', { edit: null }],
    ] as const) {
      expect(await problemOf(await test.post(`/sessions/busy/${path}`, body))).toEqual({
        status: 409,
        code: 'conflict',
      });
    }
    expect((await get('/sessions/busy')).head).toBe(edits[1]);
    await test.services.jobs.cancel('one', job.id);
    expect((await test.post('/sessions/busy/goto', { edit: null })).status).toBe(200);
  });

  it('is there before the job has stored anything', async () => {
    await accept('new');
    expect(await get('/sessions/new')).toMatchObject({
      current: null,
      images: [],
      edits: 0,
      activeJob: { state: 'queued' },
    });
    expect(await get('/sessions/new/history')).toMatchObject({ nodes: [], head: null, current: null });
    expect((await test.ask('/sessions/new/recipe')).status).toBe(404);
  });
});
