import { afterAll, describe, expect, it, vi } from 'vitest';
import type { JobView } from '../job-board.ts';
import { openBoard, openStudio, show } from './__fixtures__/boards.ts';

const studio = openStudio();
afterAll(() => studio.close());

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: unknown) => Reflect.get(Object(error), 'code'),
  );

const choiceOf = ({ question }: JobView) => {
  if (question?.kind !== 'choice') throw new Error('It asks no choice.');
  return question;
};

describe('a job', () => {
  it('edits a photograph, says how far it is, and what it made', async () => {
    const { jobs, changes, seen } = openBoard(studio);
    const image = await show(studio, 'edits', 'coffee.png');
    const begun = await jobs.start({ prompt: 'Remove the cup', image, session: 'edits' });
    expect(begun).toMatchObject({ state: 'queued', session: 'edits', message: 'Waiting to start...', verified: null });
    const told: JobView[] = [];
    const done = await jobs.follow(begun.id, { onChange: (view) => told.push(view) });
    expect(done).toMatchObject({ state: 'succeeded', progress: 100, question: null, error: null, notDone: [] });
    expect(done.image).toMatch(/^img_/);
    expect(done.image).not.toBe(image);
    expect(done.edits).toHaveLength(1);
    expect(done.edits[0]).toMatchObject({ tool: 'remove_object', image: done.image, changedOutsideMask: 0 });
    expect(done.verified).toBe(done.edits[0]?.verified.ok);
    const progress = told.map((view) => view.progress);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(told.map(({ message }) => message)).toContain('Finding things...');
    expect((await studio.session({ id: 'edits' }).image())?.id).toBe(done.image);
    expect(seen.at(-1)).toMatchObject({ session: 'edits', edits: [done.edits[0]?.id] });
    expect(seen.at(-1)?.images.map(({ id }) => id)).toEqual([done.image]);
    expect(changes).toContainEqual({ kind: 'job', job: begun.id });
    expect(changes).toContainEqual({ kind: 'session', session: 'edits' });
    expect(await jobs.get(begun.id)).toEqual(done);
    expect(await jobs.recent()).toEqual([begun.id]);
    await vi.waitFor(() => expect(jobs.isIdle).toBe(true));
  });

  it('speaks Korean to those who wrote Korean', async () => {
    const { jobs } = openBoard(studio);
    const image = await show(studio, 'korean', 'two-cups.png');
    const { id, message } = await jobs.start({ prompt: '컵을 지워줘', image, session: 'korean' });
    expect(message).toBe('대기 중...');
    const asked = await jobs.follow(id);
    expect(asked.state).toBe('waiting');
    expect(asked.message).toMatch(/어느 것인가요/);
    expect((await jobs.cancel(id)).message).toBe('취소했습니다.');
  });

  it('goes on in the session that its picture was seen in, and in a new one where there is none', async () => {
    const image = await show(studio, 'known', 'coffee.png');
    const { jobs } = openBoard(studio, { sessionOf: async (id) => (id === image ? 'known' : undefined) });
    const known = await jobs.start({ prompt: 'Remove the cup', image });
    const other = await jobs.start({ prompt: 'Remove the cup' });
    expect(known.session).toBe('known');
    expect(other.session).toMatch(/^session_[0-9a-f]{32}$/);
    await jobs.cancel(known.id);
    const failed = await jobs.follow(other.id);
    expect(failed).toMatchObject({ state: 'failed', verified: false, error: { code: 'invalid-input' } });
  });

  it('refuses at once what can never work', async () => {
    const { jobs } = openBoard(studio);
    expect(await codeOf(jobs.start({ prompt: '  ' }))).toBe('invalid-input');
    expect(await codeOf(jobs.start({ prompt: 'x'.repeat(10_001) }))).toBe('invalid-input');
    expect(await codeOf(jobs.start({ prompt: 'x', image: '/etc/passwd' }))).toBe('invalid-input');
    expect(await codeOf(jobs.start({ prompt: 'x', image: `img_${'0'.repeat(32)}` }))).toBe('not-found');
    expect(await codeOf(jobs.start({ prompt: 'x', session: '../up' }))).toBe('invalid-input');
    expect(await codeOf(jobs.get('../../etc'))).toBe('not-found');
    expect(await codeOf(jobs.answer(`job_${'0'.repeat(32)}`, 'q', { choice: 1 }))).toBe('not-found');
    expect(await jobs.recent()).toEqual([]);
  });
});

