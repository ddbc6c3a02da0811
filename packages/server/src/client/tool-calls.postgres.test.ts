import { openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { local } from '@atelier/local';
import { atelier } from '@atelier/sdk';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type AgentServer, agentServer } from './__fixtures__/agent-server.ts';
import { root } from './__fixtures__/guide.ts';
import { type AgentClient, createAgentClient } from './agent-client.ts';

let server: AgentServer;
let client: AgentClient;
beforeAll(async () => {
  const studio = atelier({ backends: [local({ threads: 1 })] });
  server = await agentServer(inject('postgres'), { studio, options: { jobs: { worker: false } } });
  client = createAgentClient({ url: server.url, key: await server.keyOf('one') });
});
afterAll(() => server?.close());

it('calls tools with typed inputs and outputs, and lists what came of them', async () => {
  const { id: image } = await client.uploadImage(await openAsBlob(join(root, 'photos/two-cups.png')));
  const { output } = await client.callTool('detect_objects', { image, phrases: ['cup'] });
  expect(output.detections.map(({ label }) => label)).toEqual(['cup', 'cup']);
  const asked = await client.callTool('segment_object', { image, phrase: 'the cup' }, { language: 'ko' });
  if (!('needs' in asked.output)) throw new Error('It was not asked which one.');
  const choice = asked.output.candidates[1]?.number;
  const cut = await client.callTool('segment_object', { image, phrase: 'the cup', choice }, { session: 'cups' });
  if (!('mask' in cut.output)) throw new Error('Nothing was cut out.');
  const mask = JSON.parse(await (await client.image(cut.output.mask)).text());
  expect(mask).toMatchObject({ size: [400, 1200], counts: expect.any(String) });
  const edit = { image, operation: 'brighten', mask: cut.output.mask } as const;
  const edited = await client.callTool('adjust_image', edit);
  expect(edited).toMatchObject({ session: 'cups', output: { changedOutsideMask: 0 } });
  const { images } = await client.images({ limit: 2 });
  expect(images).toMatchObject([{ id: 'image' in edited.output && edited.output.image, width: 1200 }, { id: image }]);
  expect((await client.images({ prefix: image })).images).toHaveLength(1);
  const { sessions } = await client.sessions({ knows: image });
  expect(sessions).toMatchObject([
    { id: 'cups', edits: 1 },
    { id: asked.session, edits: 0 },
  ]);
  expect((await client.sessions()).sessions).toHaveLength(2);
});

it('gives errors their codes, and stops with its signal', async () => {
  const unknown = client.callTool('undo_edit', {}, { session: 'nowhere' });
  await expect(unknown).rejects.toMatchObject({ name: 'AgentError', code: 'not-found', status: 404 });
  const reason = new Error('enough');
  const stopped = client.callTool('generate_image', { prompt: 'a' }, { signal: AbortSignal.abort(reason) });
  await expect(stopped).rejects.toBe(reason);
});
