import { setTimeout as delay } from 'node:timers/promises';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { problem, type TestApp, testApp } from './__fixtures__/test-app.ts';
import { type JobEventView, jobEventSchema } from './event-schemas.ts';
import { jobSchema } from './job-schemas.ts';

let test: TestApp;
let job: string;

beforeAll(async () => {
  test = await testApp(inject('postgres'), { jobs: { worker: true }, allowedOrigins: ['https://studio.example.org'] });
  const image = `data:image/png;base64,${Buffer.from(await test.picture()).toString('base64')}`;
  job = await test.invoke({ prompt: 'adjust 5', image });
  await (await test.call(`/jobs/${job}/events`)).text();
});
afterAll(() => test.end());

interface Message {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: JobEventView;
}

async function* read(response: Response): AsyncGenerator<Message> {
  expect(response.status).toBe(200);
  const text = response.body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  for await (const { id, event, data } of text ?? []) yield { id, event, data: jobEventSchema.parse(JSON.parse(data)) };
}

async function all(path: string, init = {}): Promise<Message[]> {
  const messages: Message[] = [];
  for await (const message of read(await test.call(path, init))) messages.push(message);
  return messages;
}
const seqs = (messages: readonly Message[]): number[] =>
  messages.flatMap(({ data }) => ('seq' in data ? [data.seq] : []));
const from = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe('GET /jobs/{id}/events', () => {
  it('sends what was: every stored event once, in order, to the final one', async () => {
    const messages = await all(`/jobs/${job}/events`);
    const { lastSeq } = jobSchema.parse(await (await test.call(`/jobs/${job}`)).json());
    expect(lastSeq).toBeGreaterThan(6);
    expect(seqs(messages)).toEqual(from(1, lastSeq));
    expect(messages.map(({ id }) => id)).toEqual(from(1, lastSeq).map(String));
    expect(messages.map(({ event }) => event)).toEqual(messages.map(({ data }) => data.status));
    expect(messages[0]?.event).toBe('queued');
    expect(messages.at(-1)?.event).toBe('success');
  });

  it('ends with a picture that anybody with the URL can read', async () => {
    const last = (await all(`/jobs/${job}/events`)).at(-1)?.data;
    if (last?.status !== 'success') throw new Error(`It ended with ${last?.status}.`);
    expect(last.output_image_url).toMatch(/^http:\/\/localhost:3000\/images\/img_/);
    const picture = await test.call(last.output_image_url ?? '', { as: null });
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(picture.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    const view = jobSchema.strict().parse(await (await test.call(`/jobs/${job}`)).json());
    expect(view).toMatchObject({
      state: 'succeeded',
      changed: true,
      outputImage: last.outputImage,
      answer: last.answer,
    });
    expect(view.edits).toHaveLength(5);
    const altered = last.output_image_url?.replace('tenant=alice', 'tenant=bob') ?? '';
    expect((await test.call(altered, { as: null })).status).toBe(401);
  });

  it('goes on after a seq, by Last-Event-ID before ?after', async () => {
    const last = seqs(await all(`/jobs/${job}/events`)).at(-1) ?? 0;
    expect(seqs(await all(`/jobs/${job}/events?after=3`))).toEqual(from(4, last));
    expect(seqs(await all(`/jobs/${job}/events?after=1`, { headers: { 'last-event-id': '5' } }))).toEqual(
      from(6, last),
    );
  });

  it('ends at once where nothing follows, and tells EventSource not to come back', async () => {
    expect(await all(`/jobs/${job}/events?after=100000`)).toEqual([]);
    const back = await test.call(`/jobs/${job}/events`, { headers: { 'last-event-id': '100000' } });
    expect(back.status).toBe(204);
  });

  it('is not buffered or kept on the way', async () => {
    const response = await test.call(`/jobs/${job}/events`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    await response.body?.cancel();
  });

  it.each(['after=-1', 'after=x', 'after=1.5', 'after=99999999999'])('refuses ?%s', async (query) => {
    expect(await problem(await test.call(`/jobs/${job}/events?${query}`))).toMatchObject({
      status: 400,
      code: 'invalid-input',
    });
  });

  it('sends what happens while it happens, and stops reading for a watcher who left', async () => {
    const image = `data:image/png;base64,${Buffer.from(await test.picture(4)).toString('base64')}`;
    const id = await test.invoke({ prompt: 'adjust 5', image, approve: 'edits' });
    const streams = async () =>
      Number(/^atelier_event_streams (\d+)/m.exec(await (await test.call('/metrics')).text())?.[1]);
    const before = await streams();
    const watching = read(await test.call(`/jobs/${id}/events`));
    let question: Extract<JobEventView, { status: 'question' }> | undefined;
    for await (const { data } of watching) {
      if (data.status !== 'question') continue;
      question = data;
      expect(await streams()).toBe(before + 1);
      break;
    }
    if (question?.kind !== 'approval') throw new Error('It asked nothing.');
    expect(question.previewUrl).toContain('/images/img_');
    for (let i = 0; i < 50 && (await streams()) > before; i++) await delay(10);
    expect(await streams()).toBe(before);
    const waiting = jobSchema.strict().parse(await (await test.call(`/jobs/${id}`)).json());
    expect(waiting).toMatchObject({ state: 'waiting', question: { id: question.id, previewUrl: expect.any(String) } });

    const wrong = await test.call(`/jobs/${id}/answer`, { json: { question: question.id, choice: 1 } });
    expect(wrong.status).toBe(400);
    const json = { question: question.id, approved: false, reason: 'not today' };
    for (let i = 0; i < 2; i++) expect((await test.call(`/jobs/${id}/answer`, { json })).status).toBe(200);
    const other = await test.call(`/jobs/${id}/answer`, { json: { question: question.id, approved: true } });
    expect(other.status).toBe(409);
    await test.call(`/jobs/${id}/cancel`, { method: 'POST' });
    const rest = await all(`/jobs/${id}/events?after=${question.seq}`);
    expect(seqs(rest)).toEqual(from(question.seq + 1, question.seq + seqs(rest).length));
    expect(['success', 'failure', 'cancelled']).toContain(rest.at(-1)?.event);
  });
});

describe('a ticket', () => {
  const ticketFor = async (id: string) => {
    const response = await test.call(`/jobs/${id}/ticket`, { method: 'POST' });
    return (await response.json()) as { ticket: string; events: string; webSocket: string }; // What is used below fails otherwise.
  };

  it('opens the events of its job to who cannot send headers', async () => {
    const { ticket, events, webSocket } = await ticketFor(job);
    expect((await all(events, { as: null })).at(-1)?.event).toBe('success');
    expect(webSocket).toBe(`ws://localhost:3000/ws/${job}?ticket=${ticket}`);
    const fromPage = await test.call(events, { as: null, headers: { origin: 'https://studio.example.org' } });
    expect(fromPage.headers.get('access-control-allow-origin')).toBe('https://studio.example.org');
    await fromPage.body?.cancel();
  });

  it('opens nothing else', async () => {
    const { ticket } = await ticketFor(job);
    const other = await test.invoke({ prompt: 'adjust 1' });
    const tried = [
      `/jobs/${other}/events?ticket=${ticket}`,
      `/jobs/${job}/events?ticket=${ticket}x`,
      `/jobs/${job}/events?ticket=`,
      `/jobs/${job}?ticket=${ticket}`,
      `/jobs?ticket=${ticket}`,
    ];
    for (const path of tried) {
      expect(await problem(await test.call(path, { as: null }))).toMatchObject({ status: 401, code: 'access-denied' });
    }
  });
});
