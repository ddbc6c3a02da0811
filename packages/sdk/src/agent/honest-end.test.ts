import { describe, expect, it } from 'vitest';
import { memoryAssetStore } from '../assets/memory-asset-store.ts';
import { AtelierError } from '../errors/atelier-error.ts';
import { memoryHistoryStore } from '../history/memory-history-store.ts';
import { Image } from '../image/image.ts';
import {
  adjust,
  box,
  end,
  image,
  open,
  plan,
  remove,
  removeNamed,
  runScript,
  type Script,
  undo,
} from './__fixtures__/run-to-end.ts';
import { scriptedBrain, squareBackend, type Turn } from './__fixtures__/scripted.ts';
import { atelier } from './atelier.ts';

describe('a brain that claims what it did not do', () => {
  it('has not done what it planned and never called', async () => {
    const { result, last, history } = await runScript([[plan('remove_object')], 'I removed it.']);
    const notDone = [{ tool: 'remove_object', message: 'remove_object' }];
    expect(result).toMatchObject({ verified: false, changed: false, notDone });
    expect(last).toMatchObject({ status: 'success', verified: false, notDone });
    expect(history).toEqual([]);
  });

  it('has done one of two', async () => {
    const steps = [
      { tool: 'remove_object', target: 'blue square' },
      { tool: 'remove_object', target: 'red square' },
    ];
    const { result } = await runScript([[plan(...steps)], [removeNamed('blue square')], 'Both are gone.']);
    expect(result).toMatchObject({ verified: false, changed: true, notDone: [{ target: 'red square' }] });
  });

  it('has not done the second by doing the first twice', async () => {
    const steps = [
      { tool: 'adjust_image', target: 'blue square' },
      { tool: 'adjust_image', target: 'red square' },
    ];
    const darker = adjust('brighten', { amount: -0.2 }, { phrase: 'blue square' });
    const { result, history } = await runScript([[plan(...steps)], [darker], [darker], 'Both are darker.']);
    expect(history).toHaveLength(2);
    expect(result).toMatchObject({ verified: false, notDone: [{ target: 'red square' }] });
  });

  it('has not done it where it took it back', async () => {
    const { result, last, history } = await runScript([[plan('remove_object')], [remove('left')], [undo()], 'Gone.']);
    expect(history).toEqual([]);
    expect(result).toMatchObject({ verified: false, changed: false, notDone: [{ tool: 'remove_object' }] });
    expect(last).toMatchObject({ status: 'success', verified: false, notDone: [{ tool: 'remove_object' }] });
  });

  it('has not done what it left out of another plan', async () => {
    const { result } = await runScript([[plan('remove_object')], [plan()], 'It is gone.']);
    expect(result).toMatchObject({ verified: false, notDone: [{ tool: 'remove_object' }] });
    const steps = ['blue', 'red'].map((colour) => ({ tool: 'remove_object', target: `${colour} square` }));
    const script = [[plan(...steps)], [removeNamed('blue square')], [plan(steps[1])], 'Both are gone.'];
    expect((await runScript(script)).result).toMatchObject({ verified: false, notDone: [{ target: 'red square' }] });
  });

  it('has not done what was sure by doing what was not', async () => {
    const steps = [
      { tool: 'remove_object', target: 'blue square' },
      { tool: 'remove_object', target: 'red square', conditional: true },
    ];
    const left = removeNamed('red square', { choice: 1 });
    const { result, history } = await runScript([[plan(...steps)], [left], 'Both are gone.'], {
      answer: () => ({ choice: 1 }),
    });
    expect(history).toHaveLength(1);
    expect(result).toMatchObject({ verified: false, notDone: [{ target: 'blue square' }] });
  });
});

describe('a brain that did what was asked', () => {
  it('may have done it by another tool than it planned', async () => {
    const cover = adjust('fill', { colour: 'grey' }, { box: box('below') });
    const { result } = await runScript([[plan('remove_object', 'adjust_image')], [cover], [cover], 'Covered.']);
    expect(result).toMatchObject({ verified: true, changed: true, notDone: [] });
  });

  it('may leave undone what depends on what is found', async () => {
    const steps = [{ tool: 'remove_object', target: 'blue square' }] as const;
    const maybe = { tool: 'remove_object', target: 'dog', conditional: true };
    const { result, last } = await runScript([[plan(...steps, maybe)], [removeNamed('blue square')], 'No dog there.']);
    expect(result).toMatchObject({ verified: true, changed: true, notDone: [] });
    expect(last).toMatchObject({ status: 'success', verified: true, notDone: [] });
  });

  it('may have written another plan on its way', async () => {
    const steps = ['blue', 'red'].map((colour) => ({ tool: 'remove_object', target: `${colour} square` }));
    const rest = [[removeNamed('blue square')], [plan(...steps)], [remove('left')], 'Both are gone.'];
    const { result } = await runScript([[plan(...steps)], ...rest]);
    expect(result).toMatchObject({ verified: true, edits: [{}, {}], notDone: [] });
  });

  it('may take back an edit of its own in between', async () => {
    const script = [[plan('remove_object')], [remove('left')], [undo()], [remove('right')], 'Gone.'];
    const { result, history } = await runScript(script);
    expect(history).toHaveLength(1);
    expect(result).toMatchObject({ verified: true, changed: true, notDone: [] });
  });

  it('may take back an edit of an earlier run under its own', async () => {
    let earlier: string | undefined;
    let current = image.id;
    const session = open((call): Turn => {
      const script: Turn[] = [
        [plan('remove_object', 'undo_edit')],
        [remove('right', current)],
        [undo(earlier)],
        'Done.',
      ];
      return script[call] ?? 'Done.';
    });
    const first = await session.call('remove_object', { image: image.id, box: box('left') });
    if (!('edit' in first)) throw new Error('no edit');
    [earlier, current] = [first.edit, first.image];
    const { result, error, history } = await end(session);
    expect(error).toBeUndefined();
    expect(history).toMatchObject([{ tool: 'remove_object' }]);
    expect(history[0].replays).toBeDefined();
    expect(result).toMatchObject({ verified: true, changed: true, notDone: [] });
  });
});

