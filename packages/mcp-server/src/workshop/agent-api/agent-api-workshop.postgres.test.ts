import { AtelierError } from '@atelier/sdk/errors';
import { decodeImage, Mask } from '@atelier/sdk/image';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { JobView } from '../../jobs/job-board.ts';
import type { Change, Principal, ToolCall, Workshop, Workshops } from '../workshop.ts';
import { type OpenApi, openApi, photo } from './__fixtures__/open-api.ts';
import { agentApiWorkshops } from './agent-api-workshops.ts';

let api: OpenApi;
let workshops: Workshops;
let workshop: Workshop;
const desk: Principal = { scope: 'default', may: { look: true, edit: true }, session: `session_${'d'.repeat(32)}` };
const changes: Change[] = [];
beforeAll(async () => {
  api = await openApi(inject('postgres'));
  workshops = agentApiWorkshops({ url: api.url, key: api.keys.one });
  workshop = workshops.of(desk);
  workshop.onChange((change) => changes.push(change));
});
afterAll(async () => {
  await workshops?.close();
  await api?.close();
});

const call = (tool: ToolCall['tool'], input: ToolCall['input'], more: Partial<ToolCall> = {}) =>
  workshop.call({ tool, input, language: 'en', ...more });
const brighten = (image: string) => ({ image, operation: 'brighten', region: 'everything' });
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: unknown) => (AtelierError.isInstance(error) ? error.code : error),
  );
const noImage = `img_${'0'.repeat(32)}`;

