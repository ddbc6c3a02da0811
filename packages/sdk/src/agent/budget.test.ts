import { beforeAll, describe, expect, it } from 'vitest';
import { AtelierError } from '../errors/atelier-error.ts';
import type { Image } from '../image/image.ts';
import { places, scriptedBrain, squareBackend, squares, type Turn } from './__fixtures__/scripted.ts';
import { atelier } from './atelier.ts';
import { isStored, type RunEvent } from './events.ts';
import { memoryPort } from './memory-port.ts';
import { type Recording, recordingPort, replayPort } from './recording.ts';

let image: Image;
beforeAll(async () => {
  image = await squares();
});

const plan = { tool: 'plan', input: { steps: [{ tool: 'remove_object', message: 'Remove it' }] } };
const remove = (place: keyof typeof places) => ({
  tool: 'remove_object',
  input: { image: image.id, box: { ...places[place], width: 16, height: 16 } },
});
const look = () => ({ tool: 'detect_objects', input: { image: image.id, phrases: [] } });
const session = (script: readonly Turn[] | ((call: number) => Turn), backend = squareBackend()) =>
  atelier({ backends: [backend], brain: scriptedBrain(script) }).session({ image });
async function storedOf(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const all: RunEvent[] = [];
  for await (const event of events) if (isStored(event)) all.push(event);
  return all;
}
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('a budget', () => {
  it('of time stops a step at work, keeps what was done before, and says so', async () => {
    let calls = 0;
    const slow = squareBackend({ remove: async () => (calls++ === 0 ? undefined : wait(60_000)) });
    const work = session([[plan], [remove('left')], [remove('right')], 'Done.'], slow);
    const run = work.run('go', { maxSeconds: 0.6 });
    await expect(run.result).rejects.toMatchObject({ code: 'budget-exceeded', details: { maxSeconds: 0.6 } });
    expect(await work.history()).toHaveLength(1);
    let last: RunEvent | undefined;
    for await (const event of run.events) last = event;
    expect(last).toMatchObject({
      status: 'failure',
      error: { code: 'budget-exceeded' },
      edits: [{ tool: 'remove_object' }],
    });
  });

  it('of time does not count waiting for a person', async () => {
    const work = session([[plan], [remove('left')], 'Gone.']);
    const answer = async () => {
      await wait(900);
      return { approved: true };
    };
    const result = await work.run('go', { maxSeconds: 0.7, approve: 'edits', answer }).result;
    expect(result.edits).toHaveLength(1);
  });

  it('of time that ran out runs out again in a replay, whatever is fast by then', async () => {
    const slow = squareBackend({ remove: () => wait(60_000) });
    const script = [[plan], [remove('left')], 'Done.'];
    const tape: Recording[] = [];
    const record = (emit: (event: RunEvent) => void) => {
      const { port, recording } = recordingPort(memoryPort({ emit }));
      tape.push(recording);
      return port;
    };
    const first = session(script, slow).run('go', { maxSeconds: 0.4, port: record });
    await expect(first.result).rejects.toMatchObject({ code: 'budget-exceeded' });
    const fast = session(script);
    const again = fast.run('go', { maxSeconds: 0.4, port: (emit) => replayPort(tape[0], memoryPort({ emit }), emit) });
    await expect(again.result).rejects.toMatchObject({ code: 'budget-exceeded' });
    expect(await fast.history()).toEqual([]);
    expect(await storedOf(again.events)).toEqual(await storedOf(first.events));
  });

  it('of time does not count how long a process was away', async () => {
    const day = 24 * 3600 * 1000;
    let away = 0;
    const port = (emit: (event: RunEvent) => void) => ({
      ...memoryPort({ emit }),
      now: () => Date.now() + day * away++,
    });
    const { edits } = await session([[plan], [remove('left')], 'Gone.']).run('go', { maxSeconds: 60, port }).result;
    expect(edits).toHaveLength(1);
  });

  it('of calls ends a brain that never comes to an end', async () => {
    const work = session((call) => (call === 0 ? [plan] : [look()]));
    await expect(work.run('go', { maxSteps: 5 }).result).rejects.toMatchObject({ code: 'budget-exceeded' });
  });
});

