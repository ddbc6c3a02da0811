import { atelier } from '@atelier/sdk';
import { encodeImage } from '@atelier/sdk/image';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { slowBackend } from '../__fixtures__/five-steps/backend.ts';
import { fiveStepBrain } from '../__fixtures__/five-steps/brain.ts';
import { numberedPicture } from '../__fixtures__/five-steps/picture.ts';
import { type AgentServer, agentServer } from './__fixtures__/agent-server.ts';
import { type AgentClient, createAgentClient } from './agent-client.ts';
import type { JobEvent } from './wire.ts';

let server: AgentServer;
let key: string;
let otherKey: string;
let client: AgentClient;
let picture: Uint8Array;
beforeAll(async () => {
  const studio = atelier({ backends: [slowBackend({ time: 40 })], brain: fiveStepBrain() });
  server = await agentServer(inject('postgres'), { studio });
  key = await server.keyOf('one');
  otherKey = await server.keyOf('two');
  client = createAgentClient({ url: server.url, key: async () => key });
  picture = (await encodeImage(await numberedPicture(1), { format: 'png' })).bytes;
});
afterAll(() => server?.close());

const seqs = (all: readonly JobEvent[]) => all.flatMap((event) => ('seq' in event ? [event.seq] : []));

describe('a job', () => {
  it('is invoked with bytes, watched and ends with a picture', async () => {
    const job = await client.invoke({ image: picture, prompt: 'adjust 3', deadlineSeconds: 60 });
    const all: JobEvent[] = [];
    for await (const event of job.events()) all.push(event);
    const last = all.at(-1);
    expect(seqs(all)).toEqual(Array.from({ length: seqs(all).length }, (_, index) => index + 1));
    if (last?.status !== 'success') throw new Error(`It ended with ${last?.status}.`);
    const result = await job.result();
    expect(result).toMatchObject({ answer: 'All done.', outputImage: last.outputImage, session: job.session });
    expect(result.edits).toHaveLength(3);
    const shown = await fetch(last.output_image_url ?? '');
    const own = await client.image(result.outputImage ?? '');
    expect(await own.arrayBuffer()).toEqual(await shown.arrayBuffer());
  });

  it('has the same events for one whose connection breaks at every event', async () => {
    const job = await client.invoke({ image: picture, prompt: 'adjust 5' });
    const stayed = (async () => {
      const all: JobEvent[] = [];
      for await (const event of job.events()) all.push(event);
      return all;
    })();
    let cuts = 0;
    const cutting: typeof fetch = async (...request) => {
      const response = await fetch(...request);
      if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return response;
      cuts++;
      return new Response(response.body?.pipeThrough(cutAfterEvent()) ?? null, response);
    };
    const broken = createAgentClient({ url: server.url, key, fetch: cutting }).job(job.jobId);
    const all: JobEvent[] = [];
    for await (const event of broken.events()) all.push(event);
    const stored = (events: readonly JobEvent[]) => events.filter((event) => 'seq' in event).map(withoutUrls);
    expect(stored(all)).toEqual(stored(await stayed));
    expect(cuts).toBeGreaterThan(3);
  });

  it('is watched on while the server is started again in the middle', async () => {
    const job = await client.invoke({ image: picture, prompt: 'adjust 5' });
    const all: JobEvent[] = [];
    let restarted: Promise<void> | undefined;
    for await (const event of job.events()) {
      all.push(event);
      if (event.status === 'progress') restarted ??= server.restart();
    }
    await restarted;
    expect(all.at(-1)).toMatchObject({ status: 'success', edits: { length: 5 } });
    expect(seqs(all)).toEqual(Array.from({ length: seqs(all).length }, (_, index) => index + 1));
  });

  it('waits for a yes, and is told that it was cancelled', async () => {
    const job = await client.invoke({ image: picture, prompt: 'adjust 2', approve: 'edits' });
    let asked = 0;
    for await (const event of job.events()) {
      if (event.status !== 'question') continue;
      asked++;
      expect((await job.get()).question?.id).toBe(event.id);
      if (asked === 1) await job.answer(event, { approved: true });
      else await job.cancel();
    }
    expect(asked).toBe(2);
    await expect(job.result()).rejects.toMatchObject({ code: 'cancelled', job: { state: 'cancelled' } });
    const again = await job.retry();
    expect(again.jobId).not.toBe(job.jobId);
    await again.cancel();
  });

  it('is one for two requests with one key, and no one else’s', async () => {
    const request = { image: picture, prompt: 'adjust 1', idempotencyKey: 'once', session: 'session_once' } as const;
    const [one, two] = await Promise.all([client.invoke(request), client.invoke(request)]);
    expect(one.jobId).toBe(two.jobId);
    await one.result();
    expect((await client.jobs({ session: 'session_once' })).jobs.map(({ job_id }) => job_id)).toEqual([one.jobId]);
    const other = createAgentClient({ url: server.url, key: otherKey }).job(one.jobId);
    await expect(other.get()).rejects.toMatchObject({ code: 'not-found', status: 404 });
    await expect(other.events()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'not-found' });
    await expect(client.invoke({ ...request, prompt: 'adjust 2' })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is opened to a page by a ticket, for a while', async () => {
    const job = await client.invoke({ image: picture, prompt: 'adjust 1' });
    const { events, webSocket } = await job.ticket();
    expect(await (await fetch(`${events}&after=1`)).text()).toMatch(/event: success\n/);
    const socket = new WebSocket(webSocket);
    const code = await new Promise((resolve) => socket.addEventListener('close', (event) => resolve(event.code)));
    expect(code).toBe(1000);
  });

  it('needs a key', async () => {
    const error = await createAgentClient({ url: server.url })
      .jobs()
      .catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'access-denied', status: 401, hint: expect.any(String) });
    expect(error).toMatchObject({ requestId: expect.any(String) });
  });
});