describe('"which one?"', () => {
  it('waits, takes the first answer, and removes that one', async () => {
    const { jobs } = openBoard(studio);
    const image = await show(studio, 'which', 'two-cups.png');
    const { id } = await jobs.start({ prompt: 'Remove the cup', image, session: 'which' });
    const asked = await jobs.follow(id);
    expect(asked.state).toBe('waiting');
    const question = choiceOf(asked);
    expect(question.candidates).toHaveLength(2);
    expect(asked.message).toMatch(/Which one\?/);
    expect(Date.parse(question.expiresAt ?? '')).toBeGreaterThan(Date.now() + 14 * 60_000);
    expect(await codeOf(jobs.answer(id, question.id, { choice: 3 }))).toBe('invalid-input');
    expect(await codeOf(jobs.answer(id, question.id, { approved: true }))).toBe('invalid-input');
    expect(await codeOf(jobs.answer(id, 'question_other', { choice: 1 }))).toBe('conflict');
    const [first, same, other] = await Promise.allSettled([
      jobs.answer(id, question.id, { choice: 2 }),
      jobs.answer(id, question.id, { choice: 2 }),
      jobs.answer(id, question.id, { choice: 1 }),
    ]);
    expect([first.status, same.status, other.status]).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(first).toMatchObject({ value: { state: 'running', question: null } });
    const done = await jobs.follow(id);
    expect(done).toMatchObject({ state: 'succeeded', edits: [{ tool: 'remove_object' }] });
    const mask = await studio.session({ id: 'which' }).loadMask(done.edits[0]?.mask ?? '');
    const [left, right] = question.candidates;
    const middle = ((left?.box.x ?? 0) + (left?.box.width ?? 0) + (right?.box.x ?? 0)) / 2;
    expect(mask.bounds?.x).toBeGreaterThan(middle - 30);
    expect((await jobs.answer(id, question.id, { choice: 2 })).state).toBe('succeeded');
    expect(await codeOf(jobs.answer(id, question.id, { choice: 1 }))).toBe('conflict');
  });

  it('ends as what nobody answered when its time is over', async () => {
    let now = Date.now();
    const { jobs } = openBoard(studio, { now: () => now });
    const image = await show(studio, 'expires', 'two-cups.png');
    const { id } = await jobs.start({ prompt: 'Remove the cup', image, session: 'expires' });
    const question = choiceOf(await jobs.follow(id));
    now += 15 * 60_000 - 1;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect((await jobs.get(id)).state).toBe('waiting');
    now += 1;
    expect(await codeOf(jobs.answer(id, question.id, { choice: 1 }))).toBe('conflict');
    const last = await vi.waitFor(async () => {
      const view = await jobs.get(id);
      expect(view.state).toBe('failed');
      return view;
    });
    expect(last).toMatchObject({ state: 'failed', error: { code: 'choice-needed' }, edits: [], image: null });
    expect(await codeOf(jobs.answer(id, question.id, { choice: 1 }))).toBe('conflict');
  });

  it('leaves its place to others while it waits', async () => {
    const { jobs } = openBoard(studio);
    const image = await show(studio, 'place-0', 'two-cups.png');
    const waiting = [];
    for (const session of ['place-0', 'place-1', 'place-2']) {
      waiting.push(await jobs.start({ prompt: 'Remove the cup', image, session }));
    }
    const asked = await Promise.all(waiting.map(({ id }) => jobs.follow(id)));
    expect(asked.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting']);
    const ended = await Promise.all(asked.map(({ id }) => jobs.cancel(id)));
    expect(ended.map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    await vi.waitFor(() => expect(jobs.isIdle).toBe(true));
  });
});

describe('approval', () => {
  it('is asked for where the job says so; a no leaves the picture as it is', async () => {
    const { jobs } = openBoard(studio);
    const image = await show(studio, 'approval', 'coffee.png');
    const { id } = await jobs.start({ prompt: 'Remove the cup', image, session: 'approval', approve: 'edits' });
    const asked = await jobs.follow(id);
    expect(asked).toMatchObject({ state: 'waiting', question: { kind: 'approval', tool: 'remove_object' } });
    expect(asked.message).toMatch(/May I\?/);
    await jobs.answer(id, asked.question?.id ?? '', { approved: false, reason: 'Not this one.' });
    const ended = await jobs.follow(id);
    expect(ended).toMatchObject({ state: 'failed', error: { code: 'not-approved' }, edits: [], image: null });
    expect((await studio.session({ id: 'approval' }).image())?.id).toBe(image);
  });

  it('lets the edit be made after a yes', async () => {
    const { jobs } = openBoard(studio, { approve: 'edits' });
    const image = await show(studio, 'approved', 'coffee.png');
    const { id } = await jobs.start({ prompt: 'Remove the cup', image, session: 'approved' });
    const asked = await jobs.follow(id);
    await jobs.answer(id, asked.question?.id ?? '', { approved: true });
    expect(await jobs.follow(id)).toMatchObject({ state: 'succeeded', edits: [{ tool: 'remove_object' }] });
  });
});

describe('following', () => {
  it('stops when its time is over or its caller goes, and the job goes on', async () => {
    const { jobs } = openBoard(studio);
    const image = await show(studio, 'followed', 'coffee.png');
    const { id } = await jobs.start({ prompt: 'Remove the cup', image, session: 'followed' });
    expect((await jobs.follow(id, { timeoutMs: 0 })).state).toMatch(/queued|running/);
    const stop = new AbortController();
    const following = codeOf(jobs.follow(id, { signal: stop.signal }));
    stop.abort();
    expect(await following).toBe('cancelled');
    expect((await jobs.follow(id)).state).toBe('succeeded');
  });
});
