import { APICallError } from 'ai';
import { describe, expect, it, vi } from 'vitest';
import { memoryHistoryStore } from '../history/memory-history-store.ts';
import { places, scriptedBrain, squareBackend, squares, type Turn } from './__fixtures__/scripted.ts';
import { atelier } from './atelier.ts';
import { isStored, type RunEvent, type StoredEvent } from './events.ts';
import { memoryPort } from './memory-port.ts';
import { type Recording, recordingPort, replayPort } from './recording.ts';
import type { RunPort } from './run-port.ts';

const image = await squares();
const remove = (place: keyof typeof places, id = image.id) => ({
  tool: 'remove_object',
  input: { image: id, box: { ...places[place], width: 16, height: 16 } },
});
const plan = { tool: 'plan', input: { steps: [{ tool: 'remove_object', message: 'Remove it' }] } };

const studioWith = (script: Parameters<typeof scriptedBrain>[0], backend = squareBackend()) =>
  atelier({ backends: [backend], brain: scriptedBrain(script) });

async function collect(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const all: RunEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}
const ends = async (events: AsyncIterable<RunEvent>) => (await collect(events)).filter(isStored).at(-1);

describe('what a run calls a success', () => {
  it('is not a failed edit followed by a look around', async () => {
    const broken = squareBackend({ remove: () => Promise.reject(new Error('out of memory')) });
    const look = { tool: 'detect_objects', input: { image: image.id, phrases: [] } };
    const run = studioWith([[plan], [remove('left')], [look], 'All done!'], broken)
      .session({ image })
      .run('go');
    await expect(run.result).rejects.toMatchObject({
      code: 'backend-failed',
      message: expect.stringContaining('memory'),
    });
    expect(await ends(run.events)).toMatchObject({ status: 'failure', edits: [], outputImage: null });
  });

  it('is an edit that worked after the looking for it had failed', async () => {
    const nothing = { tool: 'segment_object', input: { image: image.id, box: { x: 500, y: 0, width: 5, height: 5 } } };
    const { result } = studioWith([[plan], [nothing], [remove('left')], 'Done.'])
      .session({ image })
      .run('go');
    await expect(result).resolves.toMatchObject({
      answer: 'Done.',
      verified: true,
      edits: [{ tool: 'remove_object' }],
    });
  });

  it('is not a brain that talks when its steps are used up', async () => {
    const look = [{ tool: 'detect_objects', input: { image: image.id, phrases: [] } }];
    const run = studioWith((call) => (call === 0 ? [plan] : look))
      .session({ image })
      .run('go', { maxSteps: 4 });
    await expect(run.result).rejects.toMatchObject({ code: 'budget-exceeded' });
  });

  it('is not a picture that was edited and put back', async () => {
    const session = studioWith([[plan], [remove('left')], [{ tool: 'undo_edit', input: {} }], 'Undone.']).session({
      image,
    });
    const result = await session.run('go').result;
    expect(result).toMatchObject({ changed: false, edits: [] });
    expect(result.image?.id).toBe(image.id);
  });

  it('keeps and tells the edits that were made before it failed', async () => {
    const session = studioWith([[plan], [remove('left')], new Error('the line is dead')]).session({ image });
    const run = session.run('go');
    await expect(run.result).rejects.toMatchObject({ code: 'brain-failed' });
    const current = await session.image();
    expect(current?.id).not.toBe(image.id);
    expect(await ends(run.events)).toMatchObject({ edits: [{ tool: 'remove_object' }], outputImage: current?.id });
    const told = await session.history();
    expect(told).toHaveLength(1);
  });
});

