import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { local, planner } from '@atelier/local';
import { atelier } from '@atelier/sdk';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type AgentServer, agentServer } from './__fixtures__/agent-server.ts';
import { openWorkshop, readGuide, root } from './__fixtures__/guide.ts';
import { createAgentClient } from './agent-client.ts';

// The examples of docs/agent-api.md as a reader would run them, against a server on the embedded backend.

const guide = readGuide();
const workshop = openWorkshop();
const hasPython = existsSync(join(root, '.venv/.atelier-setup'));
let server: AgentServer;
beforeAll(async () => {
  const studio = atelier({ backends: [local()], brain: planner() });
  server = await agentServer(inject('postgres'), { studio, options: { auth: { open: true } } });
});
afterAll(async () => {
  await server?.close();
  workshop.close();
});

/** An example, with this server in the place of the one it names. */
function example(name: string): string {
  const code = guide.get(name);
  if (code === undefined) throw new Error(`The guide has no example named ${name}.`);
  return code.replaceAll('http://127.0.0.1:3000', server.url);
}

/** Examples one after the other in one shell, as they are pasted. What they do not set themselves is an error. */
const paste = (names: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  workshop.run('bash', ['-eu', '-o', 'pipefail', '-c', names.map(example).join('\n')], { env });
const shell = (name: string, env: NodeJS.ProcessEnv = {}) => paste([name], env);
/** The same, and the id that they leave in `JOB`. */
async function pasteForJob(names: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const code = `${names.map(example).join('\n')}\necho\necho "$JOB"`;
  const printed = await workshop.run('bash', ['-eu', '-o', 'pipefail', '-c', code], { env });
  const JOB = printed.trim().split('\n').at(-1) ?? '';
  expect(JOB).toMatch(/^job_[0-9a-f]{32}$/);
  return { JOB, printed };
}
const node = (path: string, env: NodeJS.ProcessEnv, here = false) =>
  workshop.run(process.execPath, ['--conditions=atelier-source', path], { env, here });
const accepted = (printed: string): string => {
  const answer = JSON.parse(printed);
  expect(answer).toMatchObject({ status: 'processing', job_id: expect.stringMatching(/^job_/) });
  return answer.job_id;
};

it('has no example that is not run here', () => {
  const shells = ['invoke', 'capture', 'json', 'events', 'job', 'ask', 'answer', 'key', 'ticket', 'once', 'tool'];
  const programs = ['client', 'agent.ts', 'hono', 'next', 'express', 'python'];
  expect([...guide.keys()].sort()).toEqual([...shells, ...programs].sort());
});

it('sets every variable of its shell examples before it uses it', () => {
  const text = readFileSync(join(root, 'docs/agent-api.md'), 'utf8');
  const set = new Set<string>();
  for (const [, code = ''] of text.matchAll(/^```bash\n([\s\S]*?)^```/gm)) {
    for (const [, name = ''] of code.matchAll(/^(?:export )?([A-Z_]+)=/gm)) set.add(name);
    for (const [, name = ''] of code.matchAll(/\$([A-Z_]+)/g)) expect(set, code).toContain(name);
  }
  expect([...set].sort()).toEqual(['ATELIER_KEY', 'EDIT', 'ID', 'JOB', 'OUTCOME', 'QUESTION']);
});

it('curl: the cup is removed, and its events are there to see', async () => {
  const first = accepted(await shell('invoke'));
  await createAgentClient({ url: server.url }).job(first).cancel();
  // As a newcomer pastes it, who has set nothing.
  const { JOB, printed: events } = await pasteForJob(['capture', 'events']);
  const frames = events.split('\n\n').flatMap((frame) => /^id: (\d+)\nevent: (\w+)\ndata: (.*)$/m.exec(frame) ?? []);
  expect(frames.length).toBeGreaterThan(4 * 4);
  expect(events).toMatch(/event: success\n/);
  const job = JSON.parse(await shell('job', { JOB }));
  expect(job).toMatchObject({ state: 'succeeded', verified: true, edits: [{ tool: 'remove_object' }] });
  const picture = await fetch(job.output_image_url);
  expect(picture.headers.get('content-type')).toBe('image/png');
  expect(job.edits[0].receipt.changedOutsideMask).toBe(0);
});

it('curl: a stored picture, and a job that asks', async () => {
  const client = createAgentClient({ url: server.url });
  expect(await client.job(accepted(await shell('json'))).result()).toMatchObject({ edits: [{ tool: 'adjust_image' }] });
  const cup = client.vision.detect({ image: await openAsBlob(join(root, 'photos/coffee.png')), phrases: ['cup'] });
  expect((await cup).detections).toMatchObject([{ label: 'cup' }]);
  const { job_id: answered } = JSON.parse(await paste(['ask', 'answer']));
  expect(await client.job(answered).result()).toMatchObject({ edits: [{ tool: 'remove_object' }] });
});

it('curl: a tool, in a session that is found again', async () => {
  const printed = await shell('tool');
  const outcomes = printed.split('\n').flatMap((line) => (line.startsWith('{"session"') ? [JSON.parse(line)] : []));
  expect(outcomes).toMatchObject([
    { session: 'my-table', output: { edit: expect.any(String), changedOutsideMask: 0 } },
    { session: 'my-table', output: { undone: outcomes[0]?.output.edit } },
  ]);
});

it.skipIf(!hasPython)('Python: watches over a WebSocket and gets the picture', async () => {
  const path = workshop.write('example.py', example('python'));
  const printed = await workshop.run(process.execPath, ['scripts/python.mjs', path]);
  expect(printed).toMatch(/True\n\d+ bytes of image\/png\n$/);
});

it('TypeScript: the client runs, asks nothing and goes on', async () => {
  const path = workshop.write('client.ts', example('client'));
  const printed = await node(path, {});
  expect(printed).toMatch(/\d+ % \S.*\n/);
  expect(printed).toMatch(/ true http:\/\/127\.0\.0\.1:\d+\/images\/img_/);
});

it('with a key: invocations, tickets and idempotency', async () => {
  const ATELIER_KEY = await server.keyOf('studio');
  // From now on the server asks for it; it looks every few seconds.
  await expect.poll(async () => (await fetch(`${server.url}/jobs`)).status, { timeout: 15_000 }).toBe(401);
  const client = createAgentClient({ url: server.url, key: ATELIER_KEY });
  const { JOB } = await pasteForJob(['key'], { ATELIER_KEY });
  const ticket = JSON.parse(await shell('ticket', { ATELIER_KEY, JOB }));
  await client.job(JOB).cancel();
  // As EventSource and WebSocket of a page do: with nothing but the address.
  expect((await fetch(ticket.events)).status).toBe(200);
  const socket = new WebSocket(ticket.webSocket);
  const first = await new Promise<string>((resolve, reject) => {
    socket.onmessage = ({ data }) => resolve(data);
    socket.onerror = () => reject(new Error('no WebSocket'));
  });
  socket.close();
  expect(JSON.parse(first)).toMatchObject({ seq: 1, status: 'queued' });
  const [one, two] = (await shell('once', { ATELIER_KEY })).trim().split('\n').map(accepted);
  expect(one).toBe(two);
  await client.job(one ?? '').cancel();
});

it('mounted in Hono, Next.js and on node:http, below a path', async () => {
  for (const name of ['hono', 'next', 'express']) workshop.write(`${name}.ts`, example(name));
  workshop.write('agent.ts', example('agent.ts'));
  const path = workshop.write('drive.ts', driver);
  const printed = await node(
    path,
    {
      DATABASE_URL: server.databaseUrl,
      PUBLIC_URL: 'http://127.0.0.1/atelier',
      KEY: await server.keyOf('mounted'),
      PHOTO: join(root, 'photos/coffee.png'),
    },
    true,
  );
  const answers: { status: number; self: string; health: number }[] = JSON.parse(printed);
  expect(answers).toEqual(
    Array(3).fill({
      status: 202,
      self: expect.stringMatching(/^http:\/\/127\.0\.0\.1\/atelier\/jobs\/job_/),
      health: 200,
    }),
  );
});

/** Sends a form and a read through each of the mounts, and prints what was answered. */
const driver = `
  import { readFileSync } from 'node:fs';
  import { createServer } from 'node:http';
  import { agent, studio } from './agent.ts';
  import app from './hono.ts';
  import { handle } from './express.ts';
  import * as next from './next.ts';

  const server = createServer((request, response) => {
    // What Express does for app.use('/atelier', handle).
    request.url = request.url?.replace(/^\\/atelier/, '');
    void handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const mounts = [
    async (request: Request) => app.fetch(request),
    (request: Request) => (request.method === 'POST' ? next.POST : next.GET)(request),
    (request: Request) => fetch(new Request(request.url.replace('127.0.0.1', '127.0.0.1:' + port), request)),
  ];
  const headers = { authorization: 'Bearer ' + process.env.KEY };
  const answers = [];
  for (const send of mounts) {
    const form = new FormData();
    form.set('prompt', 'make it brighter');
    form.set('image', new Blob([readFileSync(process.env.PHOTO)]), 'coffee.png');
    const body = await new Response(form).blob();
    const url = 'http://127.0.0.1/atelier/agent/invoke';
    const response = await send(new Request(url, { method: 'POST', body, headers: { ...headers, 'content-type': body.type } }));
    const { urls } = await response.json();
    const health = await send(new Request('http://127.0.0.1/atelier/healthz'));
    answers.push({ status: response.status, self: urls?.self, health: health.status });
  }
  server.close();
  await agent.close({ graceSeconds: 2 });
  await studio.close();
  console.log(JSON.stringify(answers));
`;