describe('a run that is stopped', () => {
  it.each(['brain', 'tool', 'question'])('ends within 100 ms in the middle of a %s call', async (where) => {
    const stuck = () => wait(60_000);
    const backend = where === 'tool' ? squareBackend({ remove: stuck }) : squareBackend();
    const brain = scriptedBrain([[plan], [remove('left')], 'Done.']);
    if (where === 'brain') {
      const { doStream } = brain;
      let calls = 0;
      brain.doStream = async (options) => {
        if (calls++ > 0) await stuck();
        return doStream.call(brain, options);
      };
    }
    const work = atelier({ backends: [backend], brain }).session({ image });
    const stop = new AbortController();
    const approve = where === 'question' ? ('edits' as const) : ('never' as const);
    const answer = async () => {
      await stuck();
      return undefined;
    };
    const run = work.run('go', { signal: stop.signal, approve, answer });
    const ended = run.result.catch((error: unknown) => error);
    await wait(150);
    const began = performance.now();
    stop.abort();
    expect(await ended).toMatchObject({ code: 'cancelled' });
    expect(performance.now() - began).toBeLessThan(100);
    expect(await work.history()).toEqual([]);
  });
});

describe('a limit of time for one step', () => {
  it('fails the step with an error that may pass, and leaves the time of the run alone', async () => {
    let calls = 0;
    const slow = squareBackend({ remove: async () => (calls++ === 0 ? undefined : wait(60_000)) });
    const work = session([[plan], [remove('left')], [remove('right')], 'Done.'], slow);
    const failed = work.run('go', { maxStepSeconds: 0.4 }).result;
    await expect(failed).rejects.toMatchObject({
      code: 'timed-out',
      isRetryable: true,
      details: { maxStepSeconds: 0.4 },
    });
    expect(await work.history()).toHaveLength(1);
    await expect(work.run('go', { maxStepSeconds: 0 }).result).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('a tool that fails with what may pass', () => {
  const away = () => new AtelierError({ code: 'server-unreachable', message: 'Nobody there.', isRetryable: true });
  const failing = (times: number, error = away()) => {
    let calls = 0;
    const backend = squareBackend({
      remove: async () => {
        if (calls++ < times) throw error;
      },
    });
    return { backend, calls: () => calls };
  };
  /** A port with patience for so many tries, and what it was asked. */
  const patient = (tries: number, asked: [string, number][]) => (emit: (event: RunEvent) => void) => ({
    ...memoryPort({ emit }),
    retry: async (error: AtelierError, attempt: number) => {
      asked.push([error.code, attempt]);
      return attempt < tries;
    },
  });

  it('is tried again for as long as the port says so, inside one step', async () => {
    const asked: [string, number][] = [];
    const { backend, calls } = failing(2);
    const work = session([[plan], [remove('left')], 'Done.'], backend);
    const { edits } = await work.run('go', { port: patient(5, asked) }).result;
    expect(edits).toHaveLength(1);
    expect([calls(), asked]).toEqual([
      3,
      [
        ['server-unreachable', 1],
        ['server-unreachable', 2],
      ],
    ]);
  });

  it('is the brain’s again when the port has had enough, and from the first where it has no patience', async () => {
    const asked: [string, number][] = [];
    const { backend, calls } = failing(9);
    const once = [[plan], [remove('left')], 'I could not.'];
    const work = session([...once, ...once], backend);
    await expect(work.run('go', { port: patient(2, asked) }).result).rejects.toMatchObject({
      code: 'server-unreachable',
    });
    expect([calls(), asked.length]).toEqual([2, 2]);
    await expect(work.run('go').result).rejects.toMatchObject({ code: 'server-unreachable' });
    expect(calls()).toBe(3);
  });

  it('is not tried again where it would fail again', async () => {
    const asked: [string, number][] = [];
    const { backend, calls } = failing(9, new AtelierError({ code: 'model-failed', message: 'No.' }));
    const work = session([[plan], [remove('left')], 'I could not.'], backend);
    await expect(work.run('go', { port: patient(5, asked) }).result).rejects.toMatchObject({ code: 'model-failed' });
    expect([calls(), asked]).toEqual([1, []]);
  });
});
