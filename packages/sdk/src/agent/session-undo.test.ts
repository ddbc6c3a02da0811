import { describe, expect, it } from 'vitest';
import { squareCapabilities, squares, squaresOn } from '../capabilities/__fixtures__/squares.ts';
import type { CapabilityMap } from '../capabilities/capability.ts';
import { AtelierError } from '../errors/atelier-error.ts';
import { iou } from '../image/geometry.ts';
import type { Image } from '../image/image.ts';
import { Mask } from '../image/mask.ts';
import { atelier } from './atelier.ts';
import type { Session } from './session.ts';

const places = {
  left: { x: 10, y: 12, width: 16, height: 16 },
  right: { x: 80, y: 12, width: 16, height: 16 },
  below: { x: 48, y: 52, width: 16, height: 16 },
};
const image = await squaresOn(120, 80, [
  { colour: 'red', x: 10, y: 12, side: 16 },
  { colour: 'red', x: 80, y: 12, side: 16 },
  { colour: 'blue', x: 48, y: 52, side: 16 },
]);
const withoutLeft = await squaresOn(120, 80, [
  { colour: 'red', x: 80, y: 12, side: 16 },
  { colour: 'blue', x: 48, y: 52, side: 16 },
]);

const open = (changed: Partial<CapabilityMap> = {}) => atelier({ backends: [squares(changed)] }).session({ image });

/** Calls an edit tool on the session's current picture. Returns the edit's id. */
async function edit(session: Session, tool: 'remove_object' | 'adjust_image' | 'inpaint_image', input: object) {
  const current = (await session.image()) ?? image;
  // Each case writes an input of the tool it names; the session checks it.
  const output = await session.call(tool, { image: current.id, ...input } as never);
  if (!('edit' in output)) throw new Error('no edit');
  return output.edit;
}
const colourAt = ({ width, data }: Image, { x, y }: { x: number; y: number }) => [
  ...data.subarray(((y + 8) * width + x + 8) * 4, ((y + 8) * width + x + 8) * 4 + 3),
];
const [red, grey, black] = [
  [220, 30, 30],
  [200, 200, 200],
  [10, 10, 10],
];
const fill = (colour: string) => ({ operation: 'fill', parameters: { colour } });

