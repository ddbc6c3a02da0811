import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { squares, squaresOn } from '../capabilities/__fixtures__/squares.ts';
import { callAny, openSession, smallPicture } from './__fixtures__/history-commands.ts';
import { storesIn } from './__fixtures__/kills/stores.ts';
import { scriptedBrain } from './__fixtures__/scripted.ts';
import { atelier } from './atelier.ts';
import type { Session } from './session.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-graph-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const image = await smallPicture();
const open = (brain = scriptedBrain([])) => atelier({ backends: [squares()], brain }).session({ image });

async function edit(session: Session, tool: string, input: object): Promise<string> {
  const current = (await session.image())?.id;
  const output = await callAny(session, tool, { image: current, ...input });
  if (typeof output !== 'object' || output === null || !('edit' in output)) throw new Error(JSON.stringify(output));
  return String(output.edit);
}
const remove = (session: Session, phrase: string) => edit(session, 'remove_object', { phrase });

describe('the graph of a session', () => {
  it('can be walked: to any edit, and back to the picture as it came', async () => {
    const session = open();
    const first = await remove(session, 'the left red square');
    const shown = await session.image();
    await session.undo();
    const other = await remove(session, 'the blue square');
    expect(await session.graph()).toMatchObject({ head: other, nodes: [{ id: first }, { id: other }] });
    expect((await session.goTo(first)).id).toBe(shown?.id);
    expect((await session.history()).map(({ id }) => id)).toEqual([first]);
    expect((await session.goTo(null)).id).toBe(image.id);
    expect(await session.graph()).toMatchObject({ head: null, current: image.id });
    await expect(session.goTo('edit_none')).rejects.toMatchObject({ code: 'not-found' });
    await expect(atelier({ backends: [] }).session().goTo(null)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('goes back to the picture that the path began with, where there are several', async () => {
    const session = open();
    const first = await remove(session, 'the blue square');
    const second = await squaresOn(40, 30, [{ colour: 'blue', x: 9, y: 9, side: 8 }]);
    await session.addImage(second);
    await remove(session, 'the blue square');
    expect((await session.goTo(null)).id).toBe(second.id);
    await session.goTo(first);
    expect((await session.goTo(null)).id).toBe(image.id);
  });
});

describe('a picture that is added', () => {
  it('becomes the current one, or only where there is none, or is just kept', async () => {
    const [second, third] = await Promise.all(
      [20, 24].map((side) => squaresOn(side, side, [{ colour: 'red', x: 4, y: 4, side: 8 }])),
    );
    if (!second || !third) throw new Error('There are two.');
    const session = atelier({ backends: [] }).session();
    await session.addImage(image, { makeCurrent: 'never' });
    expect(await session.image()).toBeNull();
    expect(await session.hasImage(image.id)).toBe(true);
    expect(await session.hasImage(second.id)).toBe(false);
    await session.addImage(second, { makeCurrent: 'if-none' });
    await session.addImage(third, { makeCurrent: 'if-none' });
    expect((await session.image())?.id).toBe(second.id);
    expect((await session.images()).images.map(({ id }) => id)).toEqual([second.id, third.id]);
    await session.addImage(third);
    expect((await session.image())?.id).toBe(third.id);
  });
});

describe('a branch', () => {
  it('goes on by itself from its edit', async () => {
    const session = open(scriptedBrain([[{ tool: 'plan', input: { steps: [] } }], 'Nothing to do.']));
    await session.run('look').result;
    const first = await remove(session, 'the left red square');
    await remove(session, 'the blue square');
    const early = await session.branch({ at: first, id: 'early' });
    expect((await early.history()).map(({ id }) => id)).toEqual([first]);
    await remove(early, 'the green square');
    expect(await session.history()).toHaveLength(2);
    expect((await session.graph()).nodes).toHaveLength(2);
    expect((await early.images()).images).toHaveLength(3);
    const late = await session.branch();
    expect(late.id).toMatch(/^session_[0-9a-f]{32}$/);
    expect((await late.image())?.id).toBe((await session.image())?.id);
    expect((await (await session.branch({ at: null })).image())?.id).toBe(image.id);
    await expect(session.branch({ id: 'early' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(session.branch({ at: 'edit_none' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('takes the dialogue along from the head, and from nowhere else', async () => {
    const stores = storesIn(join(folder, 'dialogue'));
    const brain = scriptedBrain([[{ tool: 'plan', input: { steps: [] } }], 'Nothing to do.']);
    const session = atelier({ backends: [squares()], brain, ...stores }).session({ image, id: 'a' });
    await session.run('look').result;
    const first = await remove(session, 'the blue square');
    await session.branch({ id: 'b' });
    await remove(session, 'the green square');
    await session.branch({ at: first, id: 'c' });
    const messagesOf = async (id: string) => (await stores.history.load('default', id))?.messages.length;
    expect(await messagesOf('a')).toBeGreaterThan(1);
    expect(await messagesOf('b')).toBe(await messagesOf('a'));
    expect(await messagesOf('c')).toBe(0);
  });
});

describe('comparing', () => {
  it('counts what differs, and says which edits led there', async () => {
    const session = open();
    const common = await remove(session, 'the green square');
    const before = await session.image();
    const first = await edit(session, 'adjust_image', {
      phrase: 'the blue square',
      operation: 'fill',
      parameters: { colour: 'white' },
    });
    await session.goTo(common);
    const second = await remove(session, 'the left red square');
    const compared = await session.compare(first, second);
    expect(compared.edits.common.map(({ id }) => id)).toEqual([common]);
    expect(compared.edits.onlyA.map(({ id }) => id)).toEqual([first]);
    expect(compared.edits.onlyB.map(({ id }) => id)).toEqual([second]);
    expect(compared.a).toMatchObject({ width: 64, height: 48 });

    const one = await session.compare(before?.id ?? '', first);
    const after = await session.loadImage(one.b.id);
    // Counted anew, one pixel at a time.
    let [changed, sum, largest] = [0, 0, 0];
    for (let pixel = 0; pixel < 64 * 48; pixel++) {
      const differences = [0, 1, 2, 3].map((channel) =>
        Math.abs((before?.data[pixel * 4 + channel] ?? 0) - after.data[pixel * 4 + channel]),
      );
      if (differences.some((difference) => difference > 0)) changed++;
      sum += differences.reduce((a, b) => a + b);
      largest = Math.max(largest, ...differences);
    }
    expect(one.change).toMatchObject({ pixels: changed, share: changed / 3072, mean: sum / 3072 / 4, largest });
    const mask = await session.loadMask(one.change?.mask ?? '');
    expect([mask.area, mask.bounds]).toEqual([changed, one.change?.box]);
    expect(changed).toBeGreaterThanOrEqual(81);
    expect(one.edits).toMatchObject({ onlyA: [], common: [{ id: common }], onlyB: [{ id: first }] });
  });

  it('finds nothing between equals, and says so of sizes that differ', async () => {
    const session = open();
    await session.image();
    const same = await session.compare(image.id, image.id);
    expect(same.change).toEqual({ pixels: 0, share: 0, box: null, mean: 0, largest: 0, mask: null });
    const other = await session.addImage(await squaresOn(40, 30, []));
    expect((await session.compare(image.id, other.id)).change).toBeNull();
    await expect(session.compare(image.id, 'edit_none')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('an undo that an engine runs again', () => {
  it('does the same, whether it had ended or not, and nothing where others went on', async () => {
    const session = open();
    const first = await edit(session, 'inpaint_image', { phrase: 'the blue square', prompt: 'a green square' });
    await remove(session, 'the left red square');
    const third = await remove(session, 'the bottom green square');
    const input = { edit: first, head: third };
    const once = await session.call('undo_edit', input);
    const graph = await session.graph();
    expect(await session.call('undo_edit', input)).toEqual(once);
    expect(await session.graph()).toEqual(graph);
    await edit(session, 'adjust_image', { region: 'everything', operation: 'brighten' });
    await expect(session.call('undo_edit', input)).rejects.toMatchObject({ code: 'conflict', isRetryable: true });
  });
});

describe('a session on files', () => {
  it('goes on in another process, which undoes and branches', async () => {
    const stores = join(folder, 'restart');
    const session = openSession('one', storesIn(stores), image);
    await session.image();
    const first = await remove(session, 'the left red square');
    await edit(session, 'adjust_image', { region: 'everything', operation: 'brighten', parameters: { amount: 0.1 } });
    const script = fileURLToPath(new URL('./__fixtures__/go-on.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(execPath, [script, stores, 'one', first]);
    const there: unknown = JSON.parse(stdout);
    const memory = open();
    await remove(memory, 'the left red square');
    await edit(memory, 'adjust_image', { region: 'everything', operation: 'brighten', parameters: { amount: 0.1 } });
    const { image: undone, replayed } = await memory.undo((await memory.history())[0].id);
    const branch = await memory.branch();
    await remove(branch, 'the blue square');
    const branched = (await branch.image())?.id;
    expect(there).toEqual({ image: undone.id, replayed: replayed.map(({ id }) => id), branched });
    expect((await session.image())?.id).toBe(undone.id);
    expect((await openSession('two', storesIn(stores)).image())?.id).toBe(branched);
  });
});