describe('two edits of one picture', () => {
  const both = [remove('left'), remove('right')];
  it.each<[string, readonly Turn[]]>([
    ['asked for at once', [[plan('remove_object', 'remove_object')], both, 'Both are gone.']],
    [
      'one after the other',
      [[plan('remove_object', 'remove_object')], ...both.map((call) => [call]), 'Both are gone.'],
    ],
  ])('%s are both in it', async (_name, script) => {
    const { result, last, history } = await runScript(script);
    const places = [{ input: { box: box('left') } }, { input: { box: box('right') } }];
    expect(history).toMatchObject(places);
    expect(result).toMatchObject({ verified: true, edits: places });
    expect(last).toMatchObject({ status: 'success', edits: places });
    expect(history[1].receipt.before).toBe(history[0].receipt.after);
    expect(result?.image?.id).toBe(history[1].receipt.after);
  });

  it('of which the first cuts the picture down: the second is not made in the wrong place', async () => {
    const crop = adjust('crop', { margin: 0.5 }, { box: box('right') });
    const script = [[plan('adjust_image', 'remove_object')], [crop, remove('right')], 'Both done.'];
    const { result, error, history } = await runScript(script);
    expect(history).toHaveLength(1);
    expect(result).toBeUndefined();
    expect(error).toMatchObject({ code: 'invalid-input', message: expect.stringContaining('frame') });
  });

  it('of which the first cuts the picture down go on once the brain has looked again', async () => {
    const crop = adjust('crop', { margin: 0.5 }, { box: box('right') });
    const script: Script = (call, { prompt }) => {
      const told = JSON.stringify(prompt);
      const cropped = told.match(/img_[0-9a-f]{32}/g)?.findLast((id) => id !== image.id) ?? '';
      const again = { tool: 'remove_object', input: { image: cropped, box: { x: 8, y: 8, width: 16, height: 16 } } };
      const turns: Turn[] = [[plan('adjust_image', 'remove_object')], [crop, remove('right')], [again], 'Both done.'];
      return turns[call] ?? 'Done.';
    };
    const { error, result, history } = await runScript(script);
    expect(error).toBeUndefined();
    expect(history).toHaveLength(2);
    expect(result).toMatchObject({ verified: true, notDone: [] });
  });
});

describe('a session that somebody else moves during the run', () => {
  /** A run of two edits; before the brain's call of this number, another process adds a picture to the session. */
  async function moved(before: number) {
    const shared = { assets: memoryAssetStore(), history: memoryHistoryStore(), backends: [squareBackend()] };
    const calls: Turn[] = [
      [plan('remove_object', 'remove_object')],
      [remove('left')],
      [remove('right')],
      'Both are gone.',
      [plan()],
      'Sorry.',
    ];
    const prompts: string[] = [];
    const other = atelier(shared).session({ id: 'one' });
    const brain = scriptedBrain((call, { prompt }) => {
      prompts.push(JSON.stringify(prompt));
      return calls[call] ?? 'Done.';
    });
    const answers = brain.doStream;
    brain.doStream = async (options) => {
      if (prompts.length === before) await other.addImage(await another());
      return answers(options);
    };
    const session = atelier({ ...shared, brain }).session({ id: 'one', image });
    await session.image();
    return { ...(await end(session)), session, prompts };
  }
  /** The picture with its lower half cut off. */
  const another = () =>
    Image.fromPixels({ data: image.data.slice(0, image.width * 40 * 4), width: image.width, height: 40 });

  it('ends in conflict where its edits are no longer shown, and claims nothing', async () => {
    const { result, error, last, session, prompts } = await moved(3);
    expect(result).toBeUndefined();
    expect(error).toMatchObject({ code: 'conflict', isRetryable: true });
    expect(last).toMatchObject({ status: 'failure', error: { code: 'conflict' } });
    expect((await session.image())?.height).toBe(40);
    const { nodes } = await session.graph();
    expect(AtelierError.isInstance(error) && error.details?.edits).toEqual(nodes.map(({ id }) => id));
    // Nor does the dialogue say so to whoever goes on with it.
    await session.run('what now?').result;
    expect(prompts.at(-1)).not.toContain('Both are gone.');
  });

  it('between its edits shows them all in the end, or says that it does not', async () => {
    const { result, error, last, history } = await moved(2);
    expect(error).toBeUndefined();
    expect(history).toHaveLength(2);
    expect(result).toMatchObject({ verified: true, edits: [{}, {}] });
    expect(last).toMatchObject({ status: 'success' });
  });
});