describe('a workshop over the agent API', () => {
  it('takes pictures, edits them in the session of its caller, and tells of it', async () => {
    changes.length = 0;
    const { id: image, width, height } = await workshop.takeBytes(await photo('coffee.png'));
    expect([width, height]).toEqual([600, 400]);
    const edited = await call('adjust_image', brighten(image));
    expect(edited).toMatchObject({ session: `mcp_${'d'.repeat(32)}`, output: { changedOutsideMask: 0 } });
    expect(changes).toContainEqual({ kind: 'session', session: edited.session });
    expect(changes).toContainEqual({ kind: 'pictures' });
    const history = await workshop.history(edited.session);
    expect(history).toMatchObject({
      session: edited.session,
      image: edited.output.image,
      edits: [{ id: edited.output.edit, before: image, after: edited.output.image, isCurrent: true }],
    });
    const undone = await call('undo_edit', {});
    expect(undone).toMatchObject({ session: edited.session, output: { image, undone: edited.output.edit } });
    const [first, second] = await workshop.recentPictures();
    expect([first?.id, second]).toEqual([edited.output.image, { id: image, width, height }]);
    expect(await workshop.recentPictures({ startsWith: image.slice(0, 12) })).toEqual([{ id: image, width, height }]);
    expect(await workshop.recentPictures({ startsWith: '%' })).toEqual([]);
    expect(await workshop.recentSessions()).toEqual([edited.session]);
  });

  it('gives files, masks and previews, with a mask tinted where one is named', async () => {
    const bytes = await photo('two-cups.png');
    const { id } = await workshop.takeBytes(bytes);
    const file = await workshop.file(id);
    expect([file.mediaType, Buffer.from(file.bytes).equals(bytes)]).toEqual(['image/png', true]);
    expect(await workshop.fileInfo(id)).toEqual({ mediaType: 'image/png', size: bytes.length });
    const { output } = await call('segment_object', { image: id, phrase: 'the cup', choice: 2 });
    const mask = Mask.fromRle(await workshop.mask(String(output.mask)));
    expect([mask.width, mask.height, mask.area]).toEqual([1200, 400, output.area]);
    const plain = await workshop.preview(id);
    const tinted = await workshop.preview(id, { mask: String(output.mask) });
    const [a, b] = await Promise.all([plain, tinted].map((preview) => decodeImage(preview.bytes)));
    expect([a?.width, b?.width, plain.mediaType]).toEqual([768, 768, 'image/jpeg']);
    const changeAt = (x: number, y: number) =>
      [0, 1, 2].reduce((sum, k) => {
        const at = (Math.round((y * 768) / 1200) * 768 + Math.round((x * 768) / 1200)) * 4 + k;
        return sum + Math.abs((a?.data[at] ?? 0) - (b?.data[at] ?? 0));
      }, 0);
    const { x, y, width, height } = mask.bounds ?? { x: 0, y: 0, width: 0, height: 0 };
    expect(changeAt(x + width / 2, y + height / 2)).toBeGreaterThan(30);
    expect(changeAt(1200 - x - width / 2, 10)).toBeLessThan(15);
    const small = await workshop.preview(id, { maxBytes: 9000, maxSide: 300 });
    expect(small.bytes.length).toBeLessThanOrEqual(9000);
    expect((await decodeImage(small.bytes)).width).toBeLessThanOrEqual(300);
  });

  it('leaves a session with the picture it shows where another is only offered', async () => {
    const [first, other] = [await photo('coffee.png'), await photo('two-cups.png')];
    const offer = { session: 'offered', makeCurrent: false };
    const { id, isCurrent } = await workshop.takeBytes(first, offer);
    expect(isCurrent).toBe(true);
    const { id: looked, ...taken } = await workshop.takeBytes(other, offer);
    expect(taken).toEqual({ width: 1200, height: 400, isCurrent: false });
    expect((await workshop.history('offered')).image).toBe(id);
    expect(await workshop.picture(looked)).toMatchObject({ id: looked });
  });

  it('asks which one as an answer, and fails with the codes of the API', async () => {
    const { id: image } = await workshop.takeBytes(await photo('two-cups.png'));
    expect((await call('remove_object', { image, phrase: 'the cup' })).output).toMatchObject({ needs: 'choice' });
    expect(await codeOf(call('detect_objects', { image, phrases: ['xylophone'] }))).toBe('phrase-unknown');
    expect(await codeOf(call('detect_objects', { image: noImage, phrases: [] }))).toBe('not-found');
    expect(await codeOf(call('adjust_image', { image, operation: 'explode' }))).toBe('invalid-input');
    expect(await codeOf(call('inpaint_image', { image, phrase: 'the cup', choice: 1, prompt: 'a cat' }))).toBe(
      'capability-unavailable',
    );
    expect(await codeOf(call('plan', { steps: [] }))).toBe('invalid-input');
    const stop = AbortSignal.abort();
    expect(await codeOf(call('detect_objects', { image, phrases: [] }, { signal: stop }))).toBe('cancelled');
    expect(await codeOf(workshop.takeBytes(new Uint8Array([1, 2, 3])))).toBe('image-invalid');
    for (const lost of [
      () => workshop.picture(noImage),
      () => workshop.picture('../x'),
      () => workshop.file(noImage),
      () => workshop.preview(noImage),
      () => workshop.mask(`mask_${'0'.repeat(32)}`),
      () => workshop.mask(image),
      () => workshop.history('nowhere'),
      () => workshop.history('../up'),
      () => workshop.jobs.get('job_1'),
      () => workshop.jobs.get('../up'),
    ])
      expect(await codeOf(lost())).toBe('not-found');
    const away = agentApiWorkshops({ url: 'http://127.0.0.1:1' }).of(desk);
    expect(await codeOf(away.call({ tool: 'undo_edit', input: {}, language: 'en' }))).toBe('server-unreachable');
    expect(() => agentApiWorkshops({ url: 'localhost:3000' })).toThrow(/not the address/);
  });

  it('works with the key of its caller, and with none where callers bring keys and this one has none', async () => {
    const { id: image } = await workshop.takeBytes(await photo('coffee.png'));
    const strict = agentApiWorkshops({ url: api.url, key: api.keys.one, principalKeys: true });
    const { session: _own, ...nobody } = desk;
    expect(await codeOf(strict.of(nobody).picture(image))).toBe('access-denied');
    const one = strict.of({ ...nobody, key: api.keys.one });
    const two = strict.of({ ...nobody, key: api.keys.two });
    expect((await one.picture(image)).id).toBe(image);
    expect(await codeOf(two.picture(image))).toBe('not-found');
    expect(await codeOf(two.call({ tool: 'adjust_image', input: brighten(image), language: 'en' }))).toBe('not-found');
    expect(await codeOf(workshops.of({ ...nobody, key: api.keys.two }).picture(image))).toBe('not-found');
    expect(strict.of({ ...nobody, key: api.keys.one })).toBe(one);
  });
});

