import { local, planner } from '@atelier/local';
import { atelier, type Backend } from '@atelier/sdk';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { openBoard, show } from './__fixtures__/boards.ts';

const real = local({ threads: 1 });

/** The local backend, watched: which removals are at work, and which were told to stop. */
function watched() {
  const begun: string[] = [];
  const stopped: string[] = [];
  const { remove } = real.capabilities;
  if (!remove) throw new Error('The local backend removes things.');
  const backend: Backend = {
    ...real,
    capabilities: {
      ...real.capabilities,
      remove: {
        ...remove,
        run: async (request, context) => {
          begun.push('remove');
          context.signal?.addEventListener('abort', () => stopped.push('remove'));
          // Long enough to be stopped in the middle.
          await new Promise((resolve) => setTimeout(resolve, 300));
          return remove.run(request, context);
        },
      },
    },
  };
  return { studio: atelier({ backends: [backend], brain: planner() }), begun, stopped };
}

afterAll(() => real.close?.());

describe('stopping', () => {
  it('reaches the model in the middle of its work, and nothing is changed', async () => {
    const { studio, begun, stopped } = watched();
    const { jobs } = openBoard(studio);
    const image = await show(studio, 'model', 'coffee.png');
    const { id } = await jobs.start({ prompt: 'Remove the cup', image, session: 'model' });
    await vi.waitFor(() => expect(begun).toEqual(['remove']), { timeout: 20_000, interval: 5 });
    const ended = await jobs.cancel(id);
    expect(ended).toMatchObject({ state: 'cancelled', message: 'Cancelled.', image: null, edits: [], verified: false });
    expect(stopped).toEqual(['remove']);
    expect((await studio.session({ id: 'model' }).image())?.id).toBe(image);
  });

  it('keeps what a job had made before, and says so', async () => {
    const { studio, begun } = watched();
    const { jobs } = openBoard(studio);
    const image = await show(studio, 'made', 'coffee.png');
    const prompt = 'Make the picture black and white, then remove the cup';
    const { id } = await jobs.start({ prompt, image, session: 'made' });
    await vi.waitFor(() => expect(begun).toEqual(['remove']), { timeout: 20_000, interval: 5 });
    await vi.waitFor(async () => expect((await jobs.get(id)).edits).toHaveLength(1));
    const ended = await jobs.cancel(id);
    expect(ended).toMatchObject({ state: 'cancelled', edits: [{ tool: 'adjust_image' }] });
    expect(ended.image).toBe((await studio.session({ id: 'made' }).image())?.id);
    expect(ended.image).not.toBe(image);
  });

  it('does not wait for the jobs before it; those of one session follow one another', async () => {
    const { studio, begun } = watched();
    const { jobs } = openBoard(studio);
    const image = await show(studio, 'line', 'coffee.png');
    const first = await jobs.start({ prompt: 'Remove the cup', image, session: 'line' });
    const second = await jobs.start({ prompt: 'Remove the spoon', session: 'line' });
    const third = await jobs.start({ prompt: 'Make the picture black and white', session: 'line' });
    await vi.waitFor(() => expect(begun).toEqual(['remove']), { timeout: 20_000, interval: 5 });
    expect((await jobs.get(second.id)).state).toBe('queued');
    expect((await jobs.cancel(second.id)).state).toBe('cancelled');
    expect((await jobs.get(first.id)).state).toBe('running');
    const done = await jobs.follow(third.id);
    expect((await jobs.get(first.id)).state).toBe('succeeded');
    expect(done).toMatchObject({ state: 'succeeded', edits: [{ tool: 'adjust_image' }] });
    expect((await studio.session({ id: 'line' }).history()).map(({ tool }) => tool)).toEqual([
      'remove_object',
      'adjust_image',
    ]);
  });

  it('has at most two at work', async () => {
    const { studio, begun } = watched();
    const { jobs } = openBoard(studio);
    const image = await show(studio, 'few-0', 'coffee.png');
    const sessions = ['few-0', 'few-1', 'few-2'];
    const ids = await Promise.all(
      sessions.map(async (session) => (await jobs.start({ prompt: 'Remove the cup', image, session })).id),
    );
    await vi.waitFor(() => expect(begun).toEqual(['remove', 'remove']), { timeout: 20_000, interval: 5 });
    const states = async () => (await Promise.all(ids.map((id) => jobs.get(id)))).map(({ state }) => state);
    expect((await states()).filter((state) => state === 'queued')).toHaveLength(1);
    await jobs.close();
    expect(await states()).toEqual(['failed', 'failed', 'failed']);
    expect(begun).toHaveLength(2);
  });
});
