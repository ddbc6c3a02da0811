import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { problem, type TestApp, testApp } from './__fixtures__/test-app.ts';
import { jobSchema } from './job-schemas.ts';
import { acceptedSchema } from './jobs-route-definitions.ts';

let test: TestApp;

beforeAll(async () => {
  test = await testApp(inject('postgres'));
});
afterAll(() => test.end());

const jobOf = async (response: Response) => jobSchema.strict().parse(await response.json());
const requestOf = async (id: string) =>
  (await test.database.query<{ request: object }>('SELECT request FROM atelier.jobs WHERE id = $1', [id]))[0]?.request;

describe('POST /agent/invoke', () => {
  it('takes JSON and answers at once', async () => {
    const response = await test.call('/agent/invoke', { json: { prompt: '컵을 지워 줘' } });
    expect(response.status).toBe(202);
    const accepted = acceptedSchema.parse(await response.json());
    expect(accepted).toMatchObject({ status: 'processing', session: expect.stringMatching(/^session_[0-9a-f]{32}$/) });
    expect(response.headers.get('location')).toBe(accepted.urls.self);
    expect(accepted.urls).toEqual({
      self: `http://localhost:3000/jobs/${accepted.job_id}`,
      events: `http://localhost:3000/jobs/${accepted.job_id}/events`,
      webSocket: `ws://localhost:3000/ws/${accepted.job_id}`,
      cancel: `http://localhost:3000/jobs/${accepted.job_id}/cancel`,
      answer: `http://localhost:3000/jobs/${accepted.job_id}/answer`,
      chat: `http://localhost:3000/chat/${accepted.job_id}/stream`,
    });
    expect(await requestOf(accepted.job_id)).toMatchObject({
      language: 'ko',
      approve: 'never',
      image: null,
      deadlineSeconds: 3600,
    });
  });

  it('takes a form with a picture, which is stored first', async () => {
    const form = new FormData();
    form.set('image', new Blob([await test.picture(7)], { type: 'image/png' }), 'photo.png');
    for (const [name, value] of Object.entries({
      prompt: 'Sharpen it',
      session: 's1',
      approve: 'edits',
      protect: 'faces, text',
      maxSteps: '7',
      deadlineSeconds: '60',
      language: '',
    }))
      form.set(name, value);
    const response = await test.call('/agent/invoke', { method: 'POST', body: form });
    const { job_id } = acceptedSchema.parse(await response.json());
    const request = await requestOf(job_id);
    expect(request).toEqual({
      prompt: 'Sharpen it',
      session: 's1',
      image: expect.stringMatching(/^img_[0-9a-f]{32}$/),
      language: 'en',
      approve: 'edits',
      protect: ['faces', 'text'],
      maxSteps: 7,
      deadlineSeconds: 60,
    });
    const { image } = request as { image: string }; // Compared just above.
    expect((await test.call(`/images/${image}`)).status).toBe(200);
    const job = await jobOf(await test.call(`/jobs/${job_id}`));
    expect(job.image).toBe(image);
    expect((await test.call(job.imageUrl ?? '', { as: null })).status).toBe(200);
  });

  it('takes a data URL, an id, and everything that may be protected', async () => {
    const image = `data:image/png;base64,${Buffer.from(await test.picture(1)).toString('base64')}`;
    const id = await test.invoke({
      prompt: 'x',
      image,
      protect: ['faces', { phrase: 'the sign' }, { x: 1, y: 2, width: 3, height: 4 }],
    });
    const first = (await requestOf(id)) as { image: string; protect: unknown }; // As it was sent.
    expect(first.protect).toEqual(['faces', { phrase: 'the sign' }, { x: 1, y: 2, width: 3, height: 4 }]);
    expect(await requestOf(await test.invoke({ prompt: 'x', image: first.image }))).toMatchObject({
      image: first.image,
    });
    const other = await test.call('/agent/invoke', { as: 'bob', json: { prompt: 'x', image: first.image } });
    expect(await problem(other)).toMatchObject({ status: 404, code: 'not-found' });
  });

  it.each([
    ['no prompt', {}, 'body.prompt'],
    ['an empty prompt', { prompt: '' }, 'body.prompt'],
    ['a blank prompt', { prompt: ' \n ' }, 'body.prompt'],
    ['a NUL', { prompt: 'a\0b' }, 'body.prompt'],
    ['half a surrogate pair', { prompt: 'a\ud800' }, 'body.prompt'],
    ['a long prompt', { prompt: 'x'.repeat(10_001) }, 'body.prompt'],
    ['a field nobody knows', { prompt: 'x', promt: 'y' }, 'body'],
    ['a session that is a path', { prompt: 'x', session: '../a' }, 'body.session'],
    ['a language nobody speaks', { prompt: 'x', language: 'xx' }, 'body.language'],
    ['no time at all', { prompt: 'x', deadlineSeconds: 0 }, 'body.deadlineSeconds'],
    ['half a step', { prompt: 'x', maxSteps: 1.5 }, 'body.maxSteps'],
    ['nothing to protect', { prompt: 'x', protect: ['hands'] }, 'body.protect.0'],
  ])('refuses %s and says where', async (_, json, path) => {
    expect(await problem(await test.call('/agent/invoke', { json }))).toMatchObject({
      status: 400,
      code: 'invalid-input',
      details: { issues: expect.arrayContaining([expect.objectContaining({ path })]) },
    });
  });

  it('says of a form that its prompt is empty, or missing', async () => {
    const send = async (...fields: (readonly [string, string])[]) => {
      const form = new FormData();
      for (const [name, value] of fields) form.set(name, value);
      return (await problem(await test.call('/agent/invoke', { method: 'POST', body: form }))).message;
    };
    expect(await send(['prompt', ''], ['language', ''])).toMatch(/prompt: is empty/);
    expect(await send(['language', 'en'])).toMatch(/prompt: is missing/);
  });

  it.each(['/etc/passwd', 'photo.jpg', 'file:///etc/passwd', 'http://127.0.0.1/x.png', 'img_../../x'])(
    'never reads %s',
    async (image) => {
      const { status, message } = await problem(await test.call('/agent/invoke', { json: { prompt: 'x', image } }));
      expect(status).toBeOneOf([400, 403]);
      expect(message).not.toMatch(/passwd|ENOENT/);
    },
  );
});

