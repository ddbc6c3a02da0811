import { describe, expect, it } from 'vitest';
import type { AssetStore } from '../assets/asset-store.ts';
import { memoryAssetStore } from '../assets/memory-asset-store.ts';
import { AtelierError } from '../errors/atelier-error.ts';
import { memoryHistoryStore } from '../history/memory-history-store.ts';
import { recipeSchema } from '../history/recipe.ts';
import { places, scriptedBrain, squareBackend, squares, type Turn } from './__fixtures__/scripted.ts';
import { atelier } from './atelier.ts';
import { memoryPort } from './memory-port.ts';

const image = await squares();
const boxAt = (place: keyof typeof places) => ({ ...places[place], width: 16, height: 16 });
const remove = (place: keyof typeof places, of = image.id) => ({
  tool: 'remove_object',
  input: { image: of, box: boxAt(place) },
});
const plan = (...tools: string[]) => ({
  tool: 'plan',
  input: { steps: tools.map((tool) => ({ tool, message: tool })) },
});
const recipe = recipeSchema.parse({
  format: 'atelier-recipe',
  version: 1,
  steps: [{ tool: 'remove_object', target: { box: boxAt('below'), size: { width: 120, height: 80 } } }],
});

/** A promise, and what fulfils it. */
function signalled(): [Promise<void>, () => void] {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return [promise, resolve];
}

/** A session whose left square was removed, and a run that waits inside its removal of the right one until `release`. */
async function runUnderWay() {
  const [released, release] = signalled();
  const [atWork, begin] = signalled();
  const held = squareBackend({
    remove: async () => {
      if (!isHeld) return;
      begin();
      await released;
    },
  });
  let isHeld = false;
  let current = image.id;
  const script = (call: number): Turn => {
    if (call === 0) return [plan('remove_object')];
    return call === 1 ? [remove('right', current)] : 'Done.';
  };
  const session = atelier({ backends: [held], brain: scriptedBrain(script) }).session({ image });
  const first = await session.call('remove_object', { image: image.id, box: boxAt('left') });
  if (!('edit' in first)) throw new Error('no edit');
  current = first.image;
  isHeld = true;
  const run = session.run('remove the right one');
  await atWork;
  isHeld = false;
  return { session, first: first.edit, run, release };
}

const settledFirst = async (promise: Promise<unknown>): Promise<boolean> => {
  const pending = Symbol('pending');
  const soon = new Promise((resolve) => setTimeout(() => resolve(pending), 40));
  return (await Promise.race([promise.catch(() => {}), soon])) !== pending;
};

describe('while a run is at work', () => {
  it('an undo waits for it, and what was undone is not put back', async () => {
    const { session, first, run, release } = await runUnderWay();
    const undo = session.undo(first);
    expect(await settledFirst(undo)).toBe(false);
    release();
    const { edits } = await run.result;
    const { undone, replayed } = await undo;
    expect(undone).toBe(first);
    expect(replayed.map(({ replays }) => replays)).toEqual(edits.map(({ id }) => id));
    expect((await session.history()).map(({ id }) => id)).toEqual(replayed.map(({ id }) => id));
  });

  it('a move through the graph waits for it, and holds', async () => {
    const { session, run, release } = await runUnderWay();
    const moved = session.goTo(null);
    expect(await settledFirst(moved)).toBe(false);
    release();
    await run.result;
    await moved;
    expect(await session.history()).toEqual([]);
    expect((await session.image())?.id).toBe(image.id);
  });

  it('what is told to stop while it waits never begins, and what comes after it goes on waiting', async () => {
    const { session, first, run, release } = await runUnderWay();
    const stop = new AbortController();
    const { signal } = stop;
    let steps = 0;
    const waiting = session.run('remove the other one', {
      signal,
      port: (emit) => {
        const port = memoryPort({ emit });
        return {
          step: (name, work) => {
            steps++;
            return port.step(name, work);
          },
          emit: (event) => port.emit(event),
          ask: (question, stopped) => port.ask(question, stopped),
          now: () => port.now(),
          newId: (kind) => port.newId(kind),
        };
      },
    });
    const [undo, apply] = [session.undo(first, { signal }), session.apply(recipe, { signal })];
    const later = session.apply(recipe);
    await settledFirst(waiting.result);
    stop.abort('the user went away');
    for (const promise of [waiting.result, undo, apply]) {
      const error: unknown = await promise.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(AtelierError);
      expect(error).toMatchObject({ code: 'cancelled', cause: 'the user went away' });
    }
    expect(steps).toBe(0);
    const told: string[] = [];
    for await (const { status } of waiting.events) told.push(status);
    expect(told).toEqual(['queued', 'cancelled']);
    expect(await settledFirst(later)).toBe(false);
    release();
    await run.result;
    expect((await later).edits).toHaveLength(1);
    expect((await session.history()).map(({ id }) => id)[0]).toBe(first);
    expect(await session.history()).toHaveLength(3);
  });
});

describe('a recipe with a signal', () => {
  it('that fired before is `cancelled` and does nothing', async () => {
    const session = atelier({ backends: [squareBackend()] }).session({ image });
    const apply = session.apply(recipe, { signal: AbortSignal.abort(new Error('mine')) });
    await expect(apply).rejects.toBeInstanceOf(AtelierError);
    await expect(apply).rejects.toMatchObject({ code: 'cancelled' });
    expect(await session.history()).toEqual([]);
  });

  it('that fires while the picture is loaded is `cancelled`', async () => {
    const assets = memoryAssetStore();
    const history = memoryHistoryStore();
    await atelier({ backends: [], assets, history }).session({ id: 'one', image }).image();
    const stop = new AbortController();
    const slow: AssetStore = {
      put: (scope, id, asset) => assets.put(scope, id, asset),
      has: (scope, id) => assets.has(scope, id),
      delete: (scope, id) => assets.delete(scope, id),
      get: (scope, id) => {
        stop.abort('enough');
        return assets.get(scope, id);
      },
    };
    const session = atelier({ backends: [squareBackend()], assets: slow, history }).session({ id: 'one' });
    const apply = session.apply(recipe, { signal: stop.signal });
    await expect(apply).rejects.toBeInstanceOf(AtelierError);
    await expect(apply).rejects.toMatchObject({ code: 'cancelled', cause: 'enough' });
    expect(await session.history()).toEqual([]);
  });
});
