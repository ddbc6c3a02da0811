import { rmSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileHistoryStore } from './file-history-store.ts';
import type { HistoryStore } from './history-store.ts';
import { memoryHistoryStore } from './memory-history-store.ts';
import { editId, type SessionRecord } from './session-record.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-history-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const record = (revision: number): SessionRecord => ({
  format: 1,
  id: 'session_1',
  revision,
  images: [{ id: 'img_1', width: 2, height: 3 }],
  current: 'img_1',
  edits: [],
  head: null,
  protect: [],
  protections: {},
  messages: [{ role: 'user', content: 'hello' }],
  runs: ['run_1'],
});

const firstEdit = {
  parent: null,
  tool: 'remove_object',
  input: { image: 'img_1', mask: 'mask_1' },
  receipt: {
    capability: 'remove' as const,
    backend: 'local',
    model: 'patch-synthesis',
    changedOutsideMask: 0,
    changedInsideMask: 9,
    areas: { selected: 4, edited: 9 },
    before: 'img_1',
    after: 'img_2',
    mask: 'mask_2',
    encoding: 'lossless' as const,
  },
  verified: { ok: true, reason: 'gone', by: 'local' },
};

describe.each<[string, (name: string) => HistoryStore]>([
  ['memory', memoryHistoryStore],
  ['files', (name) => fileHistoryStore(join(folder, name))],
])('history store in %s', (_name, create) => {
  it('gives back what was saved, and nothing across scopes', async () => {
    const store = create('a');
    expect(await store.load('one', 'session_1')).toBeUndefined();
    await store.save('one', record(1));
    expect(await store.load('one', 'session_1')).toEqual(record(1));
    expect(await store.load('two', 'session_1')).toBeUndefined();
  });

  it('refuses a save on top of what somebody else changed', async () => {
    const store = create('b');
    await store.save('one', record(1));
    await store.save('one', record(2));
    await expect(store.save('one', record(2))).rejects.toMatchObject({ code: 'conflict', isRetryable: true });
    expect((await store.load('one', 'session_1'))?.revision).toBe(2);
  });

  it('lets exactly one of several saves of a revision through', async () => {
    const store = create('race');
    const saves = await Promise.allSettled(Array.from({ length: 8 }, () => store.save('one', record(1))));
    expect(saves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (let revision = 2; revision < 12; revision++) await store.save('one', record(revision));
    expect((await store.load('one', 'session_1'))?.revision).toBe(11);
  });

  it('hands out copies', async () => {
    const store = create('c');
    const mine = record(1);
    await store.save('one', mine);
    mine.images.push({ id: 'img_2', width: 1, height: 1 });
    (await store.load('one', 'session_1'))?.images.pop();
    expect((await store.load('one', 'session_1'))?.images).toHaveLength(1);
  });
});

describe('history files', () => {
  it('keep the latest two revisions and nothing else', async () => {
    const store = fileHistoryStore(join(folder, 'e'));
    for (let revision = 1; revision < 6; revision++) await store.save('one', record(revision));
    expect((await readdir(join(folder, 'e', 'one', 'session_1'))).sort()).toEqual(['00000004.json', '00000005.json']);
  });

  it('refuse a save of whoever slept while others went on', async () => {
    const store = fileHistoryStore(join(folder, 'slept'));
    const session = join(folder, 'slept', 'one', 'session_1');
    for (const revision of [1, 2]) await store.save('one', record(revision));
    const others = (): SessionRecord => {
      for (const revision of [3, 4, 5]) {
        writeFileSync(join(session, `0000000${revision}.json`), JSON.stringify(record(revision)));
      }
      for (const revision of [1, 2, 3]) rmSync(join(session, `0000000${revision}.json`));
      return record(3);
    };
    // It has seen revision 2 as the latest, and is writing its own when the others have long gone on.
    const slow = { ...record(3), toJSON: () => others() };
    await expect(store.save('one', slow)).rejects.toMatchObject({ code: 'conflict', isRetryable: true });
    expect((await readdir(session)).sort()).toEqual(['00000004.json', '00000005.json']);
    expect((await store.load('one', 'session_1'))?.revision).toBe(5);
  });

  it('of the first version can be read still', async () => {
    const path = join(folder, 'f', 'one', 'session_1');
    await mkdir(path, { recursive: true });
    const { protect: _protect, protections: _protections, runs: _runs, ...first } = record(7);
    await writeFile(join(path, '00000007.json'), JSON.stringify({ ...first, edits: [{ ...firstEdit, id: 'edit_1' }] }));
    const loaded = await fileHistoryStore(join(folder, 'f')).load('one', 'session_1');
    expect(loaded).toEqual({ ...record(7), runs: [], edits: [{ ...firstEdit, id: 'edit_1' }] });
  });

  it('say when a file is not a session', async () => {
    const store = fileHistoryStore(join(folder, 'd'));
    await store.save('one', record(1));
    await writeFile(join(folder, 'd', 'one', 'session_1', '00000001.json'), '{"format":1');
    await expect(store.load('one', 'session_1')).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('edit ids', () => {
  const node = firstEdit;
  it('follow from what was done to what, whatever the order of the keys', () => {
    expect(editId(node)).toMatch(/^edit_[0-9a-f]{32}$/);
    expect(editId({ ...node, input: { mask: 'mask_1', image: 'img_1' } })).toBe(editId(node));
    expect(editId({ ...node, parent: 'edit_0' })).not.toBe(editId(node));
    expect(editId({ ...node, input: { ...node.input, seed: 1 } })).not.toBe(editId(node));
  });
});