describe('Idempotency-Key', () => {
  const send = (key: string, json: object, as: 'alice' | 'bob' = 'alice') =>
    test.call('/agent/invoke', { as, json, headers: { 'idempotency-key': key } });
  const idOf = async (response: Response) => acceptedSchema.parse(await response.json()).job_id;

  it('makes one job of two requests, also of many at once', async () => {
    const responses = await Promise.all(Array.from({ length: 8 }, () => send('one', { prompt: 'the same' })));
    expect(new Set(await Promise.all(responses.map(idOf))).size).toBe(1);
    expect(responses.map(({ status }) => status)).toEqual(Array(8).fill(202));
    expect(responses.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(7);
  });

  it('goes by the picture itself', async () => {
    const image = `data:image/png;base64,${Buffer.from(await test.picture(2)).toString('base64')}`;
    const first = await idOf(await send('picture', { prompt: 'x', image }));
    const form = new FormData();
    form.set('image', new Blob([await test.picture(2)]), 'other-name.png');
    form.set('prompt', 'x');
    const headers = { 'idempotency-key': 'picture' };
    expect(await idOf(await test.call('/agent/invoke', { method: 'POST', headers, body: form }))).toBe(first);
    const other = `data:image/png;base64,${Buffer.from(await test.picture(3)).toString('base64')}`;
    expect(await problem(await send('picture', { prompt: 'x', image: other }))).toMatchObject({
      status: 409,
      code: 'conflict',
    });
  });

  it('with another request is a conflict, and is of one tenant', async () => {
    const first = await idOf(await send('two', { prompt: 'one thing' }));
    expect(await problem(await send('two', { prompt: 'another' }))).toMatchObject({ status: 409, code: 'conflict' });
    expect(await idOf(await send('two', { prompt: 'another' }, 'bob'))).not.toBe(first);
  });

  it.each([['x'.repeat(256)], ['a b'], ['']])('that is %j is refused', async (key) => {
    expect(await problem(await send(key, { prompt: 'x' }))).toMatchObject({ status: 400 });
  });
});

describe('/jobs/{id}', () => {
  it('is the whole job, and its ETag tells whether there is something new', async () => {
    const id = await test.invoke({ prompt: 'look' });
    const response = await test.call(`/jobs/${id}`);
    const tag = response.headers.get('etag') ?? '';
    expect(await jobOf(response)).toMatchObject({
      job_id: id,
      state: 'queued',
      prompt: 'look',
      image: null,
      imageUrl: null,
      lastSeq: 1,
      question: null,
      error: null,
    });
    const again = await test.call(`/jobs/${id}`, { headers: { 'if-none-match': tag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect(await jobOf(await test.call(`/jobs/${id}/cancel`, { method: 'POST' }))).toMatchObject({
      state: 'cancelled',
    });
    expect((await test.call(`/jobs/${id}`, { headers: { 'if-none-match': tag } })).status).toBe(200);
  });

  it('of another tenant is not there, in the words for what never was', async () => {
    const id = await test.invoke({ prompt: 'mine' });
    const unknown = 'job_00000000000000000000000000000000';
    const calls = [
      ['', 'GET', undefined],
      ['/events', 'GET', undefined],
      ['/cancel', 'POST', undefined],
      ['/retry', 'POST', undefined],
      ['/ticket', 'POST', undefined],
      ['/answer', 'POST', { question: 'q', choice: 1 }],
    ] as const;
    for (const [path, method, json] of calls) {
      const ask = async (job: string) => {
        const { requestId: _, ...told } = await problem(
          await test.call(`/jobs/${job}${path}`, { as: 'bob', method, ...(json ? { json } : {}) }),
        );
        return JSON.stringify(told).replaceAll(job, 'JOB');
      };
      expect(JSON.parse(await ask(id))).toMatchObject({ status: 404, code: 'not-found' });
      expect(await ask(id)).toBe(await ask(unknown));
    }
    expect((await jobOf(await test.call(`/jobs/${id}`))).state).toBe('queued');
  });

  it('can be cancelled twice, and retried once it has ended', async () => {
    const id = await test.invoke({ prompt: 'stop', session: 's-stop' });
    expect(await problem(await test.call(`/jobs/${id}/retry`, { method: 'POST' }))).toMatchObject({ status: 409 });
    for (let i = 0; i < 2; i++) expect((await test.call(`/jobs/${id}/cancel`, { method: 'POST' })).status).toBe(200);
    const again = await test.call(`/jobs/${id}/retry`, { method: 'POST' });
    expect(again.status).toBe(202);
    const { job_id, session } = acceptedSchema.parse(await again.json());
    expect(session).toBe('s-stop');
    const twice = await test.call(`/jobs/${id}/retry`, { method: 'POST' });
    expect(acceptedSchema.parse(await twice.json()).job_id).toBe(job_id);
    const keyed = async (key: string) =>
      test.call(`/jobs/${id}/retry`, { method: 'POST', headers: { 'idempotency-key': key } });
    const made = acceptedSchema.parse(await (await keyed('k')).json()).job_id;
    expect(made).not.toBe(job_id);
    expect(acceptedSchema.parse(await (await keyed('k')).json()).job_id).toBe(made);
    expect(await problem(await keyed('a b'))).toMatchObject({ status: 400 });
    expect(await jobOf(await test.call(`/jobs/${job_id}`))).toMatchObject({
      retryOf: id,
      prompt: 'stop',
      state: 'queued',
    });
  });

  it.each([
    [{ question: 'q' }, 'body', /choice is missing; or approved is missing/],
    [{ question: 'q', choice: 0 }, 'body.choice', />=1/],
    [{ question: 'q', choice: '2' }, 'body.choice', /expected number, received string/],
    [{ question: 'q', choice: 1, approved: true }, 'body', /approved.*; or .*choice/],
    [{ question: 'q', approved: 'yes' }, 'body.approved', /expected boolean/],
    [{ choice: 1 }, 'body.question', /is missing/],
    [{ question: 'a\0', choice: 1 }, 'body.question', /NUL/],
    [[], 'body', /expected object/],
  ])('refuses the answer %j, and says what is wrong with it', async (json, path, message) => {
    const id = await test.invoke({ prompt: 'ask' });
    expect(await problem(await test.call(`/jobs/${id}/answer`, { json }))).toMatchObject({
      status: 400,
      code: 'invalid-input',
      message: expect.stringMatching(message),
      details: { issues: [{ path, message: expect.stringMatching(message) }] },
    });
  });

  it.each(['a%00b', '..%2f..%2fetc', 'x'.repeat(200), '%F0%9F%98%80', "'; DROP TABLE jobs"])(
    'with the id %s is refused',
    async (id) => {
      expect((await test.call(`/jobs/${id}`)).status).toBeOneOf([400, 404]);
    },
  );
});

describe('GET /jobs', () => {
  it('lists own jobs, newest first, in pages', async () => {
    const made: string[] = [];
    for (let i = 0; i < 5; i++) made.unshift(await test.invoke({ prompt: `list ${i}`, session: 'listed' }));
    await test.invoke({ prompt: 'not yours', session: 'listed' }, 'bob');
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const response = await test.call(`/jobs?session=listed&limit=2${cursor}`);
      const { jobs, next } = (await response.json()) as { jobs: unknown[]; next: string | null }; // Checked by the schema below.
      seen.push(...jobs.map((job) => jobSchema.strict().parse(job).job_id));
      if (next === null) break;
      cursor = `&cursor=${encodeURIComponent(next)}`;
    }
    expect(seen).toEqual(made);
    const cancelled = await test.call('/jobs?session=listed&state=cancelled');
    expect(await cancelled.json()).toEqual({ jobs: [], next: null });
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'state=done', 'session=../x', 'cursor=zzz', 'cursor=%00'])(
    'refuses ?%s',
    async (query) => {
      expect(await problem(await test.call(`/jobs?${query}`))).toMatchObject({ status: 400, code: 'invalid-input' });
    },
  );
});

describe('what nobody expected', () => {
  it('is 500 without details, and in the log with the id of the request', async () => {
    const services = await test.app.services();
    await services.database.query('ALTER TABLE atelier.jobs RENAME TO gone');
    try {
      const response = await test.call('/jobs', { headers: { 'x-request-id': 'unexpected-1' } });
      expect(await problem(response)).toEqual({
        status: 500,
        code: 'backend-failed',
        message: 'Something went wrong here.',
        requestId: 'unexpected-1',
      });
      expect(test.log()).toMatch(/relation .{0,4}atelier\.jobs.*unexpected-1/);
    } finally {
      await services.database.query('ALTER TABLE atelier.gone RENAME TO jobs');
    }
  });
});
