import { asSchema, readUIMessageStream, uiMessageChunkSchema } from 'ai';
import { describe, expect, it } from 'vitest';
import type { AtelierUIMessage } from '../client/ui-message.ts';
import { type JobEventView, type StoredEventView, storedEventSchema } from '../http/event-schemas.ts';
import { jobUrls } from '../http/job-view.ts';
import { type AtelierChunk, uiMessageStream } from './ui-stream.ts';

const job = { job_id: 'job_1', session: 'session_1', state: 'queued', urls: jobUrls('http://x', 'job_1') } as const;

type Body = StoredEventView extends infer Event
  ? Event extends StoredEventView
    ? Omit<Event, 'seq' | 'at' | 'stage' | 'progress' | 'message'>
    : never
  : never;

/** Stored events as the wire has them: numbered, and of the schema's form. */
const stored = (...bodies: readonly Body[]): StoredEventView[] =>
  bodies.map((body, index) =>
    storedEventSchema.parse({
      seq: index + 1,
      at: '2026-01-01T00:00:00.000Z',
      stage: 'detect',
      progress: index * 10,
      message: `Message ${index + 1}`,
      ...body,
    }),
  );

const token = (text: string, after: number): JobEventView => ({ status: 'token', text, after });
const none = { outputImage: null, output_image_url: null, edits: [] };
const success = (answer: string): Body => ({ status: 'success', answer, verified: true, notDone: [], ...none });
const started: Body = { status: 'progress', step: 's1', state: 'started' };

async function* of<Value>(values: readonly Value[]): AsyncGenerator<Value> {
  yield* values;
}

/** The chunks, each checked by the AI SDK's own schema. */
async function chunksOf(
  events: readonly JobEventView[],
  { isFresh = true, lastSeq = 1 } = {},
): Promise<AtelierChunk[]> {
  const chunks: AtelierChunk[] = [];
  const schema = asSchema(uiMessageChunkSchema);
  for await (const chunk of uiMessageStream(of(events), { job: { ...job, lastSeq }, isFresh })) {
    const checked = await schema.validate?.(JSON.parse(JSON.stringify(chunk)));
    expect(checked).toMatchObject({ success: true });
    chunks.push(chunk);
  }
  return chunks;
}

/** What the AI SDK makes of them. */
async function messageOf(events: readonly JobEventView[], options = {}) {
  const errors: unknown[] = [];
  const states: AtelierUIMessage[] = [];
  const stream = new ReadableStream<AtelierChunk>({
    async start(controller) {
      for (const chunk of await chunksOf(events, options)) controller.enqueue(chunk);
      controller.close();
    },
  });
  const read = readUIMessageStream<AtelierUIMessage>({ stream, onError: (error) => errors.push(error) });
  for await (const state of read) states.push(state);
  const message = states.at(-1);
  return { message, states, errors, text: message?.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])) };
}

const part = <Type extends AtelierUIMessage['parts'][number]['type']>(
  message: AtelierUIMessage | undefined,
  type: Type,
): Extract<AtelierUIMessage['parts'][number], { type: Type }>[] =>
  // `type` tells which of the union's members it is.
  (message?.parts ?? []).filter((part) => part.type === type) as Extract<
    AtelierUIMessage['parts'][number],
    { type: Type }
  >[];

