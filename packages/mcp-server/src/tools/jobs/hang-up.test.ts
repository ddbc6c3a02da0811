import { fileURLToPath } from 'node:url';
import { local, planner } from '@atelier/local';
import { atelier, type Backend } from '@atelier/sdk';
import { afterAll, expect, it, onTestFinished, vi } from 'vitest';
import { createMcpApp } from '../../app.ts';
import { callTool, type RpcRequest } from '../../http/__fixtures__/start.ts';
import { serveHttp } from '../../http/serve-http.ts';
import { inProcessWorkshops } from '../../workshop/in-process/in-process-workshops.ts';

const photos = fileURLToPath(new URL('../../../../../photos/', import.meta.url));
const real = local({ threads: 1 });
afterAll(() => real.close?.());

function door() {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** A server over HTTP that removes a thing only once it may. */
async function start() {
  const may = door();
  const begun = door();
  const { remove } = real.capabilities;
  if (!remove) throw new Error('The local backend removes things.');
  const run: typeof remove.run = async (request, context) => {
    begun.open();
    await may.opened;
    return remove.run(request, context);
  };
  const backend: Backend = { ...real, capabilities: { ...real.capabilities, remove: { ...remove, run } } };
  const studio = async () => atelier({ backends: [backend], brain: planner() });
  const workshops = inProcessWorkshops({ studio, approve: 'never' });
  const app = createMcpApp({ workshops, roots: [photos] });
  const { url, close } = await serveHttp({
    makeServer: ({ principal, requestContext, lifetime }) =>
      app.makeServer({ principal, era: requestContext.era, lifetime }),
    workshops,
    port: 0,
  });
  onTestFinished(async () => {
    may.open();
    await close({ graceMs: 0 });
    await app.close();
  });
  const { jobs } = workshops.of({ scope: 'default', may: { look: true, edit: true } });
  return { url, jobs, begun: begun.opened, release: may.open };
}

const input = { prompt: 'Remove the cup', image: `${photos}coffee.png` };

const of2026 = (): RpcRequest => {
  const { method, headers, body } = callTool('edit_image', input);
  const message = JSON.parse(body);
  const prefix = 'io.modelcontextprotocol/';
  message.params._meta = {
    [`${prefix}protocolVersion`]: '2026-07-28',
    [`${prefix}clientInfo`]: { name: 'host', version: '1' },
    [`${prefix}clientCapabilities`]: {},
  };
  const said = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'edit_image' };
  return { method, headers: { ...headers, ...said }, body: JSON.stringify(message) };
};

/** Calls `edit_image` and breaks the connection off while it works. */
async function hangUp(request: RpcRequest) {
  const { url, jobs, begun, release } = await start();
  const connection = new AbortController();
  const answer = fetch(url, { ...request, signal: connection.signal }).then((response) => response.text());
  const broken = expect(answer).rejects.toThrow(/abort/);
  await begun;
  connection.abort();
  await broken;
  const [job = ''] = await jobs.recent(1);
  return { jobs, job, release };
}

it('a host of 2025 that is cut off loses no work: the job goes on to its end', async () => {
  const { jobs, job, release } = await hangUp(callTool('edit_image', input));
  // As long as a host of 2026 takes to stop it, and more.
  const after = await jobs.follow(job, { timeoutMs: 1000 });
  expect(after.state).toBe('running');
  release();
  expect(await jobs.follow(job)).toMatchObject({ state: 'succeeded', edits: [{ tool: 'remove_object' }] });
});

it('a host of 2026 stops a call by ending its connection, and the job with it', async () => {
  const { jobs, job } = await hangUp(of2026());
  await vi.waitFor(async () => expect((await jobs.get(job)).state).toBe('cancelled'), { timeout: 5000 });
});
