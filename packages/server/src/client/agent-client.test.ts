import { afterEach, describe, expect, it, vi } from 'vitest';
import { cut, events, json, type Turn, type UnsteadyServer, unsteadyServer } from './__fixtures__/unsteady-server.ts';
import { type AgentClientOptions, createAgentClient } from './agent-client.ts';

let server: UnsteadyServer | undefined;
afterEach(() => server?.close());

async function clientOf(turns: readonly Turn[], options: Partial<AgentClientOptions> = {}) {
  server = await unsteadyServer(turns);
  return { server, client: createAgentClient({ url: server.url, ...options }) };
}

const accepted = json(202, { status: 'processing', job_id: 'job_1', session: 'session_1' });
const busy = json(429, { error: { code: 'rate-limited', message: 'Slowly.' } }, { 'retry-after': '0' });

describe('invoke', () => {
  it('tries again with one key after a broken connection, 429 and 503', async () => {
    const starting = json(503, { error: { code: 'server-unavailable', message: 'Starting.' } }, { 'retry-after': '0' });
    const { server, client } = await clientOf([cut, busy, starting, accepted]);
    const job = await client.invoke({ prompt: 'remove the cup', image: 'img_1', session: 'session_1' });
    expect(job).toMatchObject({ jobId: 'job_1', session: 'session_1' });
    expect(server.seen).toEqual(Array(4).fill('POST /agent/invoke'));
    const keys = new Set(server.requests.map(({ headers }) => headers['idempotency-key']));
    expect([...keys]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(JSON.parse(server.requests[3]?.body ?? '')).toEqual({
      prompt: 'remove the cup',
      image: 'img_1',
      session: 'session_1',
    });
  });

  it('takes another key for every call, and the one that is given', async () => {
    const { server, client } = await clientOf([accepted]);
    await client.invoke({ prompt: 'a' });
    await client.invoke({ prompt: 'a' });
    await client.invoke({ prompt: 'a', idempotencyKey: 'mine' });
    const [first, second, third] = server.requests.map(({ headers }) => headers['idempotency-key']);
    expect(first).not.toBe(second);
    expect(third).toBe('mine');
  });

  it.each([
    ['bytes', new Uint8Array([0, 1, 2, 3]).subarray(1)],
    ['a Blob', new Blob([new Uint8Array([1, 2, 3])])],
    ['shared memory', new Uint8Array(new SharedArrayBuffer(3)).map((_, index) => index + 1)],
  ])('sends %s as a form, also when it tries again', async (_name, image) => {
    const { server, client } = await clientOf([busy, accepted]);
    await client.invoke({ prompt: '컵을 지워', image, maxSteps: 3, protect: ['faces', { phrase: 'the sign' }] });
    for (const { headers, body } of server.requests) {
      const form = await new Response(body, { headers: { 'content-type': `${headers['content-type']}` } }).formData();
      const file = form.get('image');
      expect(file instanceof File && [...new Uint8Array(await file.arrayBuffer())]).toEqual([1, 2, 3]);
      expect(form.get('prompt')).toBe('컵을 지워');
      expect(form.get('maxSteps')).toBe('3');
      expect(JSON.parse(`${form.get('protect')}`)).toEqual(['faces', { phrase: 'the sign' }]);
      expect(form.get('session')).toBeNull();
    }
  });

  it('asks for the key before every attempt', async () => {
    let asked = 0;
    const { server, client } = await clientOf([busy, accepted], { key: async () => `token-${++asked}` });
    await client.invoke({ prompt: 'a' });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('gives up after its retries, with the server’s words', async () => {
    const { server, client } = await clientOf([busy], { retries: 2 });
    await expect(client.invoke({ prompt: 'a' })).rejects.toMatchObject({ code: 'rate-limited', status: 429 });
    expect(server.seen).toHaveLength(3);
  });

  it('does not wait for an hour, and not after an abort', async () => {
    const later = json(503, { error: { code: 'server-unavailable', message: 'Later.' } }, { 'retry-after': '3600' });
    const soon = json(503, { error: { code: 'server-unavailable', message: 'Soon.' } }, { 'retry-after': '30' });
    const { server, client } = await clientOf([later, soon]);
    await expect(client.invoke({ prompt: 'a' })).rejects.toMatchObject({
      code: 'server-unavailable',
      message: 'Later.',
    });
    const reason = new Error('enough');
    const control = new AbortController();
    setTimeout(() => control.abort(reason), 50);
    await expect(client.invoke({ prompt: 'a', signal: control.signal })).rejects.toBe(reason);
    expect(server.seen).toHaveLength(2);
  });

  it('does not try again what the server refuses for good', async () => {
    const { server, client } = await clientOf([
      json(400, { error: { code: 'invalid-input', message: 'No prompt.', hint: 'Say it.', details: { a: 1 } } }),
    ]);
    await expect(client.invoke({ prompt: '' })).rejects.toMatchObject({
      name: 'AgentError',
      code: 'invalid-input',
      message: 'No prompt.',
      hint: 'Say it.',
      details: { a: 1 },
      isRetryable: false,
    });
    expect(server.seen).toHaveLength(1);
  });

  it('reads what a proxy says, and what is no JSON', async () => {
    const page: Turn = (_request, response) => void response.writeHead(502).end('<html>Bad Gateway</html>');
    const { client } = await clientOf([page, (_request, response) => void response.end('<html>')]);
    await expect(client.invoke({ prompt: 'a' })).rejects.toMatchObject({
      code: 'backend-failed',
      status: 502,
      isRetryable: true,
      message: 'The server answered 502 Bad Gateway',
    });
    await expect(client.invoke({ prompt: 'a' })).rejects.toMatchObject({ code: 'response-invalid' });
  });
});

describe('a job', () => {
  const done = { job_id: 'job_1', state: 'succeeded', lastSeq: 4, answer: 'Done.', verified: true, error: null };

  it('gives its result once it has ended', async () => {
    const { server, client } = await clientOf([
      json(200, { ...done, state: 'running', lastSeq: 2, answer: null }),
      events(4),
      json(200, done),
    ]);
    expect(await client.job('job_1').result()).toMatchObject({ answer: 'Done.', verified: true });
    expect(server.seen[1]).toBe('GET /jobs/job_1/events?after=2');
  });

  it('throws what it failed with, and the job', async () => {
    const error = { code: 'no-match', message: 'There is no cup.', hint: 'Name another thing.' };
    const { client } = await clientOf([json(200, { ...done, state: 'failed', error, output_image_url: 'http://x/1' })]);
    await expect(client.job('job_1').result()).rejects.toMatchObject({
      code: 'no-match',
      message: 'There is no cup.',
      hint: 'Name another thing.',
      status: undefined,
      job: { output_image_url: 'http://x/1' },
    });
  });

  it('says so where it was cancelled', async () => {
    const { client } = await clientOf([json(200, { ...done, state: 'cancelled', message: 'Stopped.' })]);
    await expect(client.job('job_1').result()).rejects.toMatchObject({ code: 'cancelled', message: 'Stopped.' });
  });

  it('is answered, cancelled and retried over again where the connection breaks, and retried as one job', async () => {
    const { server, client } = await clientOf([cut, json(200, done), cut, json(200, done), cut, accepted]);
    const job = client.job('job_1');
    await job.answer({ id: 'question_1' }, { choice: 2 });
    await job.cancel();
    expect((await job.retry()).jobId).toBe('job_1');
    expect(server.seen.map((line) => line.replace('POST /jobs/job_1/', ''))).toEqual([
      'answer',
      'answer',
      'cancel',
      'cancel',
      'retry',
      'retry',
    ]);
    const keys = new Set(server.requests.slice(4).map(({ headers }) => headers['idempotency-key']));
    expect([...keys]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(JSON.parse(server.requests[1]?.body ?? '')).toEqual({ question: 'question_1', choice: 2 });
  });
});

describe('an address', () => {
  it.each(['localhost', 'localhost:3000', '', '/api', 'ws://localhost:3000', 'atelier.example.org/api'])(
    'is not %j',
    (url) => {
      expect(() => createAgentClient({ url })).toThrow(
        expect.objectContaining({ code: 'invalid-input', hint: expect.stringContaining('http://localhost:3000') }),
      );
    },
  );

  it('may have a path', async () => {
    const { server } = await clientOf([json(200, { jobs: [], next: null })]);
    await createAgentClient({ url: `${server.url}/api/atelier/` }).jobs({ limit: 5, session: 'a b' });
    expect(server.seen).toEqual(['GET /api/atelier/jobs?limit=5&session=a+b']);
  });

  it('may be a path in a web page, and there too is no host without a scheme', () => {
    vi.stubGlobal('location', { href: 'https://studio.example.org/' });
    try {
      expect(() => createAgentClient({ url: '/api/atelier' })).not.toThrow();
      expect(() => createAgentClient({ url: 'localhost:3000' })).toThrow(/not the address/);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe('an answer that does not come whole', () => {
  const part: Turn = (_request, response) => void response.writeHead(200, { 'content-length': 99 }).write('{"jobs":');

  it('is not waited for for longer than it may take', async () => {
    const { client } = await clientOf([() => {}, part], { requestSeconds: 0.1, retries: 0 });
    await expect(client.jobs()).rejects.toMatchObject({ code: 'timed-out', isRetryable: true });
    await expect(client.jobs()).rejects.toMatchObject({ code: 'timed-out', isRetryable: true });
  });

  it('is a lost connection where it broke', async () => {
    const broken: Turn = async (request, response) => {
      await part(request, response);
      setTimeout(() => response.destroy(), 20);
    };
    const { client } = await clientOf([broken]);
    await expect(client.jobs()).rejects.toMatchObject({ code: 'connection-lost', isRetryable: true });
  });
});