describe('a job as a UI message', () => {
  const steps = [{ id: 's1', tool: 'remove_object', target: 'cup', message: 'Remove the cup' }];
  const finished: Body = {
    status: 'progress',
    step: 's1',
    state: 'finished',
    preview: 'img_1',
    previewUrl: 'http://x/p',
  };

  it('has the job’s id, one part of each kind and the answer once', async () => {
    const events = stored(
      { status: 'queued' },
      { status: 'plan', steps },
      started,
      finished,
      success('The cup is gone.'),
    );
    const { message, text } = await messageOf(events);
    expect(message).toMatchObject({
      id: 'job_1',
      role: 'assistant',
      metadata: { jobId: 'job_1', session: 'session_1' },
    });
    expect(text).toEqual(['The cup is gone.']);
    expect(part(message, 'data-plan').map(({ data }) => data)).toEqual([{ steps }]);
    expect(part(message, 'data-progress').map(({ data }) => data)).toEqual([
      { stage: 'detect', progress: 40, message: 'Message 5', previewUrl: 'http://x/p' },
    ]);
    expect(part(message, 'data-job').map(({ data }) => data.state)).toEqual(['succeeded']);
    expect(part(message, 'data-image')).toEqual([]);
  });

  it('goes through the states of the job', async () => {
    const { states } = await messageOf(stored({ status: 'queued' }, started, success('Done.')));
    const seen = states.map((state) => part(state, 'data-job')[0]?.data.state);
    expect([...new Set(seen)]).toEqual([undefined, 'queued', 'running', 'succeeded']);
  });

  it('moves with live progress, which changes nothing else', async () => {
    const running: JobEventView = {
      status: 'progress',
      state: 'running',
      step: 's1',
      at: '2026-01-01T00:00:00.000Z',
      stage: 'remove',
      progress: 55,
      message: 'Painting...',
      after: 2,
    };
    const [queued, start, end] = stored({ status: 'queued' }, started, success('Done.'));
    if (!queued || !start || !end) throw new Error('three events');
    const { states } = await messageOf([queued, start, running, end]);
    expect(states.some((state) => part(state, 'data-progress')[0]?.data.message === 'Painting...')).toBe(true);
  });

  it('asks, says how to answer, and closes the question when the job goes on', async () => {
    const question: Body = {
      status: 'question',
      id: 'question_1',
      kind: 'choice',
      reason: 'ambiguous',
      phrase: 'the cup',
      candidates: [],
      overlay: 'img_2',
      overlayUrl: 'http://x/overlay',
      expiresAt: null,
    };
    const { states, message } = await messageOf(stored({ status: 'queued' }, question, started, success('Done.')));
    const asked = states.flatMap((state) => part(state, 'data-question')).find(({ data }) => data.isOpen);
    expect(asked?.data).toEqual({
      message: 'Message 2',
      id: 'question_1',
      kind: 'choice',
      reason: 'ambiguous',
      phrase: 'the cup',
      candidates: [],
      overlay: 'img_2',
      overlayUrl: 'http://x/overlay',
      expiresAt: null,
      isOpen: true,
      answer: { method: 'POST', url: 'http://x/jobs/job_1/answer', body: { question: 'question_1' }, add: 'choice' },
    });
    expect(states.some((state) => part(state, 'data-job')[0]?.data.state === 'waiting')).toBe(true);
    expect(part(message, 'data-question').map(({ data }) => data.isOpen)).toEqual([false]);
  });

  it('ends in the error’s sentence where the job failed, after the picture that was made before', async () => {
    const error = { code: 'no-match', message: 'There is no dog.', hint: 'Name another thing.' };
    const made = { outputImage: 'img_3', output_image_url: 'http://x/3', edits: [] };
    const events = stored({ status: 'queued' }, { status: 'failure', error, step: null, ...made });
    const { message, errors, text } = await messageOf(events);
    expect(errors).toEqual([new Error('There is no dog. Name another thing.')]);
    expect(text).toEqual([]);
    expect(part(message, 'data-image')[0]?.data).toEqual({
      id: 'img_3',
      url: 'http://x/3',
      verified: false,
      edits: [],
    });
    expect(part(message, 'data-job')[0]?.data.state).toBe('failed');
    expect((await chunksOf(events)).at(-1)).toEqual({ type: 'finish', finishReason: 'error' });
  });

  it('breaks off as an abort where the job was cancelled', async () => {
    const chunks = await chunksOf(stored({ status: 'queued' }, { status: 'cancelled', ...none }));
    expect(chunks.slice(-2)).toEqual([
      { type: 'abort', reason: 'Message 2' },
      { type: 'finish', finishReason: 'other' },
    ]);
  });

  it('is an error of the connection where the events end before the job', async () => {
    await expect(chunksOf(stored({ status: 'queued' }))).rejects.toMatchObject({ code: 'server-unavailable' });
  });
});

describe('text', () => {
  const [queued, start, end] = stored({ status: 'queued' }, started, success('The cup is gone.'));
  if (!queued || !start || !end) throw new Error('three events');

  it.each([
    ['is streamed whole', [queued, start, token('The cup', 2), token(' is gone.\n', 2), end], ['The cup is gone.\n']],
    ['was lost at the end', [queued, start, token('The cup', 2), end], ['The cup is gone.']],
    ['was lost at the beginning', [queued, start, token(' is gone.', 2), end], ['The cup is gone.']],
    [
      'came twice after a worker died',
      [queued, start, token('The c', 2), token('The cup is gone.', 2), end],
      ['The cup is gone.'],
    ],
    ['was said before the work', [queued, token('I look.', 1), start, end], ['I look.', 'The cup is gone.']],
    [
      'is the answer, followed by a last step',
      [queued, token('The cup is gone.', 1), start, end],
      ['The cup is gone.'],
    ],
  ] as const)('that %s ends as the answer', async (_name, events, expected) => {
    expect((await messageOf(events)).text).toEqual(expected);
  });

  it('grows while it is written', async () => {
    const { states } = await messageOf([queued, start, token('The cup', 2), token(' is gone.', 2), end]);
    const texts = states.flatMap((state) => part(state, 'text').map(({ text }) => text));
    expect([...new Set(texts)]).toEqual(['', 'The cup', 'The cup is gone.']);
  });

  it('that began before one listened is left out until the job goes on', async () => {
    const events = [queued, start, token('p is gone. ', 2), token('More.', 3), end];
    const { states } = await messageOf(events, { isFresh: false, lastSeq: 2 });
    const texts = states.flatMap((state) => part(state, 'text').map(({ text }) => text));
    expect(texts).not.toContain('p is gone. ');
    expect(texts).toContain('More.');
    expect(texts.at(-1)).toBe('The cup is gone.');
  });

  it('taken back leaves the other parts', async () => {
    const { message } = await messageOf([queued, start, token('Wrong', 2), end]);
    expect(message?.parts.map(({ type }) => type)).toEqual(['data-job', 'data-progress', 'step-start', 'text']);
  });
});

it('stops reading events when nobody reads the stream', async () => {
  const control = new AbortController();
  async function* waiting(): AsyncGenerator<JobEventView> {
    yield* stored({ status: 'queued' });
    await new Promise((_resolve, reject) => control.signal.addEventListener('abort', reject));
  }
  const options = { job: { ...job, lastSeq: 1 }, isFresh: true, onCancel: () => control.abort() };
  const reader = uiMessageStream(waiting(), options).getReader();
  await reader.read();
  await reader.cancel();
  expect(control.signal.aborted).toBe(true);
});