it('takes edits back and branches', async () => {
  const job = await client.invoke({ image: picture, prompt: 'adjust 3' });
  const { edits } = await job.result();
  const session = client.session(job.session);
  const undone = await session.undo({ edit: edits?.[1]?.id });
  expect(undone).toMatchObject({ undone: edits?.[1]?.id, stopped: null });
  expect(undone.replayed).toHaveLength(1);
  const branch = await session.branch({ at: edits?.[0]?.id });
  expect(branch.info.head).toBe(edits?.[0]?.id);
  expect((await branch.history()).nodes.map(({ tool }) => tool)).toContain('adjust_image');
  expect((await branch.goTo(null)).head).toBeNull();
  expect((await session.recipe()).steps).toHaveLength(2);
  expect((await session.get()).head).toBe(undone.head);
});

it('stores pictures, shows them without a key, and makes them smaller', async () => {
  const stored = await client.uploadImage(new Blob([picture.slice()]));
  expect(stored).toMatchObject({ width: 48, height: 32, mediaType: 'image/png' });
  expect((await fetch(await client.imageUrl(stored.id))).status).toBe(200);
  const small = await client.imageUrl(stored.id, { width: 16 });
  expect((await fetch(small)).headers.get('content-type')).toMatch(/^image\/(webp|jpeg)/);
  expect((await client.image(stored.id, { width: 16 })).size).toBeLessThan(stored.bytes);
  await expect(client.image('img_00000000000000000000000000000000')).rejects.toMatchObject({ code: 'not-found' });
});

it('calls capabilities directly, with files and ids', async () => {
  const adjusted = await client.vision.adjust({
    image: picture,
    operation: 'brighten',
    parameters: { amount: 0.2 },
    region: 'everything',
  });
  expect(adjusted.receipt).toMatchObject({ capability: 'adjust', changedOutsideMask: 0 });
  const nobody = client.vision.detect({ image: adjusted.image.id, phrases: ['red circle'] });
  await expect(nobody).rejects.toMatchObject({ code: 'capability-unavailable', status: 501 });
});

const withoutUrls = (event: JobEvent): unknown =>
  JSON.parse(JSON.stringify(event, (name, value) => (/url/i.test(name) ? undefined : value)));

/** Breaks a stream off after its first whole event. */
function cutAfterEvent(): TransformStream<Uint8Array, Uint8Array> {
  let text = '';
  return new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(chunk);
      text += new TextDecoder().decode(chunk);
      if (/^id: \d+\n.*\n.*\n\n/m.test(text)) controller.error(new Error('The connection broke.'));
    },
  });
}
