import { describe, expect, it } from 'vitest';
import { memoryAssetStore } from '../assets/memory-asset-store.ts';
import { squareCapabilities, squares, squaresOn } from '../capabilities/__fixtures__/squares.ts';
import type { HistoryStore } from '../history/history-store.ts';
import { memoryHistoryStore } from '../history/memory-history-store.ts';
import { recipeSchema } from '../history/recipe.ts';
import type { SessionRecord } from '../history/session-record.ts';
import type { Box } from '../image/geometry.ts';
import type { Image } from '../image/image.ts';
import { Mask } from '../image/mask.ts';
import { callAny } from './__fixtures__/history-commands.ts';
import { atelier, type SessionOptions } from './atelier.ts';
import type { ProtectInput } from './protect-rules.ts';
import type { Session } from './session.ts';

const size = { width: 120, height: 80 };
const image = await squaresOn(size.width, size.height, [
  { colour: 'red', x: 12, y: 12, side: 16 },
  { colour: 'red', x: 80, y: 12, side: 16 },
  { colour: 'blue', x: 48, y: 52, side: 16 },
]);
const right = { x: 80, y: 12, width: 16, height: 16 };
const yellow = { phrase: 'yellow square' };
const corner = { x: 0, y: 0, width: 2, height: 2 };
/** Cuts 40 pixels off on the left. */
const cropped = { x: 40, y: 0, width: 80, height: 80 };
const rightThen = { ...right, x: right.x - cropped.x };

/** Cuts boxes out whole, so that a crop to a box is exactly that. */
const segment: typeof squareCapabilities.segment = {
  ...squareCapabilities.segment,
  run: async ({ image: { width, height }, box = corner }) => ({ mask: Mask.fromBox({ width, height }, box), score: 1 }),
};

/** Sessions of one id, whose saves and looks for things are counted. */
function workshop() {
  const stored = memoryHistoryStore();
  const count: { saves: number; looks: string[]; onPaint?: (() => void) | undefined } = { saves: 0, looks: [] };
  const history: HistoryStore = {
    load: (scope, id) => stored.load(scope, id),
    save: (scope, record) => {
      count.saves++;
      return stored.save(scope, record);
    },
  };
  const detect: typeof squareCapabilities.detect = {
    ...squareCapabilities.detect,
    run: (request, context) => {
      count.looks.push(...request.phrases);
      return squareCapabilities.detect.run(request, context);
    },
  };
  const adjust: typeof squareCapabilities.adjust = {
    ...squareCapabilities.adjust,
    run: (request, context) => {
      count.onPaint?.();
      return squareCapabilities.adjust.run(request, context);
    },
  };
  const studio = atelier({ backends: [squares({ detect, segment, adjust })], history, assets: memoryAssetStore() });
  const open = (options: Omit<SessionOptions, 'id'> = {}): Session => studio.session({ id: 'one', ...options });
  const record = async (): Promise<SessionRecord> => {
    const found = await stored.load('default', 'one');
    if (!found) throw new Error('nothing is stored');
    return found;
  };
  return { open, count, record, stored };
}

async function edit(session: Session, tool: string, input: object): Promise<Image> {
  const output = await callAny(session, tool, { image: (await session.image())?.id, ...input });
  if (typeof output !== 'object' || output === null || !('image' in output)) throw new Error(JSON.stringify(output));
  return session.loadImage(String(output.image));
}
const brighten = (session: Session) =>
  edit(session, 'adjust_image', { region: 'everything', operation: 'brighten', parameters: { amount: 0.1 } });
const cropTo = (session: Session, box: Box) =>
  edit(session, 'adjust_image', { box, operation: 'crop', parameters: { margin: 0 } });
const remove = (session: Session, box: Box) => edit(session, 'remove_object', { box });
const protectedOf = async (session: Session) => (await session.history()).at(-1)?.receipt.protected;

const recipeThatProtects = (box: Box, { width, height }: Image, ...steps: object[]) =>
  recipeSchema.parse({
    format: 'atelier-recipe',
    version: 1,
    protect: [{ box, size: { width, height } }],
    steps,
  });