describe('jobs of the agent API', () => {
  it('are started in the session of their picture, followed, and end with a verified picture', async () => {
    changes.length = 0;
    const { id: image } = await workshop.takeBytes(await photo('coffee.png'));
    const begun = await workshop.jobs.start({ prompt: 'Remove the cup', image });
    expect(begun).toMatchObject({ session: `mcp_${'d'.repeat(32)}`, prompt: 'Remove the cup', verified: null });
    const told: JobView[] = [];
    const done = await workshop.jobs.follow(begun.id, { onChange: (view) => told.push(view) });
    expect(done).toMatchObject({ state: 'succeeded', progress: 100, question: null, error: null, verified: true });
    expect(done.edits).toMatchObject([{ tool: 'remove_object', image: done.image, changedOutsideMask: 0 }]);
    expect(told.length).toBeGreaterThan(2);
    const progress = told.map((view) => view.progress);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(changes).toContainEqual({ kind: 'job', job: begun.id });
    expect(changes.at(-1)).toEqual({ kind: 'session', session: begun.session });
    expect(await workshop.jobs.recent(1)).toEqual([begun.id]);
    expect(await workshop.jobs.get(begun.id)).toEqual(done);
    const { session } = await call('ask_image', { image: done.image ?? '', question: 'How many cups are there?' });
    expect(session).toBe(begun.session);
  });

  it('ask which one, take one answer, and go on', async () => {
    const { id: image } = await workshop.takeBytes(await photo('two-cups.png'), { session: 'cups' });
    const { id } = await workshop.jobs.start({ prompt: '컵을 지워줘', image });
    const asked = await workshop.jobs.follow(id);
    if (asked.question?.kind !== 'choice') throw new Error('It asks no choice.');
    expect(asked).toMatchObject({ state: 'waiting', session: 'cups', message: expect.stringMatching(/[가-힣]/) });
    expect(asked.question).not.toHaveProperty('overlayUrl');
    expect(await codeOf(call('adjust_image', brighten(image)))).toBe('conflict');
    const { jobs } = workshop;
    expect(await codeOf(jobs.answer(id, asked.question.id, { choice: 7 }))).toBe('invalid-input');
    expect(await codeOf(jobs.answer(id, 'another', { choice: 1 }))).toBe('conflict');
    expect(await codeOf(jobs.answer('job_1', 'another', { choice: 1 }))).toBe('not-found');
    expect(await jobs.answer(id, asked.question.id, { choice: 2 })).toMatchObject({ question: null });
    await jobs.answer(id, asked.question.id, { choice: 2 });
    expect(await codeOf(jobs.answer(id, asked.question.id, { choice: 1 }))).toBe('conflict');
    expect(await jobs.follow(id)).toMatchObject({ state: 'succeeded', edits: [{ tool: 'remove_object' }] });
  });

  it('wait for a yes where the workshops were told so, and are left and stopped', async () => {
    const careful = agentApiWorkshops({ url: api.url, key: api.keys.one, approve: 'edits' }).of(desk);
    const { id: image } = await careful.takeBytes(await photo('coffee.png'), { session: 'careful' });
    const { id } = await careful.jobs.start({ prompt: 'remove the cup', image });
    expect(await careful.jobs.follow(id)).toMatchObject({ state: 'waiting', question: { kind: 'approval' } });
    expect(await codeOf(careful.jobs.follow(id, { signal: AbortSignal.abort() }))).toBe('cancelled');
    expect(await careful.jobs.cancel(id)).toMatchObject({ state: 'cancelled', verified: false, question: null });
    expect(await careful.jobs.cancel(id)).toMatchObject({ state: 'cancelled' });
    expect(await careful.jobs.follow(id)).toMatchObject({ state: 'cancelled', error: null });
    expect(await codeOf(careful.jobs.start({ prompt: ' ', image }))).toBe('invalid-input');
    expect(await codeOf(careful.jobs.start({ prompt: 'remove the cup', image: noImage }))).toBe('not-found');
    const waited = await careful.jobs.start({ prompt: 'remove the cup', image });
    const early = await careful.jobs.follow(waited.id, { timeoutMs: 0 });
    expect(['queued', 'running', 'waiting']).toContain(early.state);
    await careful.jobs.cancel(waited.id);
  });
});
