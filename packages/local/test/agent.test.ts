import {
  atelier,
  isStored,
  type Recording,
  type RunEvent,
  type RunPort,
  recordingPort,
  replayPort,
  type StoredEvent,
} from '@atelier/sdk';
import { afterAll, describe, expect, it } from 'vitest';
import { local, planner } from '../src/index.ts';
import { photo } from './photos.ts';

const backend = local();
const studio = atelier({ backends: [backend], brain: planner() });
afterAll(() => studio.close());

async function collect(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const all: RunEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}
const stored = (events: readonly RunEvent[]): StoredEvent[] => events.filter(isStored);

/** Pixels that differ between two pictures, apart by whether the mask covers them. Written apart from the SDK's own count. */
function differences(
  before: { width: number; data: Uint8Array },
  after: { data: Uint8Array },
  mask: { data: Uint8Array },
): { inside: number; outside: number } {
  let inside = 0;
  let outside = 0;
  for (let i = 0; i < before.data.length / 4; i++) {
    const same = [0, 1, 2, 3].every((channel) => before.data[i * 4 + channel] === after.data[i * 4 + channel]);
    if (!same && mask.data[i]) inside++;
    if (!same && !mask.data[i]) outside++;
  }
  return { inside, outside };
}

describe('a run on a real photograph', () => {
  it('plans, finds, cuts out, removes, checks and tells the truth, changing nothing outside the mask', async () => {
    const session = studio.session({ image: photo('coffee.png') });
    const before = await session.image();
    const run = session.run('remove the cup');
    const events = await collect(run.events);
    const { image, answer, edits, verified } = await run.result;
    expect(before && image).toBeTruthy();
    if (!before || !image) return;

    expect(stored(events).map(({ seq }) => seq)).toEqual(stored(events).map((_, index) => index));
    const percents = stored(events).map(({ progress }) => progress);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect(percents.at(-1)).toBe(100);
    expect(stored(events)[0].status).toBe('queued');
    expect(stored(events)[1]).toMatchObject({
      status: 'plan',
      steps: [{ tool: 'detect_objects' }, { tool: 'segment_object' }, { tool: 'remove_object' }],
    });
    expect(events.some(({ status }) => status === 'token')).toBe(true);
    expect(events.some((event) => event.status === 'progress' && event.stage === 'verify')).toBe(true);
    expect(stored(events).at(-1)).toMatchObject({ status: 'success', answer, verified, outputImage: image.id });

    expect(edits).toHaveLength(1);
    const [{ receipt }] = edits;
    expect(receipt).toMatchObject({ changedOutsideMask: 0, backend: 'local', before: before.id, after: image.id });
    const mask = await session.loadMask(receipt.mask);
    const changed = differences(before, image, mask);
    expect(changed).toEqual({ inside: receipt.changedInsideMask, outside: 0 });
    expect(changed.inside).toBeGreaterThan(20_000);
    expect(verified).toBe(true);

    // The same in Korean, then back again.
    await session.undo(edits[0].id);
    expect((await session.image())?.id).toBe(before.id);
    const korean = session.run('컵을 지워줘');
    const again = await korean.result;
    expect(again.image?.id).toBe(image.id);
    expect(again.answer).toMatch(/컵/);
    expect((await collect(korean.events)).some(({ status }) => status === 'token')).toBe(true);
    expect(await session.history()).toHaveLength(1);
  });

  it('asks which one, does what was chosen, and leaves the other half alone', async () => {
    const session = studio.session({ image: photo('two-cups.png') });
    const before = await session.image();
    const unanswered = session.run('remove the cup');
    await expect(unanswered.result).rejects.toMatchObject({ code: 'choice-needed' });
    const question = stored(await collect(unanswered.events)).find(({ status }) => status === 'question');
    expect(question).toMatchObject({
      kind: 'choice',
      reason: 'ambiguous',
      candidates: [{ number: 1 }, { number: 2 }],
    });

    const { image } = await session.run('remove the cup', { answer: () => ({ choice: 2 }) }).result;
    if (!before || !image) throw new Error('no picture');
    const half = { data: Uint8Array.from({ length: 1200 * 400 }, (_, i) => (i % 1200 >= 600 ? 1 : 0)) };
    const changed = differences(before, image, half);
    expect(changed.outside).toBe(0);
    expect(changed.inside).toBeGreaterThan(20_000);
  });

  it('offers what it did see when nothing matches', async () => {
    const run = studio.session({ image: photo('chelsea.png') }).run('remove the cat');
    await expect(run.result).rejects.toMatchObject({
      code: 'no-match',
      details: { candidates: expect.arrayContaining([expect.objectContaining({ label: 'dog' })]) },
    });
    const question = stored(await collect(run.events)).find(({ status }) => status === 'question');
    expect(question?.message).toMatch(/dog, \d+ %/);
  });

  it('says before the first step that nobody here can paint, and who could', async () => {
    const run = studio.session({ image: photo('coffee.png') }).run('replace the cup with a cat');
    await expect(run.result).rejects.toMatchObject({
      code: 'capability-unavailable',
      hint: expect.stringMatching(/triton.*hosted/),
    });
    expect(stored(await collect(run.events)).map(({ status }) => status)).toEqual(['queued', 'failure']);
  });

  it('says what it understands when it does not', async () => {
    const run = studio.session({ image: photo('coffee.png') }).run('sing me a song about the sea');
    await expect(run.result).rejects.toMatchObject({
      code: 'request-not-understood',
      message: expect.stringMatching(/remove/i),
    });
  });

  it('stops within moments when told to', async () => {
    const controller = new AbortController();
    const run = studio.session({ image: photo('coffee.png') }).run('remove the cup', { signal: controller.signal });
    for await (const event of run.events) {
      if (event.status === 'progress' && event.stage === 'remove') break;
    }
    const began = performance.now();
    controller.abort();
    await expect(run.result).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - began).toBeLessThan(1000);
    expect(stored(await collect(run.events)).at(-1)).toMatchObject({ status: 'cancelled' });
  });
});

describe('a recorded run', () => {
  it('replays to the same events without brain, models or people', async () => {
    let recording: Recording | undefined;
    const recorded = studio.session({ image: photo('two-cups.png') }).run('remove the cup', {
      answer: () => ({ choice: 1 }),
      port: (emit) => {
        const wrapped = recordingPort(inMemory(emit, 1));
        recording = wrapped.recording;
        return wrapped.port;
      },
    });
    const first = stored(await collect(recorded.events));
    const result = await recorded.result;
    if (!recording) throw new Error('nothing was recorded');
    const copy: Recording = JSON.parse(JSON.stringify(recording));

    const refuse = () => Promise.reject(new Error('a replay must not do anything'));
    const nothing: RunPort = { step: refuse, emit: () => {}, ask: refuse, now: refuse, newId: refuse };
    const bare = atelier({ backends: [], brain: planner() });
    const replayed = bare.session().run('remove the cup', { port: (emit) => replayPort(copy, nothing, emit) });
    replayed.result.catch(() => {});
    const second = stored(await collect(replayed.events));
    expect(second).toEqual(first);
    expect(second.at(-1)).toMatchObject({ status: 'success', outputImage: result.image?.id });
  });
});

const inMemory = (emit: (event: RunEvent) => void, choice: number): RunPort => ({
  step: (_id, work) => work(),
  emit,
  ask: async () => ({ choice }),
  now: () => Date.now(),
  newId: (prefix) => `${prefix}_${choice}`,
});