describe('a port that fails', () => {
  const failing = (when: (event: RunEvent) => boolean) => (emit: (event: RunEvent) => void) => ({
    ...memoryPort({ emit }),
    emit: (event: RunEvent) => {
      emit(event);
      if (when(event)) throw new Error('database down');
    },
  });
  const turns: Turn[] = [[plan], [remove('left')], 'All done, and it looks great.'];

  it.each<[string, (event: RunEvent) => boolean]>([
    ['queued', ({ status }) => status === 'queued'],
    ['plan', ({ status }) => status === 'plan'],
    ['started', (event) => isStored(event) && event.status === 'progress' && event.state === 'started'],
    ['finished', (event) => isStored(event) && event.status === 'progress' && event.state === 'finished'],
  ])('on %s ends the run, whatever the brain says afterwards', async (_name, when) => {
    const run = studioWith(turns)
      .session({ image })
      .run('go', { port: failing(when) });
    await expect(run.result).rejects.toMatchObject({
      code: 'brain-failed',
      message: expect.stringContaining('database down'),
    });
  });

  it('in a step or while it asks ends the run too', async () => {
    const dead = (emit: (event: RunEvent) => void): RunPort => ({
      ...memoryPort({ emit }),
      step: (id, work) => (id.startsWith('tool:1') ? Promise.reject(new Error('database down')) : work()),
    });
    const run = studioWith(turns).session({ image }).run('go', { port: dead });
    await expect(run.result).rejects.toMatchObject({ message: expect.stringContaining('database down') });
    const ask = { tool: 'remove_object', input: { image: image.id, phrase: 'red square' } };
    const answer = () => Promise.reject(new Error('nobody listens'));
    const asking = studioWith([[plan], [ask], 'All done.'])
      .session({ image })
      .run('go', { answer });
    await expect(asking.result).rejects.toMatchObject({ message: expect.stringContaining('nobody listens') });
  });

  it('tells nothing after the end, and every edit that was made, when it is slow and the run is aborted', async () => {
    const controller = new AbortController();
    const slow = (emit: (event: RunEvent) => void): RunPort => ({
      ...memoryPort({ emit }),
      step: async (id, work) => {
        const value = await work();
        if (id.startsWith('tool:1')) {
          controller.abort();
          await new Promise((resolve) => setTimeout(resolve, 60));
        }
        return value;
      },
    });
    const session = studioWith(turns).session({ image });
    const run = session.run('go', { port: slow, signal: controller.signal });
    await expect(run.result).rejects.toMatchObject({ code: 'cancelled' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const last = await ends(run.events);
    expect(last).toMatchObject({ status: 'cancelled', edits: [{ tool: 'remove_object' }] });
    expect(last?.status === 'cancelled' && last.outputImage).toBe((await session.image())?.id);
  });
});

describe('a question', () => {
  const ask = { tool: 'remove_object', input: { image: image.id, phrase: 'red square' } };

  it('that nobody answers ends the run, and nothing after it is done', async () => {
    const session = studioWith([[plan], [ask, remove('below')], 'Done.']).session({ image });
    await expect(session.run('go').result).rejects.toMatchObject({ code: 'choice-needed' });
    expect(await session.history()).toEqual([]);
  });

  it('is answered by number, counted from the left', async () => {
    const session = studioWith([[plan], [ask], 'Done.']).session({ image });
    const { image: edited } = await session.run('go', { answer: () => ({ choice: 2 }) }).result;
    const red = (x: number) => edited?.data[((places.left.y + 8) * 120 + x + 8) * 4 + 2];
    expect([red(places.left.x), red(places.right.x)]).toEqual([20, 200]);
  });

  it('does not keep an aborted run waiting', async () => {
    const controller = new AbortController();
    const run = studioWith([[plan], [ask], 'Done.'])
      .session({ image })
      .run('go', {
        signal: controller.signal,
        answer: () => {
          controller.abort();
          return new Promise(() => {});
        },
      });
    await expect(run.result).rejects.toMatchObject({ code: 'cancelled' });
    expect(await ends(run.events)).toMatchObject({ status: 'cancelled' });
  });
});

describe('an abort', () => {
  it('ends a run whose brain and backend ignore it, and one that waits for its turn', async () => {
    const never = squareBackend({ remove: () => new Promise(() => {}) });
    const session = studioWith((call) => (call === 0 ? [plan] : [remove('left')]), never).session({ image });
    const first = new AbortController();
    const second = new AbortController();
    const running = session.run('go', { signal: first.signal });
    const waiting = session.run('go on', { signal: second.signal });
    await new Promise((resolve) => setTimeout(resolve, 50));
    second.abort();
    await expect(waiting.result).rejects.toMatchObject({ code: 'cancelled' });
    first.abort();
    await expect(running.result).rejects.toMatchObject({ code: 'cancelled' });
    expect((await collect(waiting.events)).map(({ status }) => status)).toEqual(['queued', 'cancelled']);
  });
});

describe('failures of the brain', () => {
  const busy = (isRetryable: boolean) =>
    new APICallError({
      message: 'overloaded',
      url: 'http://brain',
      requestBodyValues: {},
      statusCode: 503,
      isRetryable,
      responseHeaders: { 'retry-after-ms': '1' },
    });

  it('that pass are retried inside the step', async () => {
    const turns: Turn[] = [[plan], busy(true), [remove('left')], 'Done.'];
    const { result } = studioWith(turns).session({ image }).run('go');
    await expect(result).resolves.toMatchObject({ answer: 'Done.' });
  });

  it('that stay keep what a caller needs to know', async () => {
    const { result } = studioWith(() => busy(true))
      .session({ image })
      .run('go');
    await expect(result).rejects.toMatchObject({ code: 'brain-failed', isRetryable: true });
    const hopeless = studioWith(() => busy(false))
      .session({ image })
      .run('go');
    await expect(hopeless.result).rejects.toMatchObject({ code: 'brain-failed', isRetryable: false });
  });

  it('before the first step are events as well', async () => {
    const bare = atelier({ backends: [squareBackend()] })
      .session({ image })
      .run('go');
    await expect(bare.result).rejects.toMatchObject({ code: 'brain-failed' });
    expect((await collect(bare.events)).map(({ status }) => status)).toEqual(['queued', 'failure']);
    const empty = studioWith([]).session({ image }).run('  ');
    await expect(empty.result).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('a run on an engine that records', () => {
  const turns: Turn[] = [[plan], [remove('left')], 'Done.'];

  /** An engine's log: keeps events by seq, the first of each. */
  class Store {
    readonly events = new Map<number, StoredEvent>();
    readonly emit = async (event: RunEvent) => {
      // Slower for some events than for others, as a database is.
      await new Promise((resolve) => setTimeout(resolve, isStored(event) ? 2 : 15));
      if (isStored(event) && !this.events.has(event.seq)) this.events.set(event.seq, event);
    };
  }

  it('goes on after being killed in the middle of a step, and loses no event', async () => {
    const history = memoryHistoryStore();
    const store = new Store();
    let recording: Recording | undefined;
    const killed = atelier({
      backends: [squareBackend({ remove: () => new Promise(() => {}) })],
      brain: scriptedBrain(turns),
      history,
    });
    const dead = killed.session({ id: 'session_1', image }).run('go', {
      port: (emit) => {
        const wrapped = recordingPort({ ...memoryPort({ emit }), emit: store.emit });
        recording = wrapped.recording;
        return wrapped.port;
      },
    });
    dead.result.catch(() => {});
    await vi.waitFor(() => expect([...store.events.values()].at(-1)).toMatchObject({ state: 'started' }));
    const kept: Recording = JSON.parse(JSON.stringify(recording));

    const living = atelier({ backends: [squareBackend()], brain: scriptedBrain(['Done.']), history });
    await living.session({ id: 'session_1', image }).image();
    const again = living.session({ id: 'session_1' }).run('go', {
      port: (emit) => replayPort(kept, { ...memoryPort({ emit }) }, (event) => store.emit(event)),
    });
    await expect(again.result).resolves.toMatchObject({ answer: 'Done.', verified: true });
    const seqs = [...store.events.keys()].sort((a, b) => a - b);
    expect(seqs).toEqual(seqs.map((_, index) => index));
    expect([...store.events.values()].map(({ status }) => status)).toEqual([
      'queued',
      'plan',
      'progress',
      'progress',
      'success',
    ]);
  });

  it('replays after retried calls of the brain, an undo without an id, and a failure', async () => {
    const failing = new APICallError({
      message: 'busy',
      url: 'http://brain',
      requestBodyValues: {},
      isRetryable: true,
      responseHeaders: { 'retry-after-ms': '1' },
    });
    const script: Turn[] = [
      failing,
      [plan],
      [remove('left')],
      [{ tool: 'undo_edit', input: {} }],
      [remove('right'), { tool: 'segment_object', input: { image: `img_${'0'.repeat(32)}`, phrase: 'red square' } }],
      'Done.',
    ];
    const history = memoryHistoryStore();
    let recording: Recording | undefined;
    const studio = atelier({ backends: [squareBackend()], brain: scriptedBrain(script), history });
    const session = studio.session({ id: 'session_2', image });
    const run = session.run('go', {
      port: (emit) => {
        const wrapped = recordingPort(memoryPort({ emit }));
        recording = wrapped.recording;
        return wrapped.port;
      },
    });
    await expect(run.result).rejects.toMatchObject({ code: 'not-found' });
    const before = await history.load('default', 'session_2');

    const refuse = () => Promise.reject(new Error('a replay must not do anything'));
    const nothing: RunPort = { step: refuse, emit: () => {}, ask: refuse, now: refuse, newId: refuse };
    const kept: Recording = JSON.parse(JSON.stringify(recording));
    const replayed = studio
      .session({ id: 'session_2', image })
      .run('go', { port: (emit) => replayPort(kept, nothing, emit) });
    replayed.result.catch(() => {});
    const told = (await collect(replayed.events)).filter(isStored);
    expect(told).toEqual((await collect(run.events)).filter(isStored));
    expect(await history.load('default', 'session_2')).toEqual(before);
  });

  it('tells events in order however slow the log is, and survives a log that loses live ones', async () => {
    const order: (number | string)[] = [];
    const port = (emit: (event: RunEvent) => void): RunPort => ({
      ...memoryPort({ emit }),
      emit: async (event) => {
        await new Promise((resolve) => setTimeout(resolve, isStored(event) ? 1 : 20));
        if (!isStored(event)) throw new Error('no listener');
        order.push(event.seq);
      },
    });
    await studioWith(turns).session({ image }).run('go', { port }).result;
    expect(order).toEqual(order.map((_, index) => index));
    expect(order.length).toBe(5);
  });

  it('leaves its messages in the session once, however often a step is run', async () => {
    const history = memoryHistoryStore();
    const brain = scriptedBrain((_call, { prompt }) => (prompt.some(({ role }) => role === 'tool') ? 'Done.' : [plan]));
    const session = atelier({ backends: [squareBackend()], brain, history }).session({ id: 'session_3', image });
    const twice = (emit: (event: RunEvent) => void): RunPort => ({
      ...memoryPort({ emit }),
      step: async (_id, work) => {
        await work();
        return work();
      },
    });
    await session.run('hello', { port: twice }).result;
    const messages = (await history.load('default', 'session_3'))?.messages ?? [];
    expect(messages.map((message) => Object(message).role)).toEqual(['user', 'assistant', 'tool', 'assistant']);
  });
});
