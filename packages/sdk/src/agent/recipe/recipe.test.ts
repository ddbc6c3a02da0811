import { describe, expect, it } from 'vitest';
import { squares, squaresOn } from '../../capabilities/__fixtures__/squares.ts';
import { type Recipe, recipeSchema } from '../../history/recipe.ts';
import { callAny, smallPicture } from '../__fixtures__/history-commands.ts';
import type { SessionOptions } from '../atelier.ts';
import { atelier } from '../atelier.ts';
import type { Session } from '../session.ts';

const image = await smallPicture();
const open = (options: SessionOptions = { image }) => atelier({ backends: [squares()] }).session(options);

async function edit(session: Session, tool: string, input: object): Promise<string> {
  const current = (await session.image())?.id;
  const output = await callAny(session, tool, { image: current, ...input });
  if (typeof output !== 'object' || output === null || !('edit' in output)) throw new Error(JSON.stringify(output));
  return String(output.edit);
}
const box = { x: 24, y: 28, width: 9, height: 9 };
const recipe = (...steps: object[]): Recipe => recipeSchema.parse({ format: 'atelier-recipe', version: 1, steps });

describe('a recipe', () => {
  it('says what was done, in words where words led there, and without the number that a person chose', async () => {
    const session = open();
    await edit(session, 'remove_object', { phrase: 'the red square', choice: 2 });
    await edit(session, 'inpaint_image', { box, prompt: 'a green square', seed: 5 });
    const current = (await session.image())?.id ?? '';
    const cut = await session.call('segment_object', { image: current, phrase: 'the left red square' });
    const bare = await session.call('segment_object', { image: current, box });
    if (!('mask' in cut && 'mask' in bare)) throw new Error('not cut out');
    const fill = { operation: 'fill', parameters: { colour: 'white' } };
    await edit(session, 'adjust_image', { mask: cut.mask, ...fill });
    await edit(session, 'adjust_image', { mask: bare.mask, ...fill, region: 'background' });
    await edit(session, 'adjust_image', { region: 'everything', operation: 'brighten', parameters: { amount: 0.1 } });
    const written = await session.recipe();
    expect(recipeSchema.parse(JSON.parse(JSON.stringify(written)))).toEqual(written);
    expect(written).toEqual({
      format: 'atelier-recipe',
      version: 1,
      protect: [],
      steps: [
        { tool: 'remove_object', target: { phrase: 'the red square' }, seed: 0 },
        { tool: 'inpaint_image', target: { box, size: { width: 64, height: 48 } }, prompt: 'a green square', seed: 5 },
        { tool: 'adjust_image', target: { phrase: 'the left red square' }, ...fill, region: 'subject' },
        {
          tool: 'adjust_image',
          target: { mask: (await session.loadMask(bare.mask)).toRle() },
          ...fill,
          region: 'background',
        },
        { tool: 'adjust_image', operation: 'brighten', parameters: { amount: 0.1 }, region: 'everything' },
      ],
    });
  });

  it('keeps the words for whatever the picture is of', async () => {
    const session = open();
    const cut = await session.call('segment_object', { image: image.id, phrase: 'the subject' });
    await edit(session, 'remove_object', { mask: 'mask' in cut ? cut.mask : '' });
    expect((await session.recipe()).steps).toEqual([
      { tool: 'remove_object', target: { phrase: 'the subject' }, seed: 0 },
    ]);
  });

  it('does the same to the same picture', async () => {
    const session = open();
    await edit(session, 'remove_object', { phrase: 'the left red square' });
    await edit(session, 'adjust_image', { box, operation: 'pixelate', parameters: { block: 3 } });
    await edit(session, 'adjust_image', { region: 'everything', operation: 'brighten', parameters: { amount: 0.1 } });
    const again = open();
    const told: number[] = [];
    const done = await again.apply(await session.recipe(), { progress: (fraction) => told.push(fraction) });
    expect(done.image.id).toBe((await session.image())?.id);
    expect(done.edits).toEqual(await session.history());
    expect(await again.history()).toEqual(done.edits);
    expect(done.verified).toBe(done.edits.every(({ verified }) => verified.ok));
    expect(told.toSorted((a, b) => a - b)).toEqual(told);
    expect(await again.recipe()).toEqual(await session.recipe());
  });

  it('does it to another picture by its words', async () => {
    const other = await squaresOn(90, 40, [{ colour: 'blue', x: 60, y: 10, side: 12 }]);
    const session = open({ image: other });
    const { image: result, verified } = await session.apply(
      recipe({ tool: 'remove_object', target: { phrase: 'the blue square' } }),
    );
    expect(verified).toBe(true);
    expect([...result.data.subarray((16 * 90 + 66) * 4, (16 * 90 + 66) * 4 + 3)]).toEqual([200, 200, 200]);
  });

  it('says which step does not fit; what was done before stays', async () => {
    const session = open();
    const good = { tool: 'remove_object', target: { phrase: 'the blue square' } };
    await expect(session.apply(recipe(good, good))).rejects.toMatchObject({
      code: 'no-match',
      message: expect.stringContaining('Step 2 of 2 (remove_object)'),
      details: { step: 2, tool: 'remove_object' },
    });
    expect(await session.history()).toHaveLength(1);
    await expect(
      session.apply(recipe({ tool: 'remove_object', target: { phrase: 'the red square' } })),
    ).rejects.toMatchObject({
      code: 'choice-needed',
      details: { step: 1, candidates: [{ number: 1 }, { number: 2 }] },
    });
  });

  it('is checked whole before its first step', async () => {
    const session = open();
    const good = { tool: 'remove_object', target: { phrase: 'the blue square' } };
    const wrong = { tool: 'adjust_image', operation: 'melt', region: 'everything' };
    await expect(session.apply(recipe(good, wrong))).rejects.toMatchObject({
      code: 'invalid-input',
      details: { step: 2 },
    });
    expect(await session.history()).toEqual([]);
    for (const bad of [{}, { format: 'atelier-recipe', version: 2, steps: [] }, { ...recipe(good), extra: 1 }]) {
      // What is read from a file may be anything.
      await expect(session.apply(bad as Recipe)).rejects.toMatchObject({ code: 'invalid-input' });
    }
  });

  it('uses boxes and masks in pictures of their size only', async () => {
    const session = open({ image: await squaresOn(90, 40, []) });
    for (const target of [{ box, size: { width: 64, height: 48 } }, { mask: { size: [48, 64], counts: '0P`0' } }]) {
      await expect(session.apply(recipe({ tool: 'remove_object', target }))).rejects.toMatchObject({
        code: 'mask-invalid',
        details: { step: 1 },
      });
    }
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const session = open();
    const steps = [
      { tool: 'remove_object', target: { phrase: 'the blue square' } },
      { tool: 'remove_object', target: { phrase: 'the green square' } },
    ];
    const progress = (fraction: number) => fraction > 0 && stop.abort();
    await expect(session.apply(recipe(...steps), { signal: stop.signal, progress })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect((await session.history()).length).toBeLessThan(2);
  });

  it('carries what is protected', async () => {
    const session = open({ image, protect: [{ phrase: 'the left red square' }, box] });
    await edit(session, 'adjust_image', { region: 'everything', operation: 'brighten', parameters: { amount: 0.1 } });
    const written = await session.recipe();
    expect(written.protect).toEqual([{ phrase: 'the left red square' }, { box, size: { width: 64, height: 48 } }]);
    const again = open();
    const { image: result, edits } = await again.apply(written);
    expect(result.id).toBe((await session.image())?.id);
    expect(edits[0].receipt.protected).toMatchObject({ changed: 0, rules: [{ kind: 'phrase' }, { kind: 'box' }] });
  });
});

describe('a picture whose frame was changed', () => {
  it('has another size: a box after it stops the undo, words do not', async () => {
    const session = open();
    const crop = await edit(session, 'adjust_image', { phrase: 'all red squares', operation: 'crop' });
    const size = await session.image();
    await edit(session, 'remove_object', { phrase: 'the left red square' });
    const current = (await session.image())?.id ?? '';
    const { detections } = await session.call('detect_objects', { image: current, phrases: ['red square'] });
    const boxed = await edit(session, 'adjust_image', { box: detections[0].box, operation: 'pixelate' });
    const { stopped, replayed, image: result } = await session.undo(crop);
    expect(replayed).toHaveLength(1);
    expect(stopped).toMatchObject({ edit: boxed, code: 'mask-invalid' });
    expect(stopped?.message).toContain(`${size?.width} x ${size?.height}`);
    expect(result).toMatchObject({ width: 64, height: 48 });
  });
});