describe('a rule that is added', () => {
  it.each(['by a recipe', 'when the session is opened again'])(
    '%s leaves the others where edits carried them',
    async (way) => {
      const { open } = workshop();
      let session = open({ image, protect: [right] });
      const now = await cropTo(session, cropped);
      expect([now.width, now.height]).toEqual([80, 80]);
      await expect(remove(session, rightThen)).rejects.toMatchObject({ code: 'protected' });
      if (way === 'by a recipe') await session.apply(recipeThatProtects(corner, now));
      else session = open({ image, protect: [right, corner] });
      await expect(remove(session, rightThen)).rejects.toMatchObject({ code: 'protected' });
      await expect(remove(session, corner)).rejects.toMatchObject({ code: 'protected' });
      await brighten(session);
      const rules = [
        { kind: 'box', found: 1 },
        { kind: 'box', found: 1 },
      ];
      expect(await protectedOf(session)).toEqual({ rules, area: 256 + 4, changed: 0 });
      // And on from there: what was added is carried too.
      await cropTo(session, { x: 0, y: 0, width: 70, height: 60 });
      expect(await protectedOf(session)).toEqual({ rules, area: 256 + 4, changed: 0 });
    },
  );

  it('is looked for, and the others are not looked for again', async () => {
    const { open, count } = workshop();
    await brighten(open({ image, protect: [{ phrase: 'blue square' }] }));
    const session = open({ protect: [{ phrase: 'blue square' }, { phrase: 'red square' }] });
    count.looks.length = 0;
    await brighten(session);
    expect(count.looks).toEqual(['red square']);
    await brighten(session);
    expect(count.looks).toEqual(['red square']);
    expect((await protectedOf(session))?.rules).toEqual([
      { kind: 'phrase', phrase: 'blue square', found: 1 },
      { kind: 'phrase', phrase: 'red square', found: 2 },
    ]);
  });

  it('is looked for in each picture that an undo makes anew', async () => {
    const { open } = workshop();
    let session = open({ image, protect: [right] });
    await remove(session, { x: 12, y: 12, width: 16, height: 16 });
    await brighten(session);
    session = open({ protect: [right, corner] });
    const [first] = await session.history();
    const { replayed } = await session.undo(first.id);
    expect(replayed).toHaveLength(1);
    expect(await protectedOf(session)).toMatchObject({ area: 256 + 4, changed: 0 });
  });

  it('is not added where the recipe does not fit', async () => {
    const { open, record } = workshop();
    const session = open({ image, protect: [right] });
    const steps = [{ tool: 'adjust_image', operation: 'melt', region: 'everything' }];
    await expect(session.apply(recipeThatProtects(corner, image, ...steps))).rejects.toMatchObject({
      code: 'invalid-input',
    });
    expect((await record()).protect).toEqual([{ box: right, size }]);
  });
});

describe('the rules of a session', () => {
  it('given again, in any order, change nothing', async () => {
    const { open, record } = workshop();
    await cropTo(open({ image, protect: [right, yellow] }), cropped);
    const before = await record();
    await open({ image, protect: [yellow, right] }).image();
    await open({ image }).image();
    expect(await record()).toEqual(before);
  });

  it('are lifted by an empty list', async () => {
    const { open } = workshop();
    await brighten(open({ image, protect: [right] }));
    const session = open({ protect: [] });
    await remove(session, right);
    expect(await protectedOf(session)).toBeUndefined();
  });

  it('are looked for anew where one of them goes', async () => {
    const { open, count } = workshop();
    await brighten(open({ image, protect: [right, { phrase: 'blue square' }] }));
    const session = open({ protect: [{ phrase: 'blue square' }] });
    count.looks.length = 0;
    await remove(session, right);
    expect(count.looks[0]).toBe('blue square');
    expect(await protectedOf(session)).toMatchObject({ rules: [{ kind: 'phrase', found: 1 }], changed: 0 });
  });

  it('in pixels are of one picture, and edits of another are refused', async () => {
    const { open } = workshop();
    const session = open({ image, protect: [right] });
    await brighten(session);
    await session.addImage(await squaresOn(90, 70, [{ colour: 'red', x: 5, y: 5, side: 16 }]));
    await expect(brighten(session)).rejects.toMatchObject({
      code: 'mask-invalid',
      message: expect.stringMatching(/120 x 80.*90 x 70/),
    });
    await session.goTo(null);
    // A box that was given before there was a picture is of the first one.
    const other = workshop();
    await other.open({ protect: [right] }).addImage(image);
    expect((await other.record()).protect).toEqual([{ box: right, size }]);
    await cropTo(other.open(), cropped);
    expect((await other.open().recipe()).protect).toEqual([{ box: right, size }]);
  });

  it('that were stored before they could be added to go on as they are', async () => {
    const { open, record } = workshop();
    await cropTo(open({ image, protect: [right] }), cropped);
    const current = await record();
    const old = {
      ...current,
      revision: 1,
      protect: [{ box: right }],
      protections: Object.fromEntries(
        Object.entries(current.protections).map(([id, { covers: _covers, ...found }]) => [id, found]),
      ),
    };
    const assets = memoryAssetStore();
    const history = memoryHistoryStore();
    await history.save('default', old);
    const studio = atelier({ backends: [squares({ segment })], history, assets });
    // The pictures and masks are made again, under the same ids.
    const again = studio.session({ id: 'two', image, protect: [right] });
    await cropTo(again, cropped);
    const protect: ProtectInput[] = [right, corner];
    const session = studio.session({ id: 'one', protect });
    await expect(remove(session, rightThen)).rejects.toMatchObject({ code: 'protected' });
    await brighten(session);
    expect(await protectedOf(session)).toMatchObject({ area: 256 + 4, changed: 0 });
  });
});

describe('an undo in a session that protects something', () => {
  it('is saved once, with what is protected in every picture it made; a cancelled one is not saved', async () => {
    const { open, count, record } = workshop();
    const session = open({ image, protect: [right] });
    await remove(session, { x: 12, y: 12, width: 16, height: 16 });
    await brighten(session);
    await cropTo(session, cropped);
    const [first] = await session.history();
    const before = await record();
    count.saves = 0;
    const stop = new AbortController();
    count.onPaint = () => stop.abort();
    const cancelled = session.undo(first.id, { signal: stop.signal });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(count.saves).toBe(0);
    expect(await record()).toEqual(before);
    count.onPaint = undefined;
    const { replayed } = await session.undo(first.id);
    expect(count.saves).toBe(1);
    const { protections } = await record();
    const made = replayed.map(({ receipt }) => receipt.after);
    expect(made).toHaveLength(2);
    for (const id of made) expect(Object.keys(protections)).toContain(id);
    await expect(remove(session, rightThen)).rejects.toMatchObject({ code: 'protected' });
  });
});
