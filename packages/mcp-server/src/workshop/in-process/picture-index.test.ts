import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { filePictureIndex } from './file-picture-index.ts';
import { memoryPictureIndex, mostKept } from './picture-index.ts';

const folder = await mkdtemp(join(tmpdir(), 'atelier-index-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const image = (digit: string) => ({ id: `img_${digit.repeat(32)}`, width: 4, height: 3 });
const [a, b, c] = [image('a'), image('b'), image('c')];

describe.each([
  ['in memory', () => memoryPictureIndex()],
  ['as files', () => filePictureIndex(join(folder, 'tenant'))],
])('an index %s', (_name, create) => {
  it('knows where a picture and an edit were last seen, and the newest first', async () => {
    const index = create();
    await index.saw({ session: 'one', images: [a], edits: ['edit_1'] });
    await sleep(15);
    await index.saw({ session: 'one', images: [b] });
    await sleep(15);
    await index.saw({ session: 'two', images: [c, a] });
    expect(await index.sessionOf(a.id)).toBe('two');
    expect(await index.sessionOf(b.id)).toBe('one');
    expect(await index.sessionOf('edit_1')).toBe('one');
    expect(await index.sessionOf('edit_2')).toBeUndefined();
    expect(await index.knows('one', a.id)).toBe(true);
    expect(await index.knows('two', a.id)).toBe(true);
    expect(await index.knows('two', b.id)).toBe(false);
    expect(await index.knows('one', 'edit_1')).toBe(true);
    expect(await index.knows('two', 'edit_1')).toBe(false);
    const newest = await index.pictures(2);
    expect(newest.map(({ id }) => id).sort()).toEqual([a.id, c.id]);
    expect(newest[0]).toEqual(expect.objectContaining({ width: 4, height: 3 }));
    expect(await index.pictures(5, 'img_bb')).toEqual([b]);
    expect(await index.sessions(5)).toEqual(['two', 'one']);
    await index.forget(c.id);
    expect(await index.picture(c.id)).toBeUndefined();
    expect((await index.pictures(5)).map(({ id }) => id).sort()).toEqual([a.id, b.id]);
  });
});

it('an index in memory keeps the newest', async () => {
  const index = memoryPictureIndex();
  await index.saw({ session: 'old', images: [a], edits: ['edit_old'] });
  for (let at = 0; at < 2 * mostKept; at++) {
    const id = `img_${String(at).padStart(32, '0')}`;
    await index.saw({ session: `session-${at}`, images: [{ ...a, id }], edits: [`edit_${at}`] });
  }
  expect(await index.pictures(3 * mostKept)).toHaveLength(mostKept);
  expect(await index.sessions(3 * mostKept)).toHaveLength(mostKept);
  expect([await index.picture(a.id), await index.sessionOf(a.id), await index.sessionOf('edit_old')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(await index.knows('old', a.id)).toBe(false);
});

describe('an index as files', () => {
  it('keeps the newest, of what earlier processes left as well', async () => {
    const place = join(folder, 'long');
    await filePictureIndex(place).saw({ session: 'one', images: [a], edits: ['edit_old'] });
    await filePictureIndex(place).saw({ session: 'one', images: [b] });
    const hourAgo = Date.now() / 1000 - 3600;
    for (const name of ['pictures', 'edits', 'sights'])
      for (const file of await readdir(join(place, name))) await utimes(join(place, name, file), hourAgo, hourAgo);
    await filePictureIndex(place, 1).saw({ session: 'two', images: [c], edits: ['edit_new'] });
    await vi.waitFor(async () => {
      for (const [name, count] of Object.entries({ pictures: 1, edits: 1, sessions: 1, sights: 2 }))
        expect(await readdir(join(place, name))).toHaveLength(count);
    });
    const after = filePictureIndex(place);
    expect([await after.pictures(5), await after.sessions(5)]).toEqual([[c], ['two']]);
    expect(await after.sessionOf('edit_new')).toBe('two');
    expect(await after.knows('two', c.id)).toBe(true);
  });

  it('is shared by processes', async () => {
    await filePictureIndex(join(folder, 'shared')).saw({ session: 'one', images: [a] });
    expect(await filePictureIndex(join(folder, 'shared')).sessionOf(a.id)).toBe('one');
  });

  it.each(['../x', 'a/b', '', '.hidden', 'x'.repeat(200)])('finds nothing under %j', async (reference) => {
    await mkdir(join(folder, 'x'), { recursive: true });
    expect(await filePictureIndex(folder).sessionOf(reference)).toBeUndefined();
  });

  it('reads past what somebody else wrote there, and leaves nothing half-written', async () => {
    const index = filePictureIndex(join(folder, 'foreign'));
    await index.saw({ session: 'one', images: [a] });
    await writeFile(join(folder, 'foreign', 'pictures', b.id), '{"session":');
    expect(await index.sessionOf(b.id)).toBeUndefined();
    expect(await index.pictures(5)).toEqual([a]);
    expect(await readdir(join(folder, 'foreign', '.writing'))).toEqual([]);
  });
});