describe('undoing an edit in the middle', () => {
  it('gives what was never edited there, with the later edits', async () => {
    const session = open();
    const first = await edit(session, 'remove_object', { phrase: 'the left red square' });
    const second = await edit(session, 'adjust_image', { phrase: 'the blue square', ...fill('black') });
    const third = await edit(session, 'adjust_image', { region: 'everything', operation: 'brighten' });
    const { image: result, undone, replayed, stopped } = await session.undo(first);
    expect(stopped).toBeUndefined();
    expect(undone).toBe(first);
    expect(replayed.map(({ replays }) => replays)).toEqual([second, third]);
    const never = open();
    await edit(never, 'adjust_image', { phrase: 'the blue square', ...fill('black') });
    await edit(never, 'adjust_image', { region: 'everything', operation: 'brighten' });
    expect(result.id).toBe((await never.image())?.id);
    expect(await session.history()).toEqual(replayed);
    // The same edits of the same picture are the same nodes.
    expect((await never.history()).map(({ id }) => id)).toEqual(replayed.map(({ id }) => id));
    const { nodes } = await session.graph();
    expect(nodes.map(({ id }) => id)).toEqual([first, second, third, ...replayed.map(({ id }) => id)]);
  });

  it('stays undone when it is undone twice', async () => {
    const session = open();
    const first = await edit(session, 'remove_object', { box: places.left });
    await edit(session, 'remove_object', { box: places.right });
    const once = await session.undo(first);
    const twice = await session.undo(first);
    expect(twice.image.id).toBe(once.image.id);
    expect(twice.replayed).toEqual(once.replayed);
    await edit(session, 'remove_object', { box: places.below });
    await expect(session.undo(first)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('keeps the seed of every edit, and its place in the dialogue with the model', async () => {
    const session = open();
    const first = await edit(session, 'remove_object', { box: places.left });
    await edit(session, 'inpaint_image', { box: places.below, prompt: 'a green square', seed: 7 });
    await edit(session, 'remove_object', { box: places.right });
    const { replayed } = await session.undo(first);
    expect(replayed.map(({ input }) => input.seed)).toEqual([7, 0]);
    expect(replayed.map(({ receipt }) => receipt.seed)).toEqual([7, 0]);
  });

  it('changes nothing when it is cancelled, and nothing when a server is away', async () => {
    const stop = new AbortController();
    let fault: (() => void) | undefined;
    const session = open({
      remove: {
        ...squareCapabilities.remove,
        run: (request, context) => {
          fault?.();
          return squareCapabilities.remove.run(request, context);
        },
      },
    });
    const first = await edit(session, 'adjust_image', { box: places.left, ...fill('black') });
    await edit(session, 'adjust_image', { box: places.below, ...fill('black') });
    await edit(session, 'remove_object', { box: places.right });
    const before = await session.graph();
    fault = () => stop.abort();
    await expect(session.undo(first, { signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' });
    expect(await session.graph()).toEqual(before);
    fault = () => {
      throw new AtelierError({ code: 'server-unavailable', message: 'The queue is full.', isRetryable: true });
    };
    await expect(session.undo(first)).rejects.toMatchObject({ code: 'server-unavailable' });
    expect(await session.graph()).toEqual(before);
    fault = undefined;
    expect((await session.undo(first)).replayed).toHaveLength(2);
  });
});

describe('a later edit in words', () => {
  it('is of the thing it was of, where the words fit several now', async () => {
    const session = open();
    const first = await edit(session, 'remove_object', { box: places.left });
    await edit(session, 'adjust_image', { phrase: 'the red square', ...fill('black') });
    const { image: result, replayed } = await session.undo(first);
    expect(colourAt(result, places.left)).toEqual(red);
    expect(colourAt(result, places.right)).toEqual(black);
    expect(replayed[0].input).toMatchObject({ phrase: 'the red square', choice: 2 });
  });

  it('is of the thing it was of, where the words mean another one now', async () => {
    const session = open();
    const first = await edit(session, 'remove_object', { phrase: 'the left red square' });
    await edit(session, 'adjust_image', { phrase: 'the left red square', ...fill('black') });
    const { image: result, replayed } = await session.undo(first);
    expect(colourAt(result, places.left)).toEqual(red);
    expect(colourAt(result, places.right)).toEqual(black);
    expect(replayed[0]).toMatchObject({ label: 'red square', tool: 'adjust_image' });
  });

  it('follows the words where the thing it was of is not there, and asks where they fit several', async () => {
    const session = open();
    await edit(session, 'remove_object', { box: places.left });
    const painted = await edit(session, 'inpaint_image', { box: places.below, prompt: 'a red square' });
    await edit(session, 'adjust_image', { phrase: 'the bottom red square', ...fill('black') });
    expect(colourAt((await session.undo(painted)).image, places.right)).toEqual(black);
    const other = open();
    const alone = await edit(other, 'inpaint_image', { box: places.below, prompt: 'a red square' });
    await edit(other, 'adjust_image', { phrase: 'the bottom red square', ...fill('black') });
    // The two that are left are equally low.
    const { stopped, replayed, image: result } = await other.undo(alone);
    expect(stopped?.code).toBe('choice-needed');
    expect(replayed).toEqual([]);
    expect(result.id).toBe(image.id);
  });

  it('stops where what a person pointed at is not there', async () => {
    const session = open();
    await edit(session, 'remove_object', { box: places.right });
    const painted = await edit(session, 'inpaint_image', { box: places.below, prompt: 'a red square' });
    await edit(session, 'adjust_image', { phrase: 'red square', choice: 2, ...fill('black') });
    const { stopped, image: result } = await session.undo(painted);
    expect(stopped).toMatchObject({ code: 'no-match', tool: 'adjust_image' });
    expect(colourAt(result, places.left)).toEqual(red);
  });

  it('is not of a neighbour that overlaps a third of the thing it was of', async () => {
    // Boxes are cut out whole: the left red square becomes one three times as large, and small again by the undo.
    const run: CapabilityMap['segment']['run'] = async ({ image: { width, height }, box = places.left }) => ({
      mask: Mask.fromBox({ width, height }, box),
      score: 1,
    });
    const session = open({ segment: { ...squareCapabilities.segment, run } });
    const wider = { ...places.left, width: 30 };
    const painted = await edit(session, 'inpaint_image', { box: wider, prompt: 'a red square' });
    const current = (await session.image())?.id ?? '';
    const { detections } = await session.call('detect_objects', { image: current, phrases: ['red square'] });
    const [large] = detections.toSorted((a, b) => b.box.width - a.box.width);
    const overlap = iou(large.box, places.left);
    expect(overlap).toBeGreaterThan(0.25);
    expect(overlap).toBeLessThan(0.35);
    const which = await session.call('segment_object', { image: current, phrase: 'the red square' });
    const choice = 'candidates' in which ? which.candidates.find(({ box }) => iou(box, large.box) > 0.9)?.number : 0;
    await edit(session, 'adjust_image', { phrase: 'the red square', choice, ...fill('black') });
    const { stopped, image: result } = await session.undo(painted);
    expect(stopped).toMatchObject({ code: 'choice-needed', tool: 'adjust_image' });
    expect(result.id).toBe(image.id);
  });

  it('means all that fit, where it said all', async () => {
    const session = open();
    const first = await edit(session, 'remove_object', { box: places.left });
    await edit(session, 'adjust_image', { phrase: 'all red squares', ...fill('black') });
    const { image: result } = await session.undo(first);
    expect(colourAt(result, places.left)).toEqual(black);
    expect(colourAt(result, places.right)).toEqual(black);
  });
});

describe('a later edit that no longer applies', () => {
  it('stops the replay: which one, why, and where it stands', async () => {
    const session = open();
    const first = await edit(session, 'inpaint_image', { box: places.below, prompt: 'a green square' });
    const second = await edit(session, 'remove_object', { phrase: 'the left red square' });
    const third = await edit(session, 'adjust_image', { phrase: 'the green square', ...fill('black') });
    await edit(session, 'remove_object', { phrase: 'the red square' });
    const { stopped, replayed, image: result } = await session.undo(first);
    expect(stopped).toMatchObject({ edit: third, tool: 'adjust_image', code: 'no-match' });
    expect(stopped?.message).toContain('"the green square"');
    expect(replayed.map(({ replays }) => replays)).toEqual([second]);
    expect(result.id).toBe(withoutLeft.id);
    expect(await session.history()).toEqual(replayed);
    expect((await session.graph()).nodes).toHaveLength(5);
  });

  it.each([
    ['is used where the thing is seen there still', 'remove_object', places.left, undefined],
    ['is not used where the thing is gone', 'inpaint_image', places.below, 'no-match'],
  ] as const)('a mask from words %s', async (_name, tool, box, code) => {
    const session = open();
    const prompt = tool === 'inpaint_image' ? { prompt: 'a green square' } : {};
    const first = await edit(session, tool, { box, ...prompt });
    const phrase = tool === 'inpaint_image' ? 'the green square' : 'the blue square';
    const cut = await session.call('segment_object', { image: (await session.image())?.id ?? '', phrase });
    await edit(session, 'adjust_image', { mask: 'mask' in cut ? cut.mask : '', ...fill('black') });
    const { stopped, replayed, image: result } = await session.undo(first);
    expect(stopped?.code).toBe(code);
    expect(replayed).toHaveLength(code ? 0 : 1);
    if (!code) expect(colourAt(result, places.below)).toEqual(black);
  });

  it('a mask from words is not used where its thing is seen in another place only', async () => {
    const session = open();
    // The blue square goes to the left, is cut out there, and is where it was by the undo of the painting.
    const painted = await edit(session, 'inpaint_image', { box: places.left, prompt: 'a blue square' });
    const current = (await session.image())?.id ?? '';
    const cut = await session.call('segment_object', { image: current, phrase: 'the left blue square' });
    const filled = await edit(session, 'adjust_image', { mask: 'mask' in cut ? cut.mask : '', ...fill('black') });
    const { stopped, replayed, image: result } = await session.undo(painted);
    expect(stopped).toMatchObject({ edit: filled, code: 'no-match' });
    expect(stopped?.message).toContain('blue square');
    expect(replayed).toEqual([]);
    expect(result.id).toBe(image.id);
  });

  it('a mask without words is used as it is', async () => {
    const session = open();
    const first = await edit(session, 'remove_object', { box: places.left });
    const cut = await session.call('segment_object', { image: image.id, box: places.left });
    expect(Mask.fromBox(image, places.left).id).toBe('mask' in cut ? cut.mask : '');
    await edit(session, 'adjust_image', { mask: 'mask' in cut ? cut.mask : '', ...fill('black') });
    expect(colourAt((await session.undo(first)).image, places.left)).toEqual(black);
  });
});

describe('undoing with all that came after', () => {
  it('goes back', async () => {
    const session = open();
    const first = await edit(session, 'remove_object', { box: places.left });
    await edit(session, 'remove_object', { box: places.right });
    const { image: result, replayed } = await session.undo(first, { later: 'drop' });
    expect(result.id).toBe(image.id);
    expect(replayed).toEqual([]);
    expect(colourAt(result, places.left)).not.toEqual(grey);
  });
});

describe('an edit that was made again', () => {
  it('is still known by the id it had, and stays undone once it is', async () => {
    const session = open();
    const first = await edit(session, 'remove_object', { phrase: 'the left red square' });
    const second = await edit(session, 'adjust_image', { phrase: 'the blue square', ...fill('black') });
    const { replayed } = await session.undo(first);
    const { undone, image: back } = await session.undo(second, { later: 'drop' });
    expect(undone).toBe(replayed[0].id);
    expect(back.id).toBe(image.id);
    expect(await session.history()).toEqual([]);
    await expect(session.undo('edit_0')).rejects.toMatchObject({
      code: 'not-found',
      hint: expect.stringContaining('graph'),
    });
  });
});
